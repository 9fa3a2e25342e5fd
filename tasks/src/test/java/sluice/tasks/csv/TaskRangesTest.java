package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Ranges of a column of numbers or dates are tasks. */
class TaskRangesTest {
    private static final String TRAIN = "x,year,label\n1,2005,a\n2,1990,a\n3,1989.5,b\n4,2000,b\n5,1970,a\n6,1999,b\n";
    private static final String TEST = "x,year,label\n7,-3,a\n8,1995,b\n9,2e3,b\n";

    @TempDir
    Path folder;

    private CsvFixture csv;

    @BeforeEach
    void fixture() {
        csv = new CsvFixture(folder);
    }

    private CsvFiles ranges(String train, String test, TaskRanges ranges) {
        return new CsvFiles.RangeColumn(csv.parts(train, test), ranges);
    }

    private static TaskRanges parts(String column, TaskRanges.Scale scale, int count) {
        return new TaskRanges(column, scale, new TaskRanges.Parts(count), TaskRanges.Feature.DROP);
    }

    private static List<Float> first(TaskSequence tasks, int task) {
        return CsvFixture.rows(tasks.tasks().get(task).train()).stream()
                .map(row -> row[0])
                .toList();
    }

    @Test
    void aBoundIsTheFirstValueOfARangeAndTheLowestRangeIsLearnedFirst() {
        TaskSequence tasks = CsvFixture.tasks(CsvFixture.data(ranges(TRAIN, TEST, TaskRanges.at("year", 1990, 2000))));

        assertThat(tasks.names()).containsExactly("below 1990", "1990 to 2000", "from 2000");
        assertThat(first(tasks, 0)).containsExactly(3f, 5f);
        assertThat(first(tasks, 1)).containsExactly(2f, 6f);
        assertThat(first(tasks, 2)).containsExactly(1f, 4f);
        assertThat(tasks.tasks())
                .extracting(task -> CsvFixture.values(task.test()))
                .containsExactly(new float[] {7}, new float[] {8}, new float[] {9});
    }

    @Test
    void theColumnIsAnInputWhereItIsKept() {
        TaskRanges dropped = TaskRanges.at("year", 1990, 2000);
        TaskRanges kept = new TaskRanges("year", dropped.scale(), dropped.cut(), TaskRanges.Feature.KEEP);

        assertThat(CsvFixture.tasks(CsvFixture.data(ranges(TRAIN, TEST, dropped)))
                        .features())
                .isEqualTo(1);
        Task latest = CsvFixture.tasks(CsvFixture.data(ranges(TRAIN, TEST, kept)))
                .tasks()
                .get(2);
        assertThat(CsvFixture.values(latest.train())).containsExactly(1, 2005, 4, 2000);
    }

