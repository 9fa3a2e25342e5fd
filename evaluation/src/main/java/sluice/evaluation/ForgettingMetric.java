package sluice.evaluation;

import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The metrics of an accuracy matrix R, in the order of a report. T is the number of tasks. A metric over a missing
 * cell is undefined, and so is a metric over pairs of tasks where there is only one task.
 */
public enum ForgettingMetric {
    /** Average accuracy: the mean of R[T][j] over j = 1..T (Lopez-Paz and Ranzato 2017). In [0, 1]. */
    ACC("acc", "ACC", "mean of R[T][j], j = 1..T (Lopez-Paz & Ranzato 2017)", ForgettingMetric::averageAccuracy),

    /**
     * Backward transfer: the mean of R[T][j] - R[j][j] over j = 1..T-1 (Lopez-Paz and Ranzato 2017). In [-1, 1];
     * below 0 where learning later tasks harmed earlier ones.
     */
    BWT("bwt", "BWT", "mean of R[T][j] - R[j][j], j = 1..T-1 (Lopez-Paz & Ranzato 2017)", ForgettingMetric::backward),

    /**
     * Forward transfer: the mean of R[j-1][j] - R[0][j] over j = 2..T (Lopez-Paz and Ranzato 2017), where row 0 is the
     * untrained network of the same run. In [-1, 1].
     */
    FWT("fwt", "FWT", "mean of R[j-1][j] - R[0][j], j = 2..T (Lopez-Paz & Ranzato 2017)", ForgettingMetric::forward),

    /**
     * Forgetting: the mean over j = 1..T-1 of max R[l][j] over l = 1..T-1, less R[T][j] (Chaudhry et al. 2018). The
     * maximum is over all trained rows but the last, also those from before task j was learned (l &lt; j); neither the
     * untrained row 0 nor the last row takes part. In [-1, 1]; below 0 where the last row is the best.
     */
    FORGETTING(
            "forgetting",
            "Forgetting",
            "mean of max(R[1..T-1][j]) - R[T][j], j = 1..T-1 (Chaudhry et al. 2018)",
            ForgettingMetric::forgetting),

    /** Learning accuracy: the mean of the diagonal R[j][j] over j = 1..T. In [0, 1]. */
    LEARNING_ACCURACY(
            "learning_accuracy",
            "Learning accuracy",
            "mean of R[j][j], j = 1..T (mean of the diagonal)",
            ForgettingMetric::learningAccuracy);

    private final String key;
    private final String title;
    private final String definition;
    private final Function<AccuracyMatrix, MetricValue> formula;

    ForgettingMetric(String key, String title, String definition, Function<AccuracyMatrix, MetricValue> formula) {
        this.key = key;
        this.title = title;
        this.definition = definition;
        this.formula = formula;
    }

    /**
     * @param matrix R
     * @return the metric; undefined, naming a missing cell, or because there is only one task
     */
    public MetricValue of(AccuracyMatrix matrix) {
        return formula.apply(matrix);
    }

    /**
     * @return the name in files, such as {@code learning_accuracy}
     */
    public String key() {
        return key;
    }

    /**
     * @return the name in reports, such as {@code Learning accuracy}
     */
    public String title() {
        return title;
    }

    /**
     * @return formula and source, one line
     */
    public String definition() {
        return definition;
    }

    /** Forgetting of task j alone: max R[l][j] over l = 1..T-1, less R[T][j]. */
    static MetricValue forgetting(AccuracyMatrix r, int j) {
        int last = r.tasks().size();
        if (last == 1) {
            return MetricValue.undefined("there is only one task");
        }
        if (j == last) {
            return MetricValue.undefined("task " + j + " was learned last");
        }
        MetricValue best = fold(1, last - 1, l -> r.accuracy(l, j), Math::max);
        return minus(best, r.accuracy(last, j));
    }

    private static MetricValue forgetting(AccuracyMatrix r) {
        return mean(1, r.tasks().size() - 1, j -> forgetting(r, j));
    }

    private static MetricValue averageAccuracy(AccuracyMatrix r) {
        int last = r.tasks().size();
        return mean(1, last, j -> r.accuracy(last, j));
    }

    private static MetricValue backward(AccuracyMatrix r) {
        int last = r.tasks().size();
        return mean(1, last - 1, j -> minus(r.accuracy(last, j), r.accuracy(j, j)));
    }

    private static MetricValue forward(AccuracyMatrix r) {
        return mean(2, r.tasks().size(), j -> minus(r.accuracy(j - 1, j), r.accuracy(0, j)));
    }

    private static MetricValue learningAccuracy(AccuracyMatrix r) {
        return mean(1, r.tasks().size(), j -> r.accuracy(j, j));
    }

    private static MetricValue mean(int from, int to, IntFunction<MetricValue> term) {
        if (from > to) {
            return MetricValue.undefined("there is only one task");
        }
        MetricValue count = MetricValue.of(to - from + 1);
        return combine(fold(from, to, term, Double::sum), count, (sum, n) -> sum / n);
    }

    private static MetricValue minus(MetricValue a, MetricValue b) {
        return combine(a, b, (x, y) -> x - y);
    }

    private static MetricValue fold(int from, int to, IntFunction<MetricValue> term, DoubleBinaryOperator operator) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(term)
                .reduce((a, b) -> combine(a, b, operator))
                .orElseThrow();
    }

    /** Applies the operator to two numbers; the first that is undefined makes the result undefined. */
    private static MetricValue combine(MetricValue a, MetricValue b, DoubleBinaryOperator operator) {
        if (a instanceof MetricValue.Defined x && b instanceof MetricValue.Defined y) {
            return MetricValue.of(operator.applyAsDouble(x.value(), y.value()));
        }
        return a instanceof MetricValue.Undefined ? a : b;
    }
}
