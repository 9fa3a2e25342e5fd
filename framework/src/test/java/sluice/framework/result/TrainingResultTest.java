package sluice.framework.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MetricValue;
import sluice.framework.strategy.StrategyResult;
import sluice.framework.strategy.WeightCapacity;

class TrainingResultTest {
    private static final AccuracyMatrix MATRIX = AccuracyMatrix.empty("own", 1, List.of("a"));

    /** A result of a user's own needs to say no more than this. */
    private record Own(AccuracyMatrix matrix, ImmutableList<TaskSummary> tasks, double evaluationSeconds)
            implements TrainingResult {}

    @Test
    void aResultOfOnesOwnPromisesNothing() {
        Own own = new Own(MATRIX, ImmutableList.of(), 0);

        assertThat(own.exactRetention()).isEmpty();
        assertThat(own.comparedLogits()).isEmpty();
        assertThat(own.subnetworks()).isEmpty();
        assertThat(own.capacity()).isEmpty();
        assertThat(own.figures()).isEmpty();
        assertThat(own.lines()).isEmpty();
        assertThat(own.annotated("key", "value")).isSameAs(own);
    }

    @Test
    void whatAPlainStrategyKeepsIsAMetricAndALine() {
        StrategyResult result = new StrategyResult(
                MATRIX,
                Optional.empty(),
                ImmutableList.of(),
                0,
                12_345,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(result.figures()).isEqualTo(ImmutableMap.of("memory_bytes", MetricValue.of(12_345)));
        assertThat(result.lines())
                .containsExactly("memory            12,345 bytes kept beside the network's parameters");
    }

    @Test
    void whatMasksTakeOfANetworkIsAMetricAndALine() {
        StrategyResult result = new StrategyResult(
                MATRIX,
                Optional.empty(),
                ImmutableList.of(),
                0,
                8,
                Optional.of(new WeightCapacity(1000, 500, 3200)),
                Optional.empty(),
                Optional.empty());

        assertThat(result.figures()).containsEntry("capacity", MetricValue.of(0.6));
        assertThat(result.lines())
                .contains(
                        "capacity          60.0 % of the network: 500 of 1,000 weights and biases in use, and 3,200 bits of masks, 32 to a weight");
    }
}
