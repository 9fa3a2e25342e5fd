package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worked example: three tasks, asked for before the first step, in the middle and at the end. */
class ContinualMetricTest {
    private static final double ROUNDING = 1e-12;
    private static final ImmutableList<String> TASKS = ImmutableList.of("a", "b", "c");

    private final ContinualEvaluation evaluation = new ContinualEvaluation(
            "naive",
            1,
            TASKS,
            ImmutableList.of(
                    point(1, 0, 1, 50),
                    point(1, 100, 1, 90),
                    point(2, 0, 1, 90),
                    point(2, 0, 2, 40),
                    point(2, 50, 1, 60), // falls, and comes back to 80
                    point(2, 50, 2, 70),
                    point(2, 100, 1, 80),
                    point(2, 100, 2, 95),
                    point(3, 0, 1, 80),
                    point(3, 0, 2, 95),
                    point(3, 0, 3, 30),
                    point(3, 50, 1, 85), // better in between than in the end
                    point(3, 50, 2, 75),
                    point(3, 50, 3, 60),
                    point(3, 100, 1, 70),
                    point(3, 100, 2, 85),
                    point(3, 100, 3, 99)));

    private static ContinualEvaluation.Point point(int learning, long step, int task, int percent) {
        return new ContinualEvaluation.Point(learning, step, task, percent, 100);
    }

    @Test
    void theLeastAccuracyIsThatOfEachEarlierTaskAtItsWorst() {
        assertThat(value(ContinualMetric.MIN_ACC)).isCloseTo((0.60 + 0.75) / 2, within(ROUNDING));
    }

    @Test
    void theWorstCaseAddsTheNewestTaskInTheEnd() {
        assertThat(value(ContinualMetric.WC_ACC)).isCloseTo(0.99 / 3 + 2.0 / 3 * 0.675, within(ROUNDING));
    }

    @Test
    void windowedForgettingIsTheLargestFallThoughItComesBack() {
        assertThat(value(ContinualMetric.WINDOWED_FORGETTING)).isCloseTo((0.30 + 0.20) / 2, within(ROUNDING));
    }

    @Test
    void theStabilityGapIsWhatComesBackAlone() {
        // a while b: min(90, 80) - 60; a while c: min(80, 70) - 70; b while c: min(95, 85) - 75
        assertThat(value(ContinualMetric.STABILITY_GAP)).isCloseTo((0.20 + 0 + 0.10) / 3, within(ROUNDING));
    }

    @Test
    void theLearningCurveAreaNeedsEachOfTheFirstTenSteps() {
        assertThat(ContinualMetric.LCA.of(evaluation))
                .isEqualTo(MetricValue.undefined("task 1 was not evaluated after step 1 of its own"));

        ImmutableList.Builder<ContinualEvaluation.Point> steps = ImmutableList.builder();
        for (int step = 0; step <= 10; step++) {
            steps.add(point(1, step, 1, 50 + 4 * step));
        }
        ContinualEvaluation alone = new ContinualEvaluation("naive", 1, ImmutableList.of("a"), steps.build());
        assertThat(ContinualMetric.LCA.of(alone).number().orElseThrow()).isCloseTo(0.70, within(ROUNDING));
        assertThat(ContinualMetric.STABILITY_GAP.of(alone)).isEqualTo(MetricValue.undefined("there is only one task"));
    }

    @Test
    void withoutPointsEveryMetricSaysHowToGetThem() {
        for (ContinualMetric metric : ContinualMetric.values()) {
            assertThat(metric.of(ContinualEvaluation.none("naive", 1, TASKS)).text())
                    .contains("no task was evaluated between the steps of another: report.continual asks for it");
        }
    }

    @Test
    void pointsOutOfOrderAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContinualEvaluation(
                        "naive", 1, TASKS, ImmutableList.of(point(2, 0, 1, 1), point(1, 0, 1, 1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "naive,1,b,0,c,1,2,0.5 | column task: was learned only after the task in column learning: take files of one run",
                "naive,1,d,0,a,1,2,0.5 | column learning: there is no such task in the accuracy matrix: take files of one run",
                "naive,1,b,0,d,1,2,0.5 | column task: there is no such task in the accuracy matrix: take files of one run",
                "naive,1,b,-1,a,1,2,0.5 | column step: must be a whole number in [0, 2147483647], got \"-1\"",
                "naive,1,b,0,a,1,2,0.6 | column accuracy: \"0.6\" is not 1/2 = 0.5: correct the accuracy or the counts",
                "naive,1,a,3,a,1,2,0.5 | column step: comes after a later moment, or twice: keep lines in the order in which the run wrote them",
            })
    void aBadLineIsRefusedWithItsPlace(String line, String problem) {
        AccuracyMatrix matrix = AccuracyMatrix.empty("naive", 1, TASKS);

        assertThatExceptionOfType(MatrixFormatException.class)
                .isThrownBy(() -> read(matrix, "naive,1,a,3,a,1,2,0.5\n" + line + "\n"))
                .withMessage("c.csv, line 3, " + problem);
    }

    @Test
    void linesOfOtherRunsAreLeftAlone() throws IOException {
        AccuracyMatrix matrix = AccuracyMatrix.empty("naive", 1, TASKS);

        assertThat(read(matrix, "naive,2,x,0,x,1,2,0.5\nother,1,x,0,x,1,2,0.5\nnaive,1,a,0,a,1,2,0.5\n")
                        .points())
                .containsExactly(new ContinualEvaluation.Point(1, 0, 1, 1, 2));
    }

    private static ContinualEvaluation read(AccuracyMatrix matrix, String lines) throws IOException {
        String header = "strategy,seed,learning,step,task,correct,total,accuracy\n";
        return ContinualCsv.of(ContinualCsv.lines(new StringReader(header + lines), "c.csv"), matrix);
    }

    private double value(ContinualMetric metric) {
        return metric.of(evaluation).number().orElseThrow();
    }
}
