package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.Task;

class CsvScalingTest {
    private static final Missing MEAN = CsvFixture.filled(new Missing.Fill.Mean());

    @TempDir
    Path folder;

    private CsvFixture csv;

    @BeforeEach
    void fixture() {
        csv = new CsvFixture(folder);
    }

    private static CsvData data(CsvFiles files, Standardise standardise, Missing missing) {
        return new CsvData(files, CsvFixture.LABELLED, standardise, missing);
    }

    /** Task a has x 1, 3; task b has x 10, 30. */
    private CsvFiles twoTasks() {
        return csv.perTask("x,label\n1,u\n3,v\n", "x,label\n5,u\n", "x,label\n10,u\n30,v\n", "x,label\n20,u\n");
    }

    private static float train(Task task, int row) {
        return task.train().row(row)[0];
    }

    @Test
    void theFirstTasksScalesHoldForAllTasks() {
        Loaded.Tasks loaded = (Loaded.Tasks) CsvLoading.load(data(twoTasks(), Standardise.FIRST_TASK, Missing.REFUSED));
        Task a = loaded.sequence().tasks().get(0);
        Task b = loaded.sequence().tasks().get(1);

        assertThat(train(a, 0)).isEqualTo(-1);
        assertThat(train(a, 1)).isEqualTo(1);
        assertThat(a.test().row(0)).containsExactly(3);
        assertThat(train(b, 0)).isEqualTo(8);
        assertThat(b.test().row(0)).containsExactly(18);
    }

    @Test
    void eachTaskMayHaveScalesOfItsOwn() {
        Loaded.Tasks loaded = (Loaded.Tasks) CsvLoading.load(data(twoTasks(), Standardise.PER_TASK, Missing.REFUSED));
        Task b = loaded.sequence().tasks().get(1);

        assertThat(train(b, 0)).isEqualTo(-1);
        assertThat(train(b, 1)).isEqualTo(1);
        assertThat(b.test().row(0)).containsExactly(0);
    }

    @Test
    void theFirstTaskOfASplitDataSetIsThatOfTheSplit() {
        String train = "x,label\n1,0\n3,1\n10,2\n30,3\n";
        Loaded.OneSet loaded =
                (Loaded.OneSet) CsvLoading.load(data(csv.set(train, train), Standardise.FIRST_TASK, Missing.REFUSED));

        DataSet first = CsvFixture.prepared(loaded, 2);
        DataSet all = CsvFixture.prepared(loaded, 4);

        assertThat(CsvFixture.values(first.train())).containsExactly(-1, 1, 8, 28);
        assertThat(all.train().row(0)[0]).isBetween(-1f, -0.8f);
        assertThat(CsvFixture.values(loaded.dataSet().train())).containsExactly(1, 3, 10, 30);
    }

    @Test
    void scalesAreFittedToTrainingRowsAlone() {
        CsvFiles files = csv.set("x,label\n1,u\n3,v\n", "x,label\n1000,u\n");

        DataSet read = CsvFixture.whole(data(files, Standardise.FIRST_TASK, Missing.REFUSED));

        assertThat(CsvFixture.values(read.train())).containsExactly(-1, 1);
        assertThat(CsvFixture.values(read.test())).containsExactly(998);
    }

    @Test
    void constantColumnsBecomeZeroEverywhere() {
        CsvFiles files = csv.set("x,y,label\n0.1,1,u\n0.1,3,v\n0.1,2,v\n", "x,y,label\n7,2,u\n");

        DataSet read = CsvFixture.whole(data(files, Standardise.FIRST_TASK, Missing.REFUSED));

        assertThat(read.train().row(0)[0]).isEqualTo(0f);
        assertThat(CsvFixture.values(read.test())).containsExactly(0, 0);
    }

    @Test
    void categoriesStayZeroAndOne() {
        CsvFiles files = csv.set("k,x,label\np,1,u\nq,3,v\n", "k,x,label\nq,1,u\n");
        CsvData data =
                new CsvData(files, CsvFixture.LABELLED.withCategorical("k"), Standardise.FIRST_TASK, Missing.REFUSED);

        assertThat(CsvFixture.values(CsvFixture.whole(data).train())).containsExactly(1, 0, -1, 0, 1, 1);
    }

    @Test
    void missingNumbersBecomeTheNumberThatIsNamed() {
        CsvFiles files = csv.set("x,label\n1,u\n,v\n", "x,label\nNA,u\n");

        DataSet read =
                CsvFixture.whole(data(files, Standardise.NONE, CsvFixture.filled(new Missing.Fill.Constant(-2))));

        assertThat(CsvFixture.values(read.train())).containsExactly(1, -2);
        assertThat(CsvFixture.values(read.test())).containsExactly(-2);
    }

    @Test
    void missingNumbersBecomeTheMeanOfTheTrainingRowsThatHaveOne() {
        CsvFiles files = csv.set("x,label\n1,u\nNA,v\n5,v\n", "x,label\nNA,u\n");

        DataSet read = CsvFixture.whole(data(files, Standardise.NONE, MEAN));

        assertThat(CsvFixture.values(read.train())).containsExactly(1, 3, 5);
        assertThat(CsvFixture.values(read.test())).containsExactly(3);
    }

    @Test
    void theMeanIsThatOfTheRowsThatScalesAreFittedTo() {
        CsvFiles files = csv.perTask("x,label\n1,u\n3,v\n", "x,label\n,u\n", "x,label\n10,u\n30,v\n", "x,label\n,u\n");

        Task own = CsvFixture.tasks(data(files, Standardise.NONE, MEAN)).tasks().get(1);
        Task first = CsvFixture.tasks(data(files, Standardise.FIRST_TASK, MEAN))
                .tasks()
                .get(1);

        assertThat(own.test().row(0)).containsExactly(20);
        assertThat(first.test().row(0)).containsExactly(0);
    }

    @Test
    void aMissingCategoryIsNone() {
        CsvFiles files = csv.set("k,x,label\np,1,u\n,3,v\nq,2,v\n", "k,x,label\nNA,1,u\n");
        CsvData data = new CsvData(files, CsvFixture.LABELLED.withCategorical("k"), Standardise.NONE, MEAN);

        assertThat(CsvFixture.values(CsvFixture.whole(data).train())).containsExactly(1, 0, 1, 0, 0, 3, 0, 1, 2);
        assertThat(CsvFixture.values(CsvFixture.whole(data).test())).containsExactly(0, 0, 1);
    }

    @Test
    void aColumnWithoutAnyValueHasNoMean() {
        CsvFiles files = csv.perTask(
                "x,y,label\n1,,u\n3,,v\n", "x,y,label\n,1,u\n", "x,y,label\n10,1,u\n30,2,v\n", "x,y,label\n,,u\n");

        assertThat(csv.complaint(data(files, Standardise.NONE, MEAN)))
                .startsWith("a-train.csv, column 'y': has no value in the training rows of task 1");
    }

    @Test
    void valuesThatNoScaleFitsAreRefused() {
        CsvFiles files = csv.set("x,label\n1e-40,u\n2e-40,v\n", "x,label\n3e38,u\n");

        assertThatThrownBy(() -> CsvFixture.whole(data(files, Standardise.FIRST_TASK, Missing.REFUSED)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("column 'x': the value 3.0E38 is too far from the training rows");
    }
}
