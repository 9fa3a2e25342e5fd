package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.DataSet;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.TestShare;

class CsvDataTest {
    private static final String TRAIN = "x,label,y\n1,b,2\n3,a,4\n5,c,6\n";
    private static final String TEST = "x,label,y\n7,a,8\n9,c,1e1\n";

    @TempDir
    Path folder;

    private CsvFixture csv;

    @BeforeEach
    void fixture() {
        csv = new CsvFixture(folder);
    }

    @Test
    void everyColumnButTheLabelIsAFeatureInTheHeadersOrder() {
        DataSet read = CsvFixture.whole(CsvFixture.data(csv.set(TRAIN, TEST)));

        assertThat(read.name()).isEqualTo("csv");
        assertThat(CsvFixture.rows(read.train()))
                .containsExactly(new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6});
        assertThat(CsvFixture.rows(read.test())).containsExactly(new float[] {7, 8}, new float[] {9, 10});
    }

    @Test
    void labelsAreSortedAndNumbered() {
        DataSet read = CsvFixture.whole(CsvFixture.data(csv.set(TRAIN, TEST)));

        assertThat(read.train().labels()).containsExactly(1, 0, 2);
        assertThat(read.test().labels()).containsExactly(0, 2);
    }

    @Test
    void labelsThatAreWholeNumbersAreTheirOwnNumbers() {
        DataSet read = CsvFixture.whole(CsvFixture.data(csv.set("x,label\n1,10\n2,7\n", "x,label\n1,7\n")));

        assertThat(read.train().labels()).containsExactly(10, 7);
    }

    @Test
    void excludedColumnsAreNotLookedAt() {
        CsvFiles files = csv.set("id,x,label\nA,1,a\nB,2,b\n", "x,label\n1,b\n");

        DataSet read = CsvFixture.whole(CsvFixture.data(files, CsvFixture.LABELLED.without("id")));

        assertThat(CsvFixture.rows(read.train())).containsExactly(new float[] {1}, new float[] {2});
    }

    @Test
    void columnsOfAnotherFileMayBeInAnotherOrder() {
        DataSet read = CsvFixture.whole(CsvFixture.data(csv.set(TRAIN, "label,y,x\na,8,7\n")));

        assertThat(CsvFixture.rows(read.test())).containsExactly(new float[] {7, 8});
    }

    @Test
    void categoriesOfTheTrainingRowsBecomeFeaturesInTheirPlaceSorted() {
        CsvFiles files = csv.set("x,island,label\n1,Dream,a\n2,Biscoe,b\n3,Dream,a\n", "x,island,label\n4,Biscoe,a\n");

        DataSet read = CsvFixture.whole(CsvFixture.data(files, CsvFixture.LABELLED.withCategorical("island")));

        assertThat(CsvFixture.rows(read.train()))
                .containsExactly(new float[] {1, 0, 1}, new float[] {2, 1, 0}, new float[] {3, 0, 1});
        assertThat(CsvFixture.rows(read.test())).containsExactly(new float[] {4, 1, 0});
    }

    @Test
    void windowsFilesWithAByteOrderMarkAreReadLikeOthers() {
        CsvFiles files = csv.set("\uFEFF\"x\",label,y\r\n1,b,2\r\n\r\n3,a,4\r\n", TEST.replace("c", "b"));

        DataSet read = CsvFixture.whole(CsvFixture.data(files));

        assertThat(CsvFixture.rows(read.train())).containsExactly(new float[] {1, 2}, new float[] {3, 4});
    }

    @Test
    void quotedCellsMayHoldQuotesCommasAndLineEnds() {
        CsvFiles files = csv.set(
                "\"the \"\"x\"\"\",kind,label\n\"1\",\"a, \"\"b\"\"\nc\",u\n 2 , d ,v\n",
                "\"the \"\"x\"\"\",kind,label\n3,d,u\n");

        DataSet read = CsvFixture.whole(CsvFixture.data(files, CsvFixture.LABELLED.withCategorical("kind")));

        assertThat(CsvFixture.rows(read.train())).containsExactly(new float[] {1, 1, 0}, new float[] {2, 0, 1});
    }

    @Test
    void eachFileHasAChecksumByItsName() throws Exception {
        CsvData data = CsvFixture.data(csv.set(TRAIN, TEST));

        assertThat(CsvFixture.whole(data).checksums())
                .containsOnlyKeys("train.csv", "test.csv")
                .containsEntry(
                        "train.csv",
                        Hashing.sha256()
                                .hashString(TRAIN, StandardCharsets.UTF_8)
                                .toString());
    }

    @Test
    void filesOfOneNameHaveChecksumsByTheirPaths() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path train = csv.file("t.csv", TRAIN);
        Path test = new CsvFixture(other).file("t.csv", TEST);

        CsvData data = CsvFixture.data(new CsvFiles.OneSet(new CsvParts.TrainAndTest(train, test)));

        assertThat(CsvFixture.whole(data).checksums()).containsOnlyKeys(train.toString(), test.toString());
    }

    @Test
    void oneFileIsDividedSoThatEveryClassIsInBothParts() {
        String all = "x,label\n" + "1,a\n".repeat(8) + "2,b\n".repeat(2);

        DataSet read = CsvFixture.whole(CsvFixture.data(new CsvFiles.OneSet(csv.shared(all, 0.25))));

        assertThat(read.train().labels()).containsOnly(0, 1).hasSize(7);
        assertThat(read.test().labels()).containsExactly(0, 0, 1);
        assertThat(read.checksums()).containsOnlyKeys("all.csv");
    }

    @Test
    void aTablePerTaskMakesTasksOfTheirOwnClasses() {
        TaskSequence tasks = CsvFixture.tasks(CsvFixture.data(
                csv.perTask("x,label\n1,u\n2,w\n", "x,label\n3,w\n", "label,x\nv,4\nu,5\nw,6\n", "x,label\n7,v\n")));

        assertThat(tasks.names()).containsExactly("a", "b");
        assertThat(tasks.tasks())
                .extracting(Task::classes)
                .containsExactly(ImmutableList.of(0, 2), ImmutableList.of(0, 1, 2));
        assertThat(tasks.tasks().get(0).test().labels()).containsExactly(1);
        assertThat(CsvFixture.rows(tasks.tasks().get(1).train()))
                .containsExactly(new float[] {4}, new float[] {5}, new float[] {6});
        assertThat(tasks.checksums()).containsOnlyKeys("a-train.csv", "a-test.csv", "b-train.csv", "b-test.csv");
    }

    @Test
    void categoriesAreThoseOfAllTasksSoThatAllHaveAsManyFeatures() {
        CsvFiles files = csv.perTask("k,label\nq,u\nq,v\n", "k,label\nq,u\n", "k,label\np,u\nq,v\n", "k,label\np,u\n");

        TaskSequence tasks = CsvFixture.tasks(CsvFixture.data(files, CsvFixture.LABELLED.withCategorical("k")));

        assertThat(CsvFixture.rows(tasks.tasks().get(0).train())).containsOnly(new float[] {0, 1});
        assertThat(CsvFixture.rows(tasks.tasks().get(1).test())).containsOnly(new float[] {1, 0});
    }

    @Test
    void aColumnNamesTheTasksInTheOrderOfItsFirstMentions() {
        TaskSequence tasks = CsvFixture.tasks(CsvFixture.data(csv.byColumn(
                "x,site,label\n1,south,u\n2,north,u\n3,south,v\n4,north,v\n", "x,site,label\n5,north,v\n6,south,u\n")));

        assertThat(tasks.names()).containsExactly("south", "north");
        assertThat(CsvFixture.rows(tasks.tasks().get(0).train())).containsExactly(new float[] {1}, new float[] {3});
        assertThat(CsvFixture.rows(tasks.tasks().get(1).test())).containsExactly(new float[] {5});
    }

    @Test
    void aFileWithTasksIsDividedTaskByTaskAndClassByClass() {
        String all = "x,site,label\n" + "1,s,u\n2,s,v\n3,n,u\n4,n,v\n".repeat(2);

        TaskSequence tasks = CsvFixture.tasks(CsvFixture.data(new CsvFiles.TaskColumn(csv.shared(all, 0.5), "site")));

        assertThat(tasks.tasks())
                .hasSize(2)
                .allSatisfy(task -> assertThat(task.test().labels()).containsOnlyOnce(0, 1))
                .allSatisfy(task -> assertThat(task.train().labels()).containsOnlyOnce(0, 1));
    }

    @Test
    void theSameSeedDividesAFileTheSameWay() {
        String all = "x,label\n1,a\n2,a\n3,a\n4,a\n5,b\n6,b\n7,b\n8,b\n";
        Path file = csv.file("all.csv", all);

        assertThat(tested(file, 3)).isEqualTo(tested(file, 3));
        assertThat(ImmutableList.of(tested(file, 4), tested(file, 5), tested(file, 6), tested(file, 7)))
                .anyMatch(other -> !other.equals(tested(file, 3)));
    }

    private static ImmutableList<Float> tested(Path file, long seed) {
        DataSet read = CsvFixture.whole(
                CsvFixture.data(new CsvFiles.OneSet(new CsvParts.Shared(file, new TestShare(0.5, seed)))));
        return CsvFixture.rows(read.test()).stream().map(row -> row[0]).collect(ImmutableList.toImmutableList());
    }
}
