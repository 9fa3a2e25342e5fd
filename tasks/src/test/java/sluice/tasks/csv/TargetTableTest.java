package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.InputException;
import sluice.tasks.TargetScale;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Tables of which a column is a number to be predicted. */
class TargetTableTest {
    private static final CsvColumns PRICE = CsvColumns.targeting("price");
    private static final String TESTED = "x,site,price\n1,a,3\n2,b,4\n";

    @TempDir
    private Path folder;

    private CsvFixture files() {
        return new CsvFixture(folder);
    }

    private static CsvData data(CsvFiles files) {
        return CsvFixture.data(files, PRICE);
    }

    private static CsvData written(CsvFiles files, TableFormat format, Missing missing) {
        return new CsvData(
                files, new TableHeader.FirstLine(), PRICE, Standardise.NONE, missing, UnseenCategory.IGNORE, format);
    }

    private List<String> complaints(CsvData data) {
        try {
            CsvLoading.load(data);
        } catch (InputException wrong) {
            return wrong.lines().stream()
                    .map(line -> line.replace(folder + "/", ""))
                    .toList();
        }
        throw new AssertionError("loaded");
    }

    @Test
    void aTableIsOneTaskCalledByItsTargetWhichIsNoInput() {
        TaskSequence sequence = CsvFixture.tasks(data(files().set("x,price\n1,10\n2,30\n3,20\n", "x,price\n4,15.5\n")));

        Task task = sequence.tasks().get(0);
        assertThat(sequence.names()).containsExactly("price");
        assertThat(CsvFixture.values(task.train())).containsExactly(1, 2, 3);
        assertThat(task.train().targets()).containsExactly(10, 30, 20);
        assertThat(task.test().targets()).containsExactly(15.5);
        assertThat(task.train().scale()).contains(TargetScale.of(new double[] {10, 30, 20}));
        assertThat(task.test().scale()).isEqualTo(task.train().scale());
        assertThat(sequence.isNamed()).isFalse();
    }

    @Test
    void valuesOfAColumnAreTasksEachByItsOwnScale() {
        TaskSequence sequence =
                CsvFixture.tasks(data(files().byColumn("x,site,price\n1,a,1\n2,b,100\n3,a,3\n4,b,500\n", TESTED)));

        assertThat(sequence.names()).containsExactly("a", "b");
        assertThat(sequence.tasks().get(1).train().targets()).containsExactly(100, 500);
        assertThat(sequence.tasks().get(0).train().scale()).contains(new TargetScale(2, 1));
        assertThat(sequence.tasks().get(1).train().scale()).contains(new TargetScale(300, 200));
    }

    @Test
    void tablesOfTheirOwnAreTasks() {
        String rows = "x,price\n1,10\n2,30\n";

        TaskSequence sequence = CsvFixture.tasks(data(files().perTask(rows, rows, rows + "3,7\n", rows)));

        assertThat(sequence.names()).containsExactly("a", "b");
        assertThat(sequence.tasks().get(1).train().targets()).containsExactly(10, 30, 7);
    }

    @Test
    void rangesOfDatesAreTasksAndMayBeInAnyOrder() {
        CsvParts table = files().parts(
                        "x,day,price\n1,2021-03-01,5\n2,2020-03-01,1\n3,2021-04-01,6\n4,2020-04-01,2\n",
                        "x,day,price\n1,2020-01-01,1\n2,2022-01-01,3\n");
        TaskRanges ranges = new TaskRanges(
                "day",
                new TaskRanges.Dates("yyyy-MM-dd"),
                new TaskRanges.At(ImmutableList.of("2021-01-01")),
                TaskRanges.Feature.DROP);

        TaskSequence sequence = CsvFixture.tasks(data(new CsvFiles.RangeColumn(table, ranges)));

        assertThat(sequence.names()).containsExactly("before 2021-01-01", "from 2021-01-01");
        assertThat(sequence.tasks().get(0).train().targets()).containsExactly(1, 2);
        assertThat(sequence.tasks().get(1).train().targets()).containsExactly(5, 6);
    }

    @Test
    void theTargetIsWrittenAsTheTableWritesNumbers() {
        CsvFiles files = files().set("x;price\n1,5;1.234,5\n2;-7\n", "x;price\n1;2.000\n");
        TableFormat european = TableFormat.DEFAULT.delimitedBy(';').numbered(',', ".");

        Task task = CsvFixture.tasks(written(files, european, Missing.REFUSED))
                .tasks()
                .get(0);

        assertThat(task.train().targets()).containsExactly(1234.5, -7);
        assertThat(task.test().targets()).containsExactly(2000);
        assertThat(CsvFixture.values(task.train())).containsExactly(1.5f, 2);
    }

    @Test
    void aTargetKeepsDigitsThatAFeatureWouldNot() {
        Task task = CsvFixture.tasks(data(files().set("x,price\n1,16777217\n2,0.1\n", "x,price\n1,2\n")))
                .tasks()
                .get(0);

        assertThat(task.train().targets()).containsExactly(16777217, 0.1);
    }

