package sluice.evaluation;

import java.util.function.DoubleBinaryOperator;
import java.util.function.IntFunction;

/** Formulas over metric values. The first value that is undefined makes the result undefined, with its reason. */
final class MetricArithmetic {
    /**
     * What is smaller is what rounding leaves of equal numbers: accuracies are counts over counts, and their sums and means
     * differ by more.
     */
    private static final double ROUNDING = 1e-14;

    /** Why what is a mean over pairs of tasks is undefined with one. */
    static final String ONE_TASK = "there is only one task";

    private MetricArithmetic() {}

    /** The mean of the terms from..to; undefined if there are none, as every such range is empty with one task only. */
    static MetricValue mean(int from, int to, IntFunction<MetricValue> term) {
        if (from > to) {
            return MetricValue.undefined(ONE_TASK);
        }
        return quotient(fold(from, to, term, Double::sum), MetricValue.of(to - from + 1));
    }

    static MetricValue minus(MetricValue a, MetricValue b) {
        return combine(a, b, (x, y) -> x - y);
    }

    static MetricValue quotient(MetricValue a, MetricValue b) {
        return combine(a, b, (x, y) -> x / y);
    }

    /** The terms from..to, at least one, put together by the operator. */
    static MetricValue fold(int from, int to, IntFunction<MetricValue> term, DoubleBinaryOperator operator) {
        MetricValue all = term.apply(from);
        for (int i = from + 1; i <= to && all instanceof MetricValue.Defined; i++) {
            all = combine(all, term.apply(i), operator);
        }
        return all;
    }

    /** Both put together by the operator. */
    static MetricValue combine(MetricValue a, MetricValue b, DoubleBinaryOperator operator) {
        if (a instanceof MetricValue.Defined x && b instanceof MetricValue.Defined y) {
            double result = operator.applyAsDouble(x.value(), y.value());
            return MetricValue.of(Math.abs(result) < ROUNDING ? 0 : result);
        }
        return a instanceof MetricValue.Undefined ? a : b;
    }
}
