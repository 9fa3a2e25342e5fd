package sluice.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.RunMetrics;

class RunCsvTest {
    private static final AccuracyMatrix RUN = AccuracyMatrix.empty("-gates", -7, List.of("=0-1", "2, 3"));

    private static <T> String written(RunCsv<T> file, List<T> values) throws IOException {
        StringBuilder out = new StringBuilder();
        file.write(RUN, values, out);
        return out.toString();
    }

    private static <T> List<T> read(RunCsv<T> file, String text) throws IOException {
        return file.of(file.lines(new StringReader(text), "file.csv"), RUN);
    }

    private static <T> void assertReadAsWritten(RunCsv<T> file, List<T> values) throws IOException {
        assertThat(read(file, written(file, values))).isEqualTo(values);
    }

    @Test
    void everyFileIsReadAsItWasWritten() throws IOException {
        assertReadAsWritten(
                LearningPoint.FILE,
                List.of(new LearningPoint("=0-1", 3, 1, 0.1, 0.75), new LearningPoint("2, 3", 6, 2, 1e-9, Double.NaN)));
        assertReadAsWritten(
                ConfusionCount.FILE,
                List.of(
                        new ConfusionCount("=0-1", "zero", "one", 12),
                        new ConfusionCount("2, 3", "'=two", ConfusionCount.UNKNOWN, 1)));
        assertReadAsWritten(
                HardExample.FILE,
                List.of(new HardExample("=0-1", 1, "zero", "+1", 0.1f, new Picture(3, 1, 1, "+/AA"))));
        assertReadAsWritten(
                GateLayer.FILE,
                List.of(
                        GateLayer.of("=0-1", 1, 9, new int[] {0, 1, 2, 5, 7, 8}, List.of(3, 0, 0, 0, 0, 0, 0, 0, 0, 6)),
                        GateLayer.of("2, 3", 2, 9, new int[] {}, List.of())));
        assertReadAsWritten(
                TaskOverlap.FILE,
                List.of(
                        new TaskOverlap("2, 3", "=0-1", "layer_1", 0.25),
                        new TaskOverlap("2, 3", "=0-1", "layer_2", Double.NaN)));
    }

    @Test
    void budgetsAreReadAsTheyWereWrittenAndWithinTheirRanges() throws IOException {
        List<BudgetPoint> points =
                List.of(new BudgetPoint(11_616, 11_616, 0.9583), new BudgetPoint(26_000, 26_881.5, 1));
        StringBuilder out = new StringBuilder();
        BudgetPoint.FILE.write(points, out);

        assertThat(BudgetPoint.FILE.read(new StringReader(out.toString()), "budgets.csv"))
                .isEqualTo(points);
        for (String line : List.of("0,5,0.5", "5,0,0.5", "5,5,1.5")) {
            assertThatThrownBy(() -> BudgetPoint.FILE.read(
                            new StringReader("budget,multiply_adds,accuracy\n" + line + "\n"), "budgets.csv"))
                    .isInstanceOf(MatrixFormatException.class)
                    .hasMessageContaining("budgets.csv, line 2");
        }
    }

    @Test
    void namesThatAProgramWouldRunAreGuarded() throws IOException {
        assertThat(written(ConfusionCount.FILE, List.of(new ConfusionCount("=0-1", "zero", "one", 12))))
                .isEqualTo("""
                        strategy,seed,task,actual,predicted,count
                        '-gates,-7,'=0-1,zero,one,12
                        """);
    }

    @Test
    void linesOfOtherRunsAreLeftOut() throws IOException {
        String other = "strategy,seed,task,step,epoch,loss,accuracy\nnaive,-7,elsewhere,1,1,0.5,\n";

        assertThat(read(LearningPoint.FILE, other)).isEmpty();
        assertThatThrownBy(() -> read(TaskOverlap.FILE, "task,earlier,layer,jaccard\n'=0-1,elsewhere,layer_1,1\n"))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining("line 2, column earlier")
                .hasMessageContaining("no such task in accuracy-matrix.csv");
    }

    @Test
    void openUnitsAreRanges() {
        GateLayer gates = GateLayer.of("t", 1, 9, new int[] {0, 1, 2, 5, 7, 8}, List.of());

        assertThat(gates.open()).isEqualTo("0-2 5 7-8");
        assertThat(gates.openUnits())
                .isEqualTo(ImmutableRangeSet.copyOf(
                        List.of(Range.closedOpen(0, 3), Range.closedOpen(5, 6), Range.closedOpen(7, 9))));
    }

    @Test
    void aComparisonsFilesTellItsRuns() throws IOException {
        ComparisonCsv.Run plain = new ComparisonCsv.Run("plain", 1);
        ComparisonCsv.Run wild = new ComparisonCsv.Run("wild", -2);
        RunMetrics metrics = RunMetrics.empty("plain", 1).with(ForgettingMetric.ACC, 0.5);
        StringBuilder figures = new StringBuilder();
        ComparisonCsv.write(
                List.of(
                        new ComparisonCsv.Line(plain, Optional.of(metrics)),
                        new ComparisonCsv.Line(wild, Optional.empty())),
                false,
                figures);
        List<RunStatus> statuses = List.of(
                new RunStatus("plain", 1, RunStatus.State.DONE, ""),
                new RunStatus("wild", -2, RunStatus.State.FAILED, "loss is NaN, at step 3"),
                new RunStatus("wild", 3, RunStatus.State.WAITING, ""));
        StringBuilder states = new StringBuilder();
        RunStatus.write(statuses, states);

        assertThat(figures.toString()).startsWith("variant,seed,acc,bwt,").contains("\nplain,1,0.5,,");
        assertThat(ComparisonCsv.runs(new StringReader(figures.toString()), "comparison.csv"))
                .containsExactly(plain, wild);
        assertThat(RunStatus.read(new StringReader(states.toString()), "runs.csv"))
                .isEqualTo(statuses);
    }

    @Test
    void aClassThatIsCalledUnknownIsNoUnknownAnswer() throws IOException {
        AccuracyMatrix matrix = AccuracyMatrix.empty("gates", 1, List.of("t"));
        List<ConfusionCount> counts = List.of(
                new ConfusionCount("t", "unknown", "unknown", 3),
                new ConfusionCount("t", "unknown", ConfusionCount.UNKNOWN, 2));
        StringBuilder text = new StringBuilder();

        ConfusionCount.FILE.write(matrix, counts, text);
        List<ConfusionCount> read = ConfusionCount.FILE.of(
                ConfusionCount.FILE.lines(new StringReader(text.toString()), "confusion.csv"), matrix);

        assertThat(text.toString()).endsWith("gates,1,t,unknown,unknown,3\ngates,1,t,unknown,,2\n");
        assertThat(read).isEqualTo(counts);
        assertThat(ConfusionCount.reports(read).get("t").accuracy()).isEqualTo(0.6);
    }
}