    @Test
    void arffHasANumericAttributeAsTarget() {
        String arff = "@relation t\n@attribute kind {p,q}\n@attribute price numeric\n@data\np,1.5\nq,2\n{1 7}\n";

        Task task = CsvFixture.tasks(data(files().set(arff, arff))).tasks().get(0);

        assertThat(task.train().targets()).containsExactly(1.5, 2, 7);
        assertThat(CsvFixture.values(task.train())).containsExactly(1, 0, 0, 1, 1, 0);
    }

    @Test
    void arffCategoriesAreNoTarget() {
        String arff = "@relation t\n@attribute x numeric\n@attribute price {10,20}\n@data\n1,10\n2,20\n";

        assertThat(complaints(data(files().set(arff, arff))))
                .containsExactly(
                        "train.csv, line 4, column 'price': is declared to have categories, and a target is a number: write label: price, which learns classes, or name a numeric attribute");
    }

    @Test
    void aShareForTestingIsSpreadAsTheTargetsAre() {
        String rows = IntStream.range(0, 100)
                .mapToObj(i -> "%d,%d".formatted(i, (i * 37 % 100) * (i * 37 % 100)))
                .collect(Collectors.joining("\n", "x,price\n", "\n"));

        Task task = CsvFixture.tasks(data(new CsvFiles.OneSet(files().shared(rows, 0.2))))
                .tasks()
                .get(0);

        double[] tested = task.test().targets();
        assertThat(tested).hasSize(20);
        for (int tenth = 0; tenth < 10; tenth++) {
            int from = tenth * 10;
            assertThat(Arrays.stream(tested)
                            .map(Math::sqrt)
                            .filter(root -> root >= from && root < from + 10)
                            .count())
                    .isEqualTo(2);
        }
        assertThat(Arrays.stream(tested).average().orElseThrow())
                .isCloseTo(Arrays.stream(task.train().targets()).average().orElseThrow(), within(300.0));
        assertThat(CsvFixture.tasks(data(new CsvFiles.OneSet(files().shared(rows, 0.2))))
                        .tasks()
                        .get(0)
                        .test()
                        .targets())
                .containsExactly(tested);
    }

    @Test
    void nothingNeedBeSetAside() {
        Task task = CsvFixture.tasks(data(new CsvFiles.OneSet(files().shared("x,price\n1,5\n2,6\n", 0))))
                .tasks()
                .get(0);

        assertThat(task.isTested()).isFalse();
        assertThat(task.train().targets()).containsExactly(5, 6);
    }

