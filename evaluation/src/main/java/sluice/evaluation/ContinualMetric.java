package sluice.evaluation;

import static sluice.evaluation.MetricArithmetic.combine;
import static sluice.evaluation.MetricArithmetic.fold;
import static sluice.evaluation.MetricArithmetic.mean;
import static sluice.evaluation.MetricArithmetic.quotient;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The metrics of a {@linkplain ContinualEvaluation continual evaluation}, in the order of a report. T is the number of
 * tasks, A_j(n) the accuracy on task j at evaluation n. All but the last are undefined with one task, and where a task was
 * not evaluated while a later one was learned; the last where a task was not evaluated after each of its first steps, of
 * which it may have fewer.
 */
public enum ContinualMetric implements Metric {
    /**
     * Average minimum accuracy: the mean over j = 1..T-1 of the least A_j(n) at evaluations after steps of later tasks (De
     * Lange et al. 2023, min-ACC). In [0, 1].
     */
    MIN_ACC(
            "min_acc",
            Description.ofAccuracies(
                            "Least accuracy",
                            "mean of min A_j(n) after steps of later tasks, j = 1..T-1",
                            "De Lange et al. 2023, min-ACC",
                            Better.MORE)
                    .inWords("the least accuracy that earlier tasks ever had while later ones were learned, mean"),
            ContinualMetric::minimum),

    /**
     * Worst-case accuracy: A_T(end) / T + (1 - 1 / T) min-ACC, the accuracy on the newest task and the worst ever on the
     * others (De Lange et al. 2023, WC-ACC). In [0, 1].
     */
    WC_ACC(
            "wc_acc",
            Description.ofAccuracies(
                            "Worst-case accuracy",
                            "A_T(end) / T + (1 - 1/T) min-ACC",
                            "De Lange et al. 2023, WC-ACC",
                            Better.MORE)
                    .inWords("accuracy on the newest task and the worst ever on the others, mean"),
            ContinualMetric::worstCase),

    /**
     * Windowed forgetting: the mean over j = 1..T-1 of the largest fall of A_j(n) within {@value #WINDOW} evaluations one
     * after the other, after task j was learned. In [0, 1]. After De Lange et al. 2023, whose WF counts steps, and what a
     * task loses while it is itself learned, too; this one depends on how often tasks are evaluated.
     */
    WINDOWED_FORGETTING(
            "windowed_forgetting",
            Description.ofAccuracies(
                            "Windowed forgetting",
                            "mean of the largest fall of A_j(n) within 10 evaluations, j = 1..T-1",
                            "after De Lange et al. 2023, WF",
                            Better.LESS)
                    .inWords("the largest fall of a task within ten evaluations in a row, mean"),
            ContinualMetric::windowed),

    /**
     * Stability gap: how far an earlier task falls while a later one is learned, below what it has before and after. The
     * mean over pairs j &lt; k of min(A_j before k, A_j after k) - min A_j(n) while k is learned: what is lost for a while
     * alone, as what stays lost is forgetting. In [0, 1]. The phenomenon is that of De Lange et al. 2023, who give it no
     * figure; others measure it in other ways.
     */
    STABILITY_GAP(
            "stability_gap",
            Description.ofAccuracies(
                            "Stability gap",
                            "mean of min(A_j before k, A_j after k) - min A_j(n) while k is learned, j < k",
                            "after De Lange et al. 2023",
                            Better.LESS)
                    .inWords(
                            "how far an earlier task falls for a while when a later one is learned, before it recovers, mean"),
            ContinualMetric::stabilityGap),

    /**
     * Learning curve area: the mean over k of the mean A_k after 0, 1, ..., {@value #FIRST_STEPS} steps of task k
     * (Chaudhry et al. 2019, LCA with beta = 10). In [0, 1]; how fast tasks are learned.
     */
    LCA(
            "lca",
            Description.ofAccuracies(
                            "Learning curve area",
                            "mean of A_k after 0..10 steps of task k, k = 1..T",
                            "Chaudhry et al. 2019, beta = 10",
                            Better.MORE)
                    .inWords("accuracy on a task over its first ten steps: how fast it is learned, mean"),
            ContinualMetric::learningCurveArea);

