package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MetricValue;
import sluice.framework.strategy.ExperienceReplay.Kind;
import sluice.tasks.Scenario;

/** What is true of every strategy that remembers: importances, what the network said, or examples. */
class MemoryStrategiesTest {
    private static final ImmutableList<PlainStrategy> ALL = ImmutableList.of(
            new Mas(0.1),
            new Lwf(2),
            new ExperienceReplay(30, Kind.RESERVOIR),
            new ExperienceReplay(30, Kind.BALANCED),
            new DarkExperienceReplay(30, 0.5, 0.5),
            new AGem(30),
            new NearestMean(30, 2));

    static Stream<Arguments> everyOneThatIsServed() {
        return ALL.stream()
                .flatMap(strategy -> strategy.scenarios().stream().map(scenario -> Arguments.of(strategy, scenario)));
    }

    static Stream<PlainStrategy> thoseThatStoreExamples() {
        return ALL.stream().skip(2).filter(strategy -> !(strategy instanceof AGem));
    }

    @ParameterizedTest
    @MethodSource("everyOneThatIsServed")
    void sameSeedSameBits(PlainStrategy strategy, Scenario scenario) {
        assertThat(Clouds.parameters(strategy, scenario)).containsExactly(Clouds.parameters(strategy, scenario));
    }

    @ParameterizedTest
    @MethodSource("everyOneThatIsServed")
    void learnsFromEndToEndAndCountsWhatItKeeps(PlainStrategy strategy, Scenario scenario) {
        StrategyResult result = (StrategyResult) Clouds.result(strategy, scenario);

        assertThat(result.memoryBytes()).isPositive();
        assertThat(value(result.matrix().accuracy(1, 1))).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @MethodSource("thoseThatStoreExamples")
    void storedExamplesKeepEarlierClassesApart(PlainStrategy strategy) {
        FineTuning nothing = new FineTuning(Curriculum.TASK_BY_TASK);

        AccuracyMatrix kept = Clouds.result(strategy, Scenario.CLASS).matrix();

        AccuracyMatrix lost = Clouds.result(nothing, Scenario.CLASS).matrix();
        assertThat(acc(kept)).isGreaterThan(acc(lost) + 0.2);
    }

    private static double acc(AccuracyMatrix matrix) {
        return value(ForgettingMetric.ACC.of(matrix));
    }

    private static double value(MetricValue metric) {
        return ((MetricValue.Defined) metric).value();
    }
}