    @Test
    void aTaskOfOneRowHasNoneToTestItWith() {
        CsvFiles files = new CsvFiles.TaskColumn(files().shared("x,site,price\n1,a,5\n2,a,6\n3,b,7\n", 0.5), "site");

        assertThat(complaints(data(files)))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("all.csv, line 4: the task that begins here, 'b', has no test rows: add some"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dear | train.csv, line 3, column 'price': the target must be a number such as 0.25 or 1.5e9 (up to 3.4e38), got 'dear': mend it, or write label: price, which learns classes
            9e99 | train.csv, line 3, column 'price': the target must be a number such as 0.25 or 1.5e9 (up to 3.4e38), got '9e99': mend it, or write label: price, which learns classes
            ''   | train.csv, line 3, column 'price': the cell has no value, and a target is never filled: leave the row out or write its number
            x    | train.csv, line 3, column 'price': the cell has no value, and a target is never filled: leave the row out or write its number
            N/A  | train.csv, line 3, column 'price': 'N/A' probably stands for a missing value, and a target is never filled: leave the row out or write its number
            inf  | train.csv, line 3, column 'price': must be a finite number, got 'inf', and a target is never filled: leave the row out or write its number
            NaN  | train.csv, line 3, column 'price': must be a finite number, got 'NaN', and a target is never filled: leave the row out or write its number
            """)
    void aCellWithoutATargetIsAProblemWhateverFillsOthers(String cell, String complaint) {
        CsvFiles files = files().set("y,price\n1,10\n2,%s\n3,5\n".formatted(cell), "y,price\n1,2\n");
        Missing filled = new Missing(ImmutableSet.of("x"), new Missing.Fill.Mean());

        assertThat(complaints(written(files, TableFormat.DEFAULT, filled))).containsExactly(complaint);
    }

    @Test
    void problemsOfTargetsAreCountedByKindBesideThoseOfFeatures() {
        String bad = "x,price\n" + "1,\n".repeat(25) + "2,dear\nq,3\n4,cheap\n";

        List<String> lines = complaints(data(files().set(bad, "x,price\n1,\n")));

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .startsWith("train.csv, line 2, column 'price': the cell has no value")
                .endsWith(
                        "(and 24 more like it: lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, ...)");
        assertThat(lines.get(1))
                .contains("line 27, column 'price'", "'dear'")
                .endsWith("(and 1 more like it: line 29)");
        assertThat(lines.get(2)).contains("line 28, column 'x'", "'q'");
        assertThat(lines.get(3)).startsWith("test.csv, line 2, column 'price': the cell has no value");
    }

    @Test
    void aTaskWhoseTargetsAreAllEqualHasNothingToLearn() {
        assertThat(complaints(data(files().set("x,price\n1,5\n2,5.0\n", "x,price\n1,5\n2,6\n"))))
                .containsExactly(
                        "train.csv, line 2, column 'price': every training row has the target 5, from this one on, so that there is nothing to learn: add other rows, or name another target");
        assertThat(complaints(data(files().byColumn("x,site,price\n1,a,1\n2,b,5\n3,a,3\n4,b,5\n", TESTED))))
                .containsExactly(
                        "train.csv, line 3, column 'price': every training row of task 'b' has the target 5, from this one on, so that there is nothing to learn: add other rows, leave the task out, or name another target");
    }

    @Test
    void testRowsMustBeOfTasksThatHaveTrainingRows() {
        assertThat(complaints(data(files().byColumn(
                                "x,site,price\n1,a,1\n2,a,5\n3,c,3\n4,c,5\n", "x,site,price\n1,b,1\n2,a,2\n"))))
                .containsExactlyInAnyOrder(
                        "test.csv, line 2, column 'site': the task 'b' is in no training row: add some, or leave this row out",
                        "train.csv, line 4: the task that begins here, 'c', has no test rows: add some");
    }

    @Test
    void aTestTargetOutOfAllProportionIsAProblem() {
        assertThat(complaints(data(files().set("x,price\n1,1e-30\n2,2e-30\n", "x,price\n1,1e-30\n2,1e30\n"))))
                .containsExactly(
                        "test.csv, line 3, column 'price': the target 1.0E30 is too far from those of the training rows: mend it, or leave the row out");
    }

    @Test
    void aTargetThatIsAnythingElseIsRefused() {
        CsvFiles files = files().byColumn(TESTED, TESTED);

        assertThatThrownBy(() -> PRICE.withCategorical("price")).hasMessage("the target price cannot be categorical");
        assertThatThrownBy(() -> PRICE.without("price")).hasMessage("the target price cannot be excluded");
        assertThatThrownBy(() -> CsvFixture.data(files, CsvColumns.targeting("site")))
                .hasMessage("the task column site cannot be label, target, categorical or excluded");
        assertThatThrownBy(() -> written(
                        files,
                        TableFormat.DEFAULT.dated(
                                List.of(new DateColumn("price", "yyyy", ImmutableList.of(DateColumn.Part.YEAR)))),
                        Missing.REFUSED))
                .hasMessageStartingWith("the target price cannot be one of dates");
        assertThat(files().complaint(CsvFixture.data(files, CsvColumns.targeting("prize"))))
                .isEqualTo(
                        "train.csv, line 1, column 'prize': there is no such column, which is the target: did you mean 'price'?");
    }

    @Test
    void aModelsEncodingSaysWhichColumnIsTheTargetAndNewTablesNeedNotHaveIt() {
        TaskSequence sequence =
                CsvFixture.tasks(data(files().set("x,price,y\n1,10,2\n2,30,4\n", "x,price,y\n1,1,1\n")));
        TableEncoding encoding = TableEncoding.parse(sequence.encodings().get(0).json());

        assertThat(encoding.target()).isEqualTo("price");
        assertThat(encoding.features()).isEqualTo(2);
        assertThat(CsvFixture.values(TableReading.read(encoding, files().file("new.csv", "y,x\n7,8\n"))
                        .examples()))
                .containsExactly(8, 7);
        assertThat(CsvFixture.values(TableReading.read(encoding, files().file("all.csv", "y,x,price\n7,8,\n"))
                        .examples()))
                .containsExactly(8, 7);
    }

    @Test
    void withoutAHeaderNewTablesMayLeaveTheTargetOutWhereItStood() {
        CsvColumns columns = CsvColumns.targeting("c2").without("c4");
        CsvData unnamed = new CsvData(
                files().set("1,10,2,0\n2,30,4,0\n", "1,1,1,0\n"),
                new TableHeader.None(ImmutableList.of()),
                columns,
                Standardise.NONE,
                Missing.REFUSED,
                UnseenCategory.IGNORE,
                TableFormat.DEFAULT);
        TableEncoding encoding =
                TableEncoding.parse(CsvFixture.tasks(unnamed).encodings().get(0).json());

        for (String row : ImmutableList.of("8,99,7,0", "8,7,0", "8,7")) {
            Path file = files().bytes("new.csv", (row + "\n").getBytes(StandardCharsets.UTF_8));
            assertThat(CsvFixture.values(TableReading.read(encoding, file).examples()))
                    .as(row)
                    .containsExactly(8, 7);
        }
    }

    @Test
    void encodingsOfClassesAreWrittenAsEver() {
        String rows = "x,site,label\n1,s,a\n2,s,b\n";
        TaskSequence classes = CsvFixture.tasks(CsvFixture.data(files().byColumn(rows, rows)));

        assertThat(classes.encodings().get(0).json()).contains("\"x\"").doesNotContain("target");
        assertThat(classes.isRegression()).isFalse();
    }
}