    /** Steps of each task after each of which it is evaluated, for the learning curve area. */
    public static final int FIRST_STEPS = 10;

    private static final int WINDOW = 10;

    private final String key;
    private final Description description;
    private final Function<ContinualCurves, MetricValue> formula;

    ContinualMetric(String key, Description description, Function<ContinualCurves, MetricValue> formula) {
        this.key = key;
        this.description = description;
        this.formula = formula;
    }

    /**
     * {@return the metric; undefined, naming what is missing}
     *
     * @param evaluation what was measured between steps
     */
    public MetricValue of(ContinualEvaluation evaluation) {
        return formula.apply(new ContinualCurves(evaluation));
    }

    @Override
    public String key() {
        return key;
    }

    /**
     * {@return whether it is one of these}
     *
     * @param key any metric's name in files
     */
    public static boolean isKey(String key) {
        return Arrays.stream(values()).anyMatch(metric -> metric.key.equals(key));
    }

    @Override
    public Description description() {
        return description;
    }

    private static MetricValue minimum(ContinualCurves e) {
        // the first is right after it was learned
        return mean(
                1,
                e.tasks() - 1,
                j -> afterLearning(e, j, all -> Collections.min(all.subList(Math.min(1, all.size() - 1), all.size()))));
    }

    private static MetricValue worstCase(ContinualCurves e) {
        int last = e.tasks();
        MetricValue newest = during(e, last, last, ContinualMetric::last);
        return combine(minimum(e), newest, (least, end) -> end / last + (1 - 1.0 / last) * least);
    }

    private static MetricValue windowed(ContinualCurves e) {
        return mean(1, e.tasks() - 1, j -> afterLearning(e, j, ContinualMetric::largestFall));
    }

    private static double largestFall(List<Double> accuracies) {
        double largest = 0;
        for (int to = 0; to < accuracies.size(); to++) {
            for (int from = Math.max(0, to - WINDOW + 1); from < to; from++) {
                largest = Math.max(largest, accuracies.get(from) - accuracies.get(to));
            }
        }
        return largest;
    }

    private static MetricValue stabilityGap(ContinualCurves e) {
        int last = e.tasks();
        if (last == 1) {
            return MetricValue.undefined("there is only one task");
        }
        MetricValue sum = fold(2, last, k -> fold(1, k - 1, j -> dip(e, j, k), Double::sum), Double::sum);
        return quotient(sum, MetricValue.of(last * (last - 1) / 2.0));
    }

    /** Of task j while k is learned, below what it had when the task before k was learned and has when k is. */
    private static MetricValue dip(ContinualCurves e, int j, int k) {
        MetricValue ends =
                combine(during(e, j, k - 1, ContinualMetric::last), during(e, j, k, ContinualMetric::last), Math::min);
        return combine(ends, during(e, j, k, Collections::min), (low, least) -> Math.max(0, low - least));
    }

    private static double last(List<Double> accuracies) {
        return accuracies.get(accuracies.size() - 1);
    }

    private static MetricValue learningCurveArea(ContinualCurves e) {
        return mean(1, e.tasks(), k -> mean(0, FIRST_STEPS, b -> e.ownAccuracy(k, b)));
    }

    /** A figure of the accuracies on a task while all later ones were learned, in one row. */
    private static MetricValue afterLearning(ContinualCurves e, int j, ToDoubleFunction<List<Double>> figure) {
        Optional<MetricValue> gap = IntStream.rangeClosed(j + 1, e.tasks())
                .mapToObj(k -> e.gap(j, k))
                .flatMap(Optional::stream)
                .findFirst();
        return gap.orElseGet(() -> MetricValue.of(figure.applyAsDouble(IntStream.rangeClosed(j + 1, e.tasks())
                .mapToObj(k -> e.accuracies(j, k))
                .flatMap(ImmutableList::stream)
                .toList())));
    }

    /** A figure of the accuracies on a task while another was learned. */
    private static MetricValue during(ContinualCurves e, int j, int k, ToDoubleFunction<List<Double>> figure) {
        return e.gap(j, k).orElseGet(() -> MetricValue.of(figure.applyAsDouble(e.accuracies(j, k))));
    }
}
