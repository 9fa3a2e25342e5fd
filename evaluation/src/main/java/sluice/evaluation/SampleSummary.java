package sluice.evaluation;

import com.google.common.math.Quantiles;
import com.google.common.math.Stats;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleBinaryOperator;

/**
 * What a metric's values over several runs say of it, foremost of its mean. Runs in which the metric is undefined do not count.
 *
 * @param n how many values there are
 * @param mean undefined if there are none
 * @param median undefined if there are none; of an even number of values the mean of the middle two
 * @param standardDeviation of the sample (n - 1 in the denominator); undefined below two values
 * @param halfWidth of the 95 % confidence interval of the mean, by Student's t with n - 1 degrees of freedom; undefined
 *     below two values
 */
public record SampleSummary(
        int n, MetricValue mean, MetricValue median, MetricValue standardDeviation, MetricValue halfWidth) {
    private static final double CONFIDENCE = 0.95;

    /** By degrees of freedom: a report asks for the same one in every cell. */
    private static final Map<Integer, Double> QUANTILES = new ConcurrentHashMap<>();

    private static final MetricValue ONE_RUN = MetricValue.undefined("one run has no spread: run more seeds");

    /**
     * {@return their summary; if all are undefined, for the reason of the first}
     *
     * @param values of one metric, one per run
     */
    public static SampleSummary of(List<MetricValue> values) {
        double[] numbers = values.stream()
                .flatMapToDouble(value -> value.number().stream())
                .toArray();
        if (numbers.length == 0) {
            Optional<MetricValue> first = values.stream().findFirst();
            MetricValue none = first.orElseGet(() -> MetricValue.undefined("no run went to its end"));
            return new SampleSummary(0, none, none, none, none);
        }
        Stats stats = Stats.of(numbers);
        MetricValue mean = finite(stats.mean());
        MetricValue median = finite(Quantiles.median().compute(numbers));
        if (numbers.length == 1) {
            return new SampleSummary(1, mean, median, ONE_RUN, ONE_RUN);
        }
        double deviation = stats.sampleStandardDeviation();
        double t = QUANTILES.computeIfAbsent(
                numbers.length - 1, freedom -> StudentT.twoSidedQuantile(CONFIDENCE, freedom));
        return new SampleSummary(
                numbers.length, mean, median, finite(deviation), finite(t * deviation / Math.sqrt(numbers.length)));
    }

    /** A statistic, which overflows where values come near the largest double. */
    private static MetricValue finite(double value) {
        return Double.isFinite(value) ? MetricValue.of(value) : MetricValue.undefined("the values are too large");
    }

    /**
     * {@return the lower end of the 95 % confidence interval of the mean; not held back at the ends of the metric's
     * range}
     */
    public MetricValue low() {
        return end((middle, half) -> middle - half);
    }

    /**
     * {@return the upper end of the 95 % confidence interval of the mean; not held back at the ends of the metric's
     * range}
     */
    public MetricValue high() {
        return end(Double::sum);
    }

    private MetricValue end(DoubleBinaryOperator operator) {
        if (mean instanceof MetricValue.Defined middle && halfWidth instanceof MetricValue.Defined half) {
            return finite(operator.applyAsDouble(middle.value(), half.value()));
        }
        return mean instanceof MetricValue.Undefined ? mean : halfWidth;
    }
}
