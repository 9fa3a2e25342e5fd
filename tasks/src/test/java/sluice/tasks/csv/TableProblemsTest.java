package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.ClassSplit;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;

/** What is said of all that is wrong with a table, and of what it marks as missing or unseen. */
class TableProblemsTest {
    @TempDir
    private Path folder;

    private CsvFixture csv() {
        return new CsvFixture(folder);
    }

    private CsvData data(String text) {
        Path file = csv().file("t.csv", text);
        return CsvFixture.data(new CsvFiles.OneSet(new CsvParts.TrainAndTest(file, file)), CsvColumns.labelled("y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "NA", "N/A", "nan", "NaN", "null", "-", "None"})
    void marksOfMissingValuesAreNamedAsSuch(String mark) {
        String complaint = csv().complaint(data("a,b,y\n1,%s,p\n5,10,q\n2,1,p\n6,9,q\n".formatted(mark)));

        assertThat(complaint)
                .startsWith("t.csv, line 2, column 'b': '%s' (1 cell) in a column of numbers".formatted(mark))
                .contains("missing: {text: ", ", fill: mean}")
                .doesNotContain("categorical");
    }

    @Test
    void severalMarksAreOneLineToWrite() {
        assertThat(csv().complaint(data("a,b,y\n1,?,p\nNA,10,q\n2,?,p\n6,9,q\n")))
                .isEqualTo(
                        "t.csv, line 2, column 'b': '?' (2 cells), t.csv, line 3, column 'a': 'NA' (1 cell) in a column of numbers"
                                + " probably stands for a missing value: write missing: {text: [\"?\", NA], fill: mean}");
    }

    private static List<String> notes(CsvData data) {
        Loaded.OneSet loaded = (Loaded.OneSet) CsvLoading.load(data);
        ClassSplit split = ClassSplit.consecutive(
                loaded.dataSet(), loaded.dataSet().train().distinctLabels().length);
        return loaded.prepared(TaskSequence.split(loaded.dataSet(), Normalisation.NONE, split))
                .notes();
    }

    @Test
    void aClassThatProbablyStandsForAMissingValueIsToldWithItsLines() {
        String text = "a,y\n1,p\n5,NA\n2,q\n6,NA\n";

        assertThat(notes(data(text)))
                .containsExactly(
                        "t.csv: column 'y': 'NA', which is a class of 2 rows (lines 3, 5), probably stands for a"
                                + " missing value: leave such rows out of the file; a class of that name is learned as it is");
        assertThat(notes(data(text.replace("NA", "none")))).isEmpty();
        assertThat(notes(data("a,y\n1,+\n5,-\n2,+\n6,-\n"))).isEmpty();
        assertThat(notes(data("a,y\n1,p\n5,-\n2,p\n6,-\n"))).hasSize(1);
    }

    @Test
    void aColumnThatIsTheSameInAllTrainingRowsIsTold() {
        Path train = csv().file("train.csv", "k,a,town,y\n7,1,Chur,p\n7,2,Chur,q\n7,3,Chur,p\n7,4,Chur,q\n");
        Path test = csv().file("test.csv", "k,a,town,y\n8,1,Chur,p\n7,2,Chur,q\n");
        CsvFiles files = new CsvFiles.OneSet(new CsvParts.TrainAndTest(train, test));

        assertThat(notes(CsvFixture.data(files, CsvColumns.labelled("y").withCategorical("town"))))
                .containsExactly(
                        "columns 'k', 'town' are each the same in all training rows, so that nothing is learned of"
                                + " them: leave them out, with exclude: [k, town]");
        assertThat(notes(CsvFixture.data(files, CsvColumns.labelled("y").without("town"))))
                .containsExactly(
                        "column 'k' is the same in all training rows, so that nothing is learned of it: leave it"
                                + " out, with exclude: [k]");
    }

    @Test
    void aColumnThatVariesInOneTaskIsNotTold() {
        CsvFiles tasks = csv().perTask(
                        "k,a,label\n7,1,p\n7,2,q\n", "k,a,label\n7,1,p\n7,2,q\n",
                        "k,a,label\n8,1,p\n8,2,q\n", "k,a,label\n8,1,p\n8,2,q\n");

        assertThat(CsvFixture.tasks(CsvFixture.data(tasks)).notes()).isEmpty();
    }

    @Test
    void rowsOfWhichNoneHasAClassAreRefused() {
        assertThat(csv().complaint(data("a,y\n1,NA\n5,?\n2,NA\n")))
                .isEqualTo("t.csv, column 'y': all 3 rows have no class, as 'NA' and '?' probably stand for a missing"
                        + " value: write one");
    }

    @Test
    void adviceOnAnInfiniteNumberIsAllThatIsToWrite() {
        assertThat(csv().complaint(data("a,b,y\n1,inf,p\n5,10,q\n2,inf,p\n6,9,q\n")))
                .isEqualTo(
                        "t.csv, line 2, column 'b': must be a finite number, got 'inf': mend it, or, if it stands for a"
                                + " missing value, write missing: {text: inf, fill: mean} (and 1 more like it: line 4)");

        CsvData infinite = data("a,b,y\n1,NA,p\n5,-inf,q\n2,3,p\n6,9,q\n");
        CsvData marked = new CsvData(
                infinite.files(), infinite.columns(), Standardise.NONE, CsvFixture.filled(new Missing.Fill.Mean()));
        assertThat(csv().complaint(marked))
                .isEqualTo(
                        "t.csv, line 3, column 'b': must be a finite number, got '-inf': mend it, or, if it stands for"
                                + " a missing value, write missing: {text: [NA, \"-inf\"], fill: mean}");
    }

    @Test
    void severalMarksAreRead() {
        CsvData marked = data("a,b,y\n1,?,p\nNA,10,q\n2,1,p\n6,9,q\n");
        CsvData read = new CsvData(
                marked.files(),
                marked.columns(),
                Standardise.NONE,
                new Missing(ImmutableSet.of("?", "NA"), new Missing.Fill.Constant(0)));

        assertThat(CsvFixture.values(CsvFixture.whole(read).train())).containsExactly(1, 0, 0, 10, 2, 1, 6, 9);
    }

    @Test
    void allProblemsAreListedByColumnAndKind() {
        assertThat(csv().complaint(data("a,b,y\n1,two,p\n3,four,\n5\nx,1,q,9\n1,?,p\n")))
                .contains("'?' (1 cell)")
                .contains("t.csv, line 2, column 'b': must be a number", "(and 1 more like it: line 3)")
                .contains("; t.csv, line 3, column 'y': the cell has no value")
                .contains("; t.csv, line 4, column 'b': the row ends before this column")
                .contains("; t.csv, line 5: the row has 4 cells");
    }

    @Test
    void aboveTwentyTheyAreCounted() {
        StringBuilder header = new StringBuilder();
        StringBuilder row = new StringBuilder();
        for (int column = 0; column < 25; column++) {
            header.append('f').append(column).append(',');
            row.append("bad,");
        }

        assertThat(csv().complaint(data(header + "y\n" + row + "p\n"))).endsWith("; and 5 more");
    }

    @Test
    void columnsThatAreMissingAreListedTogether() {
        CsvData wrong = data("a,b\n1,p\n");

        assertThat(csv().complaint(CsvFixture.data(
                        wrong.files(), CsvColumns.labelled("y").withCategorical("k"))))
                .contains(
                        "column 'y': there is no such column", "; t.csv, line 1, column 'k': there is no such column");
    }

    @Test
    void problemsOfRowsToBePredictedAreListedToo() {
        Path file = csv().file("x.csv", "1,2\n3,x\ny,4\n5,z\n");

        assertThatThrownBy(() -> NumericTable.read(file, 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2, column '2': must be a finite number")
                .hasMessageContaining("(and 1 more like it: line 4); ")
                .hasMessageContaining("line 3, column '1'");
    }

    @Test
    void aCategoryOfTestRowsAloneIsNoneOfTheKnownOnesAndCounted() {
        CsvData towns = CsvFixture.data(
                csv().set("a,town,label\n1,Aar,p\n5,Aar,q\n2,Brig,p\n6,Brig,q\n", "a,town,label\n1,Aar,p\n5,Chur,q\n"),
                CsvFixture.LABELLED.withCategorical("town"));

        Loaded.OneSet loaded = (Loaded.OneSet) CsvLoading.load(towns);
        Loaded.Prepared prepared = loaded.prepared(
                TaskSequence.split(loaded.dataSet(), Normalisation.NONE, ClassSplit.consecutive(loaded.dataSet(), 2)));

        assertThat(CsvFixture.values(prepared.dataSet().test())).containsExactly(1, 1, 0, 5, 0, 0);
        assertThat(prepared.notes()).hasSize(1);
        assertThat(prepared.notes().get(0)).endsWith("column 'town': 'Chur' in 1 row");
    }

    @Test
    void aRowOfAnUnseenCategoryIsRefusedAloneWhereThatIsAskedFor() {
        CsvFixture csv = csv();
        Path train = csv.file("train.csv", "k,label\np,a\nq,b\n");
        CsvData refusing = new CsvData(
                new CsvFiles.PerTask(
                        ImmutableList.of(new CsvFiles.NamedTable("t", new CsvParts.TrainAndTest(train, train)))),
                new TableHeader.FirstLine(),
                CsvFixture.LABELLED.withCategorical("k"),
                Standardise.NONE,
                Missing.REFUSED,
                UnseenCategory.REFUSE,
                TableFormat.DEFAULT);
        TableEncoding kept = TableEncoding.parse(
                CsvFixture.tasks(refusing).encodings().get(0).json());

        TableRows rows = TableReading.read(kept, csv.file("x.csv", "k\np\nr\nq\n"));

        assertThat(rows.examples().size()).isEqualTo(3);
        assertThat(rows.refused().keySet()).containsExactly(1);
        assertThat(rows.refused().get(1)).contains("line 3, column 'k': the category 'r'");
    }

    @Test
    void encodingsOfEarlierBuildsAreRead() {
        TableEncoding old = TableEncoding.parse(
                "{\"columns\":[{\"kind\":\"category\",\"name\":\"k\",\"categories\":[\"p\"]}],\"absent\":\"NA\",\"fills\":true,\"classes\":[]}");

        assertThat(old.absent()).containsExactly("NA");
        assertThat(old.names()).isEmpty();
        assertThat(old.refusesUnseen()).isFalse();
    }

    @Test
    void placesOfOneKindAreListedUpToTheTwentiethAndCounted() {
        String rows = "1,p\n".repeat(2) + "x,q\n".repeat(30);

        assertThat(csv().complaint(data("a,y\n" + rows)))
                .startsWith("t.csv, line 4, column 'a': must be a number")
                .endsWith(
                        "(and 29 more like it: lines 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, ...)");
    }

    @Test
    void problemsOfAllFilesAreToldAtOnce() {
        CsvData data = CsvFixture.data(csv().set("a,y\nx,p\n2,q\n", "a,y\n1,\n2,q\n"), CsvColumns.labelled("y"));

        assertThatThrownBy(() -> CsvLoading.load(data))
                .isInstanceOfSatisfying(
                        InputException.class,
                        wrong -> assertThat(wrong.lines())
                                .satisfiesExactly(
                                        line -> assertThat(line)
                                                .contains("train.csv, line 2, column 'a': must be a number"),
                                        line -> assertThat(line)
                                                .contains("test.csv, line 2, column 'y': the cell has no value")));
    }

    @Test
    void rowsAfterOneWhoseDateIsInNoCalendarAreLookedAtToo() {
        CsvData dated = new CsvData(
                csv().set("d,a,y\n2023-02-29,1,p\n2023-02-30,x,q\n2023-03-01,y,q\n", "d,a,y\n2023-03-01,1,p\n"),
                new TableHeader.FirstLine(),
                CsvColumns.labelled("y"),
                Standardise.NONE,
                Missing.REFUSED,
                UnseenCategory.IGNORE,
                TableFormat.DEFAULT.dated(List.of(new DateColumn("d", "yyyy-MM-dd", List.of(DateColumn.Part.DAY)))));

        assertThat(csv().complaint(dated))
                .contains("line 2, column 'd': must be a date", "'2023-02-29'", "(and 1 more like it: line 3)")
                .contains("line 4, column 'a': must be a number");
    }

    @Test
    void everyClassThatNoTrainingRowHasIsCounted() {
        CsvData data =
                CsvFixture.data(csv().set("a,y\n1,p\n2,q\n", "a,y\n1,r\n2,q\n3,s\n4,r\n"), CsvColumns.labelled("y"));

        assertThat(csv().complaint(data))
                .contains("line 2, column 'y': the class 'r' is in no training row")
                .contains("(and 1 more like it: line 5)")
                .contains("line 4, column 'y': the class 's' is in no training row");
    }

    @Test
    void aColumnWithoutAnyValueIsLeftOutInsteadOfFilled() {
        assertThat(csv().complaint(data("a,b,c,y\n1,,NA,p\n2,,NA,q\n,,NA,p\n")))
                .contains("t.csv, line 4, column 'a': the cell has no value")
                .contains("t.csv, column 'b': no row has a value: leave the column out, with exclude: [b]")
                .contains("t.csv, column 'c': no row has a value")
                .doesNotContain("missing: {text");
    }
}
