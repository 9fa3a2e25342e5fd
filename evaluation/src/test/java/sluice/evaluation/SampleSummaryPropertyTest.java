package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class SampleSummaryPropertyTest {
    private static final int PANELS = 2000;

    @Property
    void meanAndDeviationAgreeWithTheNaiveComputation(
            @ForAll @Size(min = 2, max = 30) List<@Scale(9) @DoubleRange(min = -1, max = 1) Double> values) {
        double mean = values.stream().mapToDouble(x -> x).sum() / values.size();
        double squares =
                values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        double deviation = Math.sqrt(squares / (values.size() - 1));
        double half = StudentT.twoSidedQuantile(0.95, values.size() - 1) * deviation / Math.sqrt(values.size());

        SampleSummary summary =
                SampleSummary.of(values.stream().map(MetricValue::of).toList());

        assertThat(summary.n()).isEqualTo(values.size());
        assertThat(number(summary.mean())).isCloseTo(mean, within(1e-12));
        assertThat(number(summary.standardDeviation())).isCloseTo(deviation, within(1e-12));
        assertThat(number(summary.low())).isCloseTo(mean - half, within(1e-11));
        assertThat(number(summary.high())).isCloseTo(mean + half, within(1e-11));
    }

    /** P(|X| <= t) as the share of the integral of cos^(n-1) below atan(t / sqrt(n)), by Simpson's rule. */
    @Property(tries = 200)
    void theIntegralOfTheDensityOverTheIntervalIsItsProbability(
            @ForAll @IntRange(min = 1, max = 300) int n,
            @ForAll @Scale(3) @DoubleRange(min = 0.05, max = 0.995) double probability) {
        double t = StudentT.twoSidedQuantile(probability, n);

        double within = integral(n - 1, Math.atan(t / Math.sqrt(n))) / integral(n - 1, Math.PI / 2);

        assertThat(within).isCloseTo(probability, within(1e-9));
    }

    private static double integral(int power, double end) {
        double step = end / PANELS;
        double sum = 0;
        for (int i = 0; i <= PANELS; i++) {
            int weight = i == 0 || i == PANELS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.pow(Math.cos(i * step), power);
        }
        return sum * step / 3;
    }

    private static double number(MetricValue value) {
        return value.number().orElseThrow();
    }
}
