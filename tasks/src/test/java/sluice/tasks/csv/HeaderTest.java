package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.ClassSplit;
import sluice.tasks.Examples;
import sluice.tasks.Loaded;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;

/** Tables without a header, and columns without a name. */
class HeaderTest {
    private static final String IRIS = "5.1,3.5,setosa\n4.9,3.0,setosa\n6.4,3.2,versicolor\n6.9,3.1,versicolor\n";
    private static final String DIGITS = "7,0,0,0,84\n2,0,0,116,0\n7,0,0,0,90\n2,0,0,99,0\n";
    private static final String INDEXED = ",a,b,y\n0,0.1,1.0,p\n1,0.9,0.2,q\n2,0.2,1.1,p\n3,1.0,0.1,q\n";

    @TempDir
    private Path folder;

    private CsvData data(String text, TableHeader header, CsvColumns columns) {
        Path file = new CsvFixture(folder).file("t.csv", text);
        return new CsvData(
                new CsvFiles.OneSet(new CsvParts.TrainAndTest(file, file)),
                header,
                columns,
                Standardise.NONE,
                Missing.REFUSED,
                UnseenCategory.IGNORE,
                TableFormat.DEFAULT);
    }

    private CsvData data(String text, String label, String... excluded) {
        return data(
                text, new TableHeader.FirstLine(), CsvColumns.labelled(label).without(excluded));
    }

    private static TableHeader none(String... names) {
        return new TableHeader.None(ImmutableList.copyOf(names));
    }

    @ParameterizedTest
    @CsvSource({"species", "setosa", "c3"})
    void aFirstLineThatLooksLikeDataIsRefusedWithWhatToWrite(String label) {
        assertThat(new CsvFixture(folder).complaint(data(IRIS, label)))
                .startsWith("t.csv, line 1: the first line looks like data")
                .contains("header: none", "names: [...] for its 3 columns", "c1, c2, ...");
    }

    @ParameterizedTest
    @CsvSource({"label", "7"})
    void numbersAloneLookLikeDataWhateverTheirDuplicates(String label) {
        assertThat(new CsvFixture(folder).complaint(data(DIGITS, label)))
                .startsWith("t.csv, line 1: the first line looks like data");
    }

    @Test
    void textsThatTheirColumnsHaveAgainLookLikeData() {
        String mushrooms = "p,x,s,n\ne,x,s,y\ne,b,s,w\np,x,y,w\n";

        assertThat(new CsvFixture(folder).complaint(data(mushrooms, "class"))).contains("looks like data");
        assertThat(new CsvFixture(folder).complaint(data(mushrooms, "p"))).contains("looks like data");
    }

    @Test
    void numbersAsNamesAreAHeaderWhereTheLabelIsThere() {
        assertThat(CsvFixture.whole(data("0,1,label\n3,4,p\n5,6,q\n", "label"))
                        .train()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void withoutAHeaderNoRowIsLost() {
        Examples counted = CsvFixture.whole(data(DIGITS, none(), CsvColumns.labelled("c1")))
                .train();
        Examples named = CsvFixture.whole(data(IRIS, none("w", "h", "species"), CsvColumns.labelled("species")))
                .train();

        assertThat(counted.size()).isEqualTo(4);
        assertThat(CsvFixture.values(counted)).startsWith(0, 0, 0, 84);
        assertThat(CsvFixture.values(named)).containsExactly(5.1f, 3.5f, 4.9f, 3.0f, 6.4f, 3.2f, 6.9f, 3.1f);
    }

    @Test
    void asManyNamesAsColumnsAreNeeded() {
        assertThat(new CsvFixture(folder).complaint(data(IRIS, none("w", "species"), CsvColumns.labelled("species"))))
                .startsWith("t.csv, line 1: the row has 3 cells, and names are given for 2 columns");
    }

    @Test
    void rowsToBePredictedGoByPositionWhereTheDataHadNoHeader() {
        CsvFixture csv = new CsvFixture(folder);
        Path train = csv.file("a.csv", DIGITS);
        CsvFiles tasks = new CsvFiles.PerTask(
                ImmutableList.of(new CsvFiles.NamedTable("a", new CsvParts.TrainAndTest(train, train))));
        TableEncoding kept = TableEncoding.parse(CsvFixture.tasks(new CsvData(
                        tasks,
                        none(),
                        CsvColumns.labelled("c1"),
                        Standardise.NONE,
                        Missing.REFUSED,
                        UnseenCategory.IGNORE,
                        TableFormat.DEFAULT))
                .encodings()
                .get(0)
                .json());

        assertThat(CsvFixture.values(TableReading.read(kept, csv.file("all.csv", "7,1,2,3,4\n"))
                        .examples()))
                .containsExactly(1, 2, 3, 4);
        assertThat(CsvFixture.values(TableReading.read(kept, csv.file("features.csv", "1,2,3,4\n"))
                        .examples()))
                .containsExactly(1, 2, 3, 4);
        assertThat(CsvFixture.values(TableReading.read(kept, csv.file("named.csv", "c5,c4,c3,c2\n1,2,3,4\n"))
                        .examples()))
                .containsExactly(4, 3, 2, 1);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void aFirstColumnThatNumbersRowsIsLeftOutAndSaid(int first) {
        String text = INDEXED;
        if (first == 1) {
            text = "\"\",a,b,y\n\"1\",0.1,1.0,p\n\"2\",0.9,0.2,q\n\"3\",0.2,1.1,p\n\"4\",1.0,0.1,q\n";
        }
        var loaded = (Loaded.OneSet) CsvLoading.load(data(text, "y"));
        var split = ClassSplit.consecutive(loaded.dataSet(), 2);
        var prepared = loaded.prepared(TaskSequence.split(loaded.dataSet(), Normalisation.NONE, split));

        assertThat(prepared.notes())
                .containsExactly("t.csv: the first column has no name and numbers the rows: it is left out");
        assertThat(CsvFixture.values(prepared.dataSet().train()))
                .containsExactly(0.1f, 1.0f, 0.9f, 0.2f, 0.2f, 1.1f, 1.0f, 0.1f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a,,y~1,2,p~3,4,q' | t.csv, line 1: column 2 of the header has no name, and its first cell is '2': write one, or leave it out with exclude: [2]",
                "',a,y~7,2,p~8,4,q' | t.csv, line 1: column 1 of the header has no name, and its first cell is '7'",
                "',a,y~0,2,p~5,4,q' | t.csv, line 1: column 1 of the header has no name and does not number the rows: line 3 has '5'",
            })
    void otherColumnsWithoutANameAreRefusedWithTheirNumber(String text, String complaint) {
        assertThat(new CsvFixture(folder).complaint(data(text.replace('~', '\n'), "y")))
                .startsWith(complaint);
    }

    @Test
    void columnsAreExcludedByNumberToo() {
        assertThat(CsvFixture.values(CsvFixture.whole(data("a,,b,y\n1,z,2,p\n3,z,4,q\n", "y", "2"))
                        .train()))
                .containsExactly(1, 2, 3, 4);
        assertThat(CsvFixture.values(CsvFixture.whole(data("a,z,b,y\n1,z,2,p\n3,z,4,q\n", "y", "2"))
                        .train()))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void unnamedColumnsMayBeExcludedAsSuch() {
        assertThat(CsvFixture.values(CsvFixture.whole(data(INDEXED, "y", "")).train()))
                .startsWith(0.1f, 1.0f, 0.9f, 0.2f);
    }
}
