package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.evaluation.MeasuredMetric;
import sluice.framework.network.NetworkCost;
import sluice.framework.network.NetworkShape;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.StrategyTraits.EarlierClasses;
import sluice.framework.strategy.StrategyTraits.TrainedNetwork;
import sluice.tasks.OutputLayout;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** What strategies say of themselves beforehand, held against what they then do; every row of the table. */
@Tag("slow")
class StrategyForecastTest {
    private static final int TASKS = 3;

    static Stream<Arguments> strategies() {
        return Strategies.BY_NAME.values().stream()
                .flatMap(entry -> entry.scenarios().stream()
                        // with other scenarios gates are random features, which have a row of their own
                        .filter(scenario -> entry.family() != Strategies.Family.GATES || scenario == Scenario.TASK)
                        .map(scenario -> Arguments.of(
                                entry.with(Clouds.small(entry), new Strategies.Conditions(scenario, TASKS)),
                                scenario)));
    }

    static Stream<Arguments> withMoreToKeep() {
        return Stream.of(
                Arguments.of(new ContextGating(0.5, 1), Scenario.TASK),
                Arguments.of(new ExperienceReplay(7, ExperienceReplay.Kind.BALANCED), Scenario.CLASS),
                Arguments.of(new DarkExperienceReplay(7, 1, 1), Scenario.DOMAIN));
    }

    @ParameterizedTest
    @MethodSource({"strategies", "withMoreToKeep"})
    void aStrategyTakesWhatItForetold(Strategy strategy, Scenario scenario) {
        TaskSequence sequence = Clouds.sequence(strategy, scenario, TASKS);
        Setup setup = Clouds.setup();
        NetworkCost network = new NetworkCost(
                NetworkShape.dense(sequence.features(), setup.hidden()),
                OutputLayout.of(sequence).count());

        Forecast forecast = strategy.forecast(sequence, network, setup);
        TrainingResult result = strategy.learn(sequence, setup, TrainingListener.SILENT);

        assertThat(forecast.steps()).isEqualTo(result.steps());
        OptionalLong kept = forecast.memory().strategy();
        assertThat(kept.isPresent())
                .isEqualTo(!(strategy instanceof Gates
                        || strategy instanceof GatedReplay
                        || strategy instanceof GradientProjectionMemory));
        if (kept.isPresent()) {
            assertThat(result.figures().get(MeasuredMetric.MEMORY_BYTES.key()).number())
                    .hasValue((double) kept.getAsLong());
        }
        if (strategy.traits().network() == TrainedNetwork.PLAIN) {
            assertThat(forecast.total().total()).isEqualTo(result.denseMultiplyAdds());
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aStrategyThatStoresExamplesSaysHowMany(Strategy strategy, Scenario scenario) {
        boolean replays = Strategies.BY_NAME.get(strategy.name()).family() == Strategies.Family.REPLAY;

        assertThat(strategy.traits().storedExamples() > 0).isEqualTo(replays);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void onlyWhatHoldsParametersOrAnswersForgetsEarlierClasses(Strategy strategy, Scenario scenario) {
        ImmutableSet<EarlierClasses> possible =
                switch (Strategies.BY_NAME.get(strategy.name()).family()) {
                    case PENALTY -> ImmutableSet.of(EarlierClasses.FORGOTTEN);
                    case DISTILLATION -> ImmutableSet.of(EarlierClasses.HARDLY_ANSWERED);
                    case REFERENCE -> ImmutableSet.of(EarlierClasses.FORGOTTEN, EarlierClasses.ANSWERED);
                    case GATES, DISCRIMINANT, REPLAY, GENERATION, PROJECTION, MASKS ->
                        ImmutableSet.of(EarlierClasses.ANSWERED);
                };

        assertThat(possible).contains(strategy.traits().earlierClasses());
    }

    @Test
    void gatesLearnAsRandomFeaturesWhereTheTaskIsNotTold() {
        Strategy gates = Strategies.BY_NAME
                .get("gates")
                .with(ImmutableMap.of(), new Strategies.Conditions(Scenario.CLASS, TASKS));

        assertThat(gates.inScenario(Scenario.TASK)).isEqualTo(gates);
        assertThat(gates.surprise(Scenario.TASK)).isEmpty();
        assertThat(gates.inScenario(Scenario.CLASS).name()).isEqualTo(RandomFeatureLda.NAME);
        assertThat(gates.surprise(Scenario.CLASS))
                .hasValueSatisfying(line -> assertThat(line).contains("scenario class", RandomFeatureLda.NAME));
    }
}
