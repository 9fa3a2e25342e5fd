package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleSummaryTest {
    @Test
    void threeRunsHaveAMeanADeviationAndAnInterval() {
        SampleSummary summary = of(0.90, 0.92, 0.97);

        assertThat(summary.n()).isEqualTo(3);
        assertThat(summary.mean().number().orElseThrow()).isCloseTo(0.93, within(1e-12));
        // sqrt((0.0009 + 0.0001 + 0.0016) / 2) = 0.0360555, times 4.302653 / sqrt(3)
        assertThat(summary.standardDeviation().number().orElseThrow()).isCloseTo(0.0360555, within(1e-7));
        assertThat(summary.halfWidth().number().orElseThrow()).isCloseTo(0.0895669, within(1e-7));
        assertThat(summary.low().number().orElseThrow()).isCloseTo(0.8404331, within(1e-7));
        assertThat(summary.high().number().orElseThrow()).isCloseTo(1.0195669, within(1e-7));
    }

    @Test
    void theMedianIsTheMiddleOfTheValuesWhateverTheirOrder() {
        assertThat(of(7, 1, 2).median()).isEqualTo(MetricValue.of(2));
        assertThat(of(4, 100, 1, 2).median()).isEqualTo(MetricValue.of(3));
        assertThat(of(0.25).median()).isEqualTo(MetricValue.of(0.25));
    }

    @Test
    void equalRunsHaveAnIntervalWithoutWidth() {
        SampleSummary summary = of(0.1, 0.1, 0.1);

        assertThat(summary.standardDeviation()).isEqualTo(MetricValue.of(0));
        assertThat(summary.low()).isEqualTo(MetricValue.of(0.1)).isEqualTo(summary.high());
    }

    @Test
    void oneRunHasAMeanAndNoInterval() {
        SampleSummary summary = of(0.9);

        assertThat(summary.mean()).isEqualTo(MetricValue.of(0.9));
        assertThat(summary.halfWidth().text()).isEqualTo("undefined because one run has no spread: run more seeds");
        assertThat(summary.low()).isEqualTo(summary.high()).isEqualTo(summary.standardDeviation());
    }

    @Test
    void runsInWhichTheMetricIsUndefinedDoNotCount() {
        MetricValue none = MetricValue.undefined("it rained");

        assertThat(SampleSummary.of(List.of(MetricValue.of(0.5), none, MetricValue.of(0.7))))
                .isEqualTo(of(0.5, 0.7));
        assertThat(SampleSummary.of(List.of(none, MetricValue.undefined("it snowed"))))
                .isEqualTo(new SampleSummary(0, none, none, none, none));
        assertThat(SampleSummary.of(List.of()).low().text()).isEqualTo("undefined because no run went to its end");
    }

    @Test
    void valuesNearTheLargestDoubleAreNoReasonToFail() {
        SampleSummary apart = of(Double.MAX_VALUE, -Double.MAX_VALUE);

        assertThat(apart.low().text()).isEqualTo("undefined because the values are too large");
        assertThat(of(1.5e308, 1.6e308).high()).isInstanceOf(MetricValue.Undefined.class);
    }

    private static SampleSummary of(double... values) {
        return SampleSummary.of(Arrays.stream(values).mapToObj(MetricValue::of).toList());
    }
}
