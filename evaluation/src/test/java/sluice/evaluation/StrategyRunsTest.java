package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyRunsTest {
    private final RunMetrics first = RunMetrics.empty("ewc", 1).with("acc", 0.5);
    private final RunMetrics second =
            RunMetrics.empty("ewc", 2).with("acc", 0.7).with("ram", 3);

    @Test
    void runsAreGroupedByStrategyInOrderOfTheirFirstRuns() {
        RunMetrics other = RunMetrics.empty("naive", 1).with("acc", 0.1);

        assertThat(StrategyRuns.of(List.of(first, other, second)))
                .containsExactly(
                        new StrategyRuns("ewc", ImmutableList.of(first, second), 0),
                        new StrategyRuns("naive", ImmutableList.of(other), 0));
    }

    @Test
    void aMetricIsSummarisedOverTheRunsThatHaveIt() {
        StrategyRuns runs = new StrategyRuns("ewc", ImmutableList.of(first, second), 1);

        assertThat(runs.metrics()).containsExactly("acc", "ram");
        assertThat(runs.summary("acc").n()).isEqualTo(2);
        assertThat(runs.summary("ram").mean()).isEqualTo(MetricValue.of(3));
        assertThat(runs.summary("bwt").mean().text()).isEqualTo("undefined because it was not measured");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StrategyRuns("naive", ImmutableList.of(first), 0))
                .withMessage("a run of strategy \"ewc\" is not one of \"naive\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StrategyRuns("ewc", ImmutableList.of(first, first), 0))
                .withMessage("2 runs of \"ewc\" have only 1 seeds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StrategyRuns("ewc", ImmutableList.of(), -1))
                .withMessage("failed must be at least 0, got -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new StrategyRuns("", ImmutableList.of(), 0));
    }
}