    @Test
    void datesAreInTheOrderOfTimeAndNamedAsTheyAreWritten() {
        String rows = "x,sold,label\n1,02.01.2021,a\n2,31.12.2019,a\n3,01.02.2020,b\n4,03.03.2019,b\n";
        TaskRanges from = new TaskRanges(
                "sold",
                new TaskRanges.Dates("dd.MM.yyyy"),
                new TaskRanges.At(ImmutableList.of("01.02.2020")),
                TaskRanges.Feature.DROP);

        TaskSequence tasks = CsvFixture.tasks(CsvFixture.data(ranges(rows, rows, from)));

        assertThat(tasks.names()).containsExactly("before 01.02.2020", "from 01.02.2020");
        assertThat(first(tasks, 0)).containsExactly(2f, 4f);
        assertThat(tasks.features()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HH:mm            | 23:59            | 07:00
            MM-dd            | 12-01            | 02-29
            yyyy-MM          | 2021-01          | 2020-12
            yyyy             | 2021             | 0987
            dd.MM.yyyy HH:mm | 01.01.2021 00:01 | 01.01.2021 00:00
            """)
    void aFormatNeedNotTellADay(String format, String later, String earlier) {
        DateOrder order = DateOrder.of(format);

        assertThat(order.reads(later)).isTrue();
        assertThat(earlier.equals("987") || order.place(earlier) < order.place(later))
                .isTrue();
        assertThat(order.reads("no")).isFalse();
    }

    @Test
    void partsHaveAsManyRowsEachAndAreThoseOfTheTrainingRows() {
        String rows = IntStream.range(0, 60)
                .mapToObj(i -> "%d,%s,%s\n".formatted(i, (i * 7) % 60 / 10.0, i % 2 == 0 ? "a" : "b"))
                .reduce("x,size,label\n", String::concat);
        String test = "x,size,label\n1,-100,a\n2,2,a\n3,4,a\n";

        TaskSequence tasks =
                CsvFixture.tasks(CsvFixture.data(ranges(rows, test, parts("size", new TaskRanges.Numbers(), 3))));

        assertThat(tasks.names()).containsExactly("below 2", "2 to 4", "from 4");
        assertThat(tasks.tasks()).extracting(task -> task.train().size()).containsExactly(20, 20, 20);
        assertThat(tasks.tasks()).extracting(task -> task.test().size()).containsExactly(1, 1, 1);
    }

    @Test
    void aFileWithRangesIsDividedTaskByTask() {
        String all = "x,size,label\n" + "1,1,u\n2,1,v\n3,5,u\n4,5,v\n".repeat(2);
        CsvFiles files = new CsvFiles.RangeColumn(csv.shared(all, 0.5), TaskRanges.at("size", 3));

        assertThat(CsvFixture.tasks(CsvFixture.data(files)).tasks())
                .hasSize(2)
                .allSatisfy(task -> assertThat(task.test().labels()).containsOnlyOnce(0, 1))
                .allSatisfy(task -> assertThat(task.train().labels()).containsOnlyOnce(0, 1));
    }

    /** Every part has a value, rows of one value are in one part, and no other choice for a lone cut is nearer to the middle. */
    @Property
    void partsAreNeverEmptyAndAsEvenAsValuesAllow(
            @ForAll @Size(min = 2, max = 60) List<@IntRange(max = 12) Integer> values,
            @ForAll @IntRange(min = 2, max = 6) int parts) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        int[] changes = RangeTasks.changes(sorted);
        if (changes.length < parts - 1) {
            return;
        }

        int[] cuts = RangeTasks.cuts(changes, sorted.length, parts);

        assertThat(cuts).hasSize(parts - 1);
        int before = 0;
        for (int cut : cuts) {
            assertThat(cut).isGreaterThan(before);
            assertThat(sorted[cut]).isGreaterThan(sorted[cut - 1]);
            before = cut;
        }
        if (parts == 2) {
            double nearest = Arrays.stream(changes)
                    .mapToDouble(change -> Math.abs(change - sorted.length / 2.0))
                    .min()
                    .orElseThrow();
            assertThat(Math.abs(cuts[0] - sorted.length / 2.0)).isEqualTo(nearest);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1,old     | train.csv, line 4, column 'year': must be a finite number such as 1990 or 2.5, as ranges of this column are tasks, got 'old': mend it, or, of dates, say how they are written (task_column: {format: yyyy-MM-dd})
            1,`1e999` | train.csv, line 4, column 'year': must be a finite number
            1,        | train.csv, line 4, column 'year': the cell has no value, and every row needs one here: write it
            1,NA      | train.csv, line 4, column 'year': the cell has no value, and every row needs one here: write it
            """)
    void aCellWithoutSuchAValueIsRefused(String row, String complaint) {
        String rows = "x,year,label\n1,1,a\n1,9,b\n%s,a\n".formatted(row);
        CsvData data = new CsvData(
                ranges(rows, rows, TaskRanges.at("year", 5)),
                CsvFixture.LABELLED,
                Standardise.NONE,
                new Missing(ImmutableSet.of("NA"), new Missing.Fill.Mean()));

        assertThatThrownBy(() -> CsvLoading.load(data)).hasMessageContaining(complaint);
    }

    @Test
    void rangesWithoutRowsAreNamed() {
        CsvData data = CsvFixture.data(ranges(TRAIN, TEST, TaskRanges.at("year", 1000, 1990, 2010, 3000)));

        assertThat(csv.complaint(data))
                .isEqualTo(
                        "train.csv, column 'year': no row is in the ranges 'below 1000', '2010 to 3000', 'from 3000', "
                                + "as rows go from 1970 to 2005: change bounds of task_column");
    }

    @Test
    void aRangeWithoutTestRowsIsRefused() {
        CsvData data =
                CsvFixture.data(ranges(TRAIN, "x,year,label\n1,1,a\n1,1995,a\n", TaskRanges.at("year", 1990, 2000)));

        assertThat(csv.complaint(data))
                .isEqualTo("train.csv, line 2: the task that begins here, 'from 2000', has no test rows: add some");
    }

    @Test
    void partsNeedAsManyValues() {
        CsvData data = CsvFixture.data(ranges(TRAIN, TEST, parts("year", new TaskRanges.Numbers(), 7)));

        assertThat(csv.complaint(data))
                .isEqualTo(
                        "train.csv, column 'year': 7 parts need as many different values, and rows have 6: write fewer parts");
    }

    @Test
    void whatIsWrongWithBothFilesIsToldAtOnce() {
        CsvData data = CsvFixture.data(
                ranges("x,year,label\n1,?,a\n", "x,year,label\n1,1995,a\no,!,b\n", TaskRanges.at("year", 1990)));

        assertThatThrownBy(() -> CsvLoading.load(data))
                .hasMessageContaining("train.csv, line 2, column 'year'")
                .hasMessageContaining("test.csv, line 3, column 'year'")
                .hasMessageContaining("test.csv, line 3, column 'x'");
    }
}
