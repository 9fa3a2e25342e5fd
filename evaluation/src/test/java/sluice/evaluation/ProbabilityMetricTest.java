package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProbabilityMetricTest {
    private static final ImmutableList<String> TWO = ImmutableList.of("no", "yes");

    private static TaskPredictions two(int[] actual, float... ofYes) {
        float[] probabilities = new float[2 * ofYes.length];
        for (int row = 0; row < ofYes.length; row++) {
            probabilities[2 * row] = 1 - ofYes[row];
            probabilities[2 * row + 1] = ofYes[row];
        }
        return new TaskPredictions("t", TWO, actual, new int[actual.length], probabilities);
    }

    private static MetricValue value(ProbabilityMetric metric, TaskPredictions... tasks) {
        List<String> names = new ArrayList<>();
        Map<String, TaskPredictions> byName = new HashMap<>();
        for (TaskPredictions task : tasks) {
            names.add(task.task());
            byName.put(task.task(), task);
        }
        return metric.of(names, byName);
    }

    private static double number(ProbabilityMetric metric, TaskPredictions... tasks) {
        return value(metric, tasks).number().orElseThrow();
    }

    @Test
    void aConstantScoreHasHalfTheAreaWhateverTheOrderOfRows() {
        assertThat(number(ProbabilityMetric.AUC, two(new int[] {0, 0, 1, 1}, 0.25f, 0.25f, 0.25f, 0.25f)))
                .isEqualTo(0.5);
        assertThat(number(ProbabilityMetric.AUC, two(new int[] {1, 1, 0, 0}, 0.25f, 0.25f, 0.25f, 0.25f)))
                .isEqualTo(0.5);
    }

    @Test
    void areaCountsPairsInOrder() {
        // of 4 pairs: 0.75 > 0.25, 0.75 > 0.5, 0.5 > 0.25, 0.5 ties with 0.5
        assertThat(number(ProbabilityMetric.AUC, two(new int[] {0, 0, 1, 1}, 0.25f, 0.5f, 0.5f, 0.75f)))
                .isEqualTo(3.5 / 4);
    }

    @Test
    void areaWithoutASecondClassIsUndefined() {
        assertThat(value(ProbabilityMetric.AUC, two(new int[] {1, 1}, 0.5f, 0.75f)))
                .isEqualTo(MetricValue.undefined("task t has test rows of one class alone"));
    }

    @Test
    void aClassWithoutRowsIsInNoPair() {
        TaskPredictions other = new TaskPredictions(
                "t", ImmutableList.of("no", "yes", "later"), new int[] {0, 1}, new int[] {0, 1}, new float[] {
                    0.5f, 0.25f, 0.25f, 0.25f, 0.5f, 0.25f
                });

        assertThat(number(ProbabilityMetric.AUC, other)).isEqualTo(1);
    }

    @Test
    void ofEquallyLikelyClassesTheEarlierAreAmongTheLikeliest() {
        TaskPredictions tied = new TaskPredictions(
                "t", ImmutableList.of("a", "b", "c", "d"), new int[] {0, 1, 2, 3}, new int[4], new float[] {
                    0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f,
                    0.25f, 0.25f
                });

        assertThat(number(ProbabilityMetric.top(1), tied)).isEqualTo(0.25);
        assertThat(number(ProbabilityMetric.top(2), tied)).isEqualTo(0.5);
        assertThat(number(ProbabilityMetric.top(3), tied)).isEqualTo(0.75);
    }

    @Test
    void whereAllClassesAreAmongTheLikeliestNothingIsTold() {
        assertThat(value(ProbabilityMetric.top(2), two(new int[] {0, 1}, 0.5f, 0.5f)))
                .isEqualTo(
                        MetricValue.undefined("task t has 2 classes to choose from, of which the 2 likeliest are all"));
    }

    @Test
    void brierGoesFromPerfectToSureAndWrong() {
        assertThat(number(ProbabilityMetric.BRIER, two(new int[] {0, 1}, 0, 1))).isZero();
        assertThat(number(ProbabilityMetric.BRIER, two(new int[] {0, 1}, 1, 0))).isEqualTo(2);
        assertThat(number(ProbabilityMetric.BRIER, two(new int[] {0, 1}, 0.5f, 0.5f)))
                .isEqualTo(0.5);
    }

    @Test
    void calibrationTakesTheRowsOfAllTasksTogether() {
        TaskPredictions right = two(new int[] {1, 1, 1}, 0.75f, 0.75f, 0.75f);
        TaskPredictions wrong = new TaskPredictions("u", TWO, new int[] {0}, new int[1], new float[] {0.25f, 0.75f});

        // each by itself would be off: together three of four are right, as is said
        assertThat(number(ProbabilityMetric.ECE, right, wrong)).isZero();
        assertThat(number(ProbabilityMetric.ECE, right)).isEqualTo(0.25);
    }

    @Test
    void aTaskWithoutAnswersOrProbabilitiesMakesAllUndefined() {
        TaskPredictions none = new TaskPredictions("t", TWO, new int[] {0, 1}, new int[] {0, 1}, new float[0]);

        assertThat(ProbabilityMetric.all(List.of("t"), Map.of("t", none)).values())
                .containsOnly(MetricValue.undefined("the answers to task t have no probabilities"));
        assertThat(ProbabilityMetric.all(List.of("t"), Map.of()).values())
                .containsOnly(MetricValue.undefined("what was answered to task t after the last task is not known"));
    }

    @Test
    void allAreKnownByTheirKeysAndOthersByANumber() {
        assertThat(ProbabilityMetric.all(List.of("t"), Map.of()).keySet())
                .containsExactly("auc", "top_2", "top_5", "brier", "ece")
                .allSatisfy(key -> assertThat(Metrics.of(key)).isPresent());
        assertThat(Metrics.of("top_3")).map(Metric::title).contains("Top-3 accuracy");
        assertThat(Metrics.of("ece_10")).map(Metric::title).contains("Calibration error, 10 bins");
        for (String none : List.of("top_0", "top_", "top_03", "ece_1001", "top_-1", "brier_2")) {
            assertThat(Metrics.of(none)).isEmpty();
        }
    }

    @Test
    void sizesAreChecked() {
        assertThatThrownBy(() -> new TaskPredictions("t", TWO, new int[0], new int[0], new float[0]))
                .hasMessage("task t has no test rows");
        assertThatThrownBy(() -> new TaskPredictions("t", TWO, new int[1], new int[1], new float[1]))
                .hasMessage("1 rows of 2 classes have 1 probabilities");
        assertThatThrownBy(() -> new TaskPredictions("t", TWO, new int[] {2}, new int[1], new float[0]))
                .hasMessage("classes of rows must be in [0, 2), got 2");
    }

    /** Probabilities are multiples of an eighth, so that many tie. */
    private static TaskPredictions drawn(Random random, int classes, int rows) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            names.add("c" + c);
        }
        int[] actual = new int[rows];
        int[] predicted = new int[rows];
        float[] probabilities = new float[rows * classes];
        for (int row = 0; row < rows; row++) {
            actual[row] = row < classes ? row : random.nextInt(classes);
            predicted[row] = random.nextInt(classes + 1) - 1;
            for (int eighth = 0; eighth < 8; eighth++) {
                probabilities[row * classes + random.nextInt(classes)] += 0.125f;
            }
        }
        return new TaskPredictions("t", ImmutableList.copyOf(names), actual, predicted, probabilities);
    }

    @Property(tries = 200)
    void figuresAreThoseOfTheNaiveComputation(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 6) int classes, @ForAll @IntRange(max = 30) int more) {
        TaskPredictions task = drawn(new Random(seed), classes, classes + more);

        assertThat(number(ProbabilityMetric.AUC, task)).isCloseTo(naiveArea(task), within(1e-12));
        assertThat(number(ProbabilityMetric.top(2), task)).isCloseTo(naiveTop(task, 2), within(1e-12));
        assertThat(number(ProbabilityMetric.BRIER, task)).isCloseTo(naiveBrier(task), within(1e-12));
        assertThat(number(ProbabilityMetric.ECE, task)).isCloseTo(naiveCalibration(task, 15), within(1e-12));
    }

    @Property(tries = 100)
    void theOrderOfRowsDoesNotMatter(@ForAll long seed, @ForAll @IntRange(max = 30) int more) {
        Random random = new Random(seed);
        TaskPredictions task = drawn(random, 3, 3 + more);
        List<Integer> order = new ArrayList<>();
        for (int row = 0; row < task.rows(); row++) {
            order.add(row);
        }
        Collections.shuffle(order, random);
        int[] actual = new int[task.rows()];
        float[] probabilities = new float[task.probabilities().length];
        for (int row = 0; row < actual.length; row++) {
            actual[row] = task.actual()[order.get(row)];
            System.arraycopy(task.probabilities(), 3 * order.get(row), probabilities, 3 * row, 3);
        }
        TaskPredictions shuffled =
                new TaskPredictions("t", task.classes(), actual, new int[actual.length], probabilities);

        assertThat(value(ProbabilityMetric.AUC, shuffled)).isEqualTo(value(ProbabilityMetric.AUC, task));
        assertThat(value(ProbabilityMetric.top(2), shuffled)).isEqualTo(value(ProbabilityMetric.top(2), task));
        assertThat(number(ProbabilityMetric.BRIER, shuffled))
                .isCloseTo(number(ProbabilityMetric.BRIER, task), within(1e-12));
        assertThat(number(ProbabilityMetric.ECE, shuffled))
                .isCloseTo(number(ProbabilityMetric.ECE, task), within(1e-12));
    }

    private static double naiveArea(TaskPredictions task) {
        double sum = 0;
        int pairsOfClasses = 0;
        for (int a = 0; a < task.classes().size(); a++) {
            for (int b = 0; b < task.classes().size(); b++) {
                double won = 0;
                int pairs = 0;
                for (int i = 0; i < task.rows() && a != b; i++) {
                    for (int j = 0; j < task.rows(); j++) {
                        if (task.actual()[i] == a && task.actual()[j] == b) {
                            pairs++;
                            won += (Math.signum(task.probability(i, a) - task.probability(j, a)) + 1) / 2;
                        }
                    }
                }
                if (pairs > 0) {
                    sum += won / pairs;
                    pairsOfClasses++;
                }
            }
        }
        return sum / pairsOfClasses;
    }

    private static double naiveTop(TaskPredictions task, int most) {
        int among = 0;
        for (int row = 0; row < task.rows(); row++) {
            int at = row;
            List<Integer> classes = new ArrayList<>();
            for (int c = 0; c < task.classes().size(); c++) {
                classes.add(c);
            }
            // a stable sort
            classes.sort((c, d) -> Float.compare(task.probability(at, d), task.probability(at, c)));
            among += classes.subList(0, most).contains(task.actual()[row]) ? 1 : 0;
        }
        return (double) among / task.rows();
    }

    private static double naiveBrier(TaskPredictions task) {
        double sum = 0;
        for (int row = 0; row < task.rows(); row++) {
            double ofRow = 0;
            for (int c = 0; c < task.classes().size(); c++) {
                double so = task.actual()[row] == c ? 1 : 0;
                ofRow += Math.pow(task.probability(row, c) - so, 2);
            }
            sum += ofRow;
        }
        return sum / task.rows();
    }

    private static double naiveCalibration(TaskPredictions task, int bins) {
        double error = 0;
        for (int bin = 0; bin < bins; bin++) {
            int in = 0;
            double confidence = 0;
            double right = 0;
            for (int row = 0; row < task.rows(); row++) {
                int likeliest = 0;
                for (int c = 1; c < task.classes().size(); c++) {
                    likeliest = task.probability(row, c) > task.probability(row, likeliest) ? c : likeliest;
                }
                double p = task.probability(row, likeliest);
                boolean last = bin == bins - 1;
                if (p * bins >= bin && (last || p * bins < bin + 1)) {
                    in++;
                    confidence += p;
                    right += likeliest == task.actual()[row] ? 1 : 0;
                }
            }
            error += in == 0 ? 0 : Math.abs(right / in - confidence / in) * in / task.rows();
        }
        return error;
    }
}
