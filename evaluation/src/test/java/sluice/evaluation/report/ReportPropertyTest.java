package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.SpreadsheetText;
import sluice.evaluation.matrix.MatrixFile;
import sluice.evaluation.matrix.MatrixOptions;
import sluice.evaluation.matrix.ReadMatrix;

class ReportPropertyTest {
    @Property(tries = 200)
    void aForeignMatrixHasTheMetricsOfAPlainComputation(
            @ForAll @IntRange(min = 2, max = 8) int tasks, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        double[][] r = new double[tasks + 1][tasks];
        for (double[] row : r) {
            Arrays.setAll(row, j -> Math.round(random.nextDouble() * 1e6) / 1e6);
        }

        RunMetrics run = metrics(lines(r));
        RunMetrics grid = metrics(grid(r));

        double acc = 0;
        double bwt = 0;
        double fwt = 0;
        double forgetting = 0;
        for (int j = 0; j < tasks; j++) {
            acc += r[tasks][j] / tasks;
            if (j < tasks - 1) {
                bwt += (r[tasks][j] - r[j + 1][j]) / (tasks - 1);
                double best = 0;
                for (int i = j + 1; i < tasks; i++) {
                    best = Math.max(best, r[i][j]);
                }
                forgetting += (best - r[tasks][j]) / (tasks - 1);
            }
            if (j > 0) {
                fwt += (r[j][j] - r[0][j]) / (tasks - 1);
            }
        }
        for (RunMetrics either : new RunMetrics[] {run, grid}) {
            assertThat(number(either, "acc")).isCloseTo(acc, within(1e-9));
            assertThat(number(either, "bwt")).isCloseTo(bwt, within(1e-9));
            assertThat(number(either, "fwt")).isCloseTo(fwt, within(1e-9));
            assertThat(number(either, "forgetting")).isCloseTo(forgetting, within(1e-9));
        }
    }

    @Property
    void guardedTextReadsBackAsItWasAndIsNoFormula(@ForAll("cells") String text) {
        String cell = SpreadsheetText.guarded(text);

        assertThat(SpreadsheetText.plain(cell)).isEqualTo(text);
        assertThat(cell).doesNotMatch("(?s)[=+\\-@\t\r].*");
    }

    @Provide
    Arbitrary<String> cells() {
        return Arbitraries.strings().withChars("=+-@\t\r'ab\n").ofMaxLength(6);
    }

    private static RunMetrics metrics(String text) throws IOException {
        ReadMatrix read = MatrixFile.read(new StringReader(text), "results.csv", MatrixOptions.DEFAULT, "any");
        return RunMetrics.of(ForgettingReport.of(read.runs().get(0)));
    }

    private static double number(RunMetrics run, String metric) {
        return run.values().get(metric).number().orElseThrow();
    }

    private static String lines(double[][] r) {
        StringBuilder text = new StringBuilder("after_task,task,accuracy\n");
        for (int i = 0; i < r.length; i++) {
            for (int j = 0; j < r[i].length; j++) {
                text.append(i)
                        .append(",t")
                        .append(j)
                        .append(',')
                        .append(r[i][j])
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String grid(double[][] r) {
        String header = IntStream.range(0, r[0].length).mapToObj(j -> "t" + j).collect(Collectors.joining(","));
        return header + "\n"
                + Arrays.stream(r)
                        .map(row ->
                                Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\n"));
    }
}
