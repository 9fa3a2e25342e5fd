package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Reference;
import sluice.evaluation.ReferenceAccuracies;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** Every strategy on a network that begins with convolutions. */
@Tag("slow")
class StrategiesWithMapsTest {
    private static final ImmutableList<LayerShape> LAYERS =
            ImmutableList.of(new Convolution(8, 5, Padding.VALID, 4), new FullyConnected(20));
    private static final ImmutableList<LayerShape> MAPS_ALONE = ImmutableList.of(
            new Convolution(6, 5, Padding.VALID, 4), new Convolution(8, 3, Padding.SAME, 2, Pooling.AVERAGE));
    private static final DataSet DATA = Digits.draw(800, 300, 1);

    private static final ClassSplit PAIRS = ClassSplit.of(List.of(List.of(0, 1), List.of(2, 3)));

    private static TaskSequence tasks(Scenario scenario) {
        return TaskSequence.split(DATA, Normalisation.UNIT_PIXELS, PAIRS).withScenario(scenario);
    }

    private static Setup setup(ImmutableList<LayerShape> layers) {
        return new Setup(layers, new TrainingSettings(4, 16, Optimizer.adam(0.01), 10), 1, 1);
    }

    static Stream<String> names() {
        return Strategies.BY_NAME.keySet().stream();
    }

    private static Strategy strategy(String name, Scenario scenario) {
        Strategies.Conditions conditions = new Strategies.Conditions(scenario, 2);
        Strategies.Entry entry = Strategies.BY_NAME.get(name);
        // few steps, for which the rates of others are too small; and generators of two classes learn fast
        Map<String, Double> parameters = name.equals("hat")
                ? Map.of("learning_rate", 0.3, "lambda", 0.05, "s_max", 50.0)
                : entry.defaults().apply(conditions).containsKey("iterations") ? Map.of("iterations", 300.0) : Map.of();
        return entry.with(parameters, conditions);
    }

    private static TrainingResult learn(String name, Scenario scenario, Setup setup) {
        return strategy(name, scenario).learn(tasks(scenario), setup, TrainingListener.SILENT);
    }

    private static double accuracy(AccuracyMatrix matrix, int afterTask, int task) {
        return matrix.cell(afterTask, task).orElseThrow().accuracy();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyStrategyLearnsTheFirstTask(String name) {
        AccuracyMatrix matrix = learn(name, scenario(name), setup(LAYERS)).matrix();
        assertThat(accuracy(matrix, name.equals("joint") ? 2 : 1, 1)).isGreaterThan(0.8);
        assertThat(matrix.cell(2, 2)).isPresent();
    }

    private static Scenario scenario(String name) {
        return Strategies.BY_NAME.get(name).scenarios().contains(Scenario.TASK) ? Scenario.TASK : Scenario.CLASS;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ewc", "mas", "a-gem", "icarl", "hat", "packnet"})
    void sameSeedAndThreadsGiveTheSameAccuraciesAndNoLayerNeedsToBeFullyConnected(String name) {
        Setup maps = new Setup(MAPS_ALONE, new TrainingSettings(1, 30, Optimizer.adam(0.01), 10), 1, 2);

        AccuracyMatrix once = learn(name, scenario(name), maps).matrix();
        AccuracyMatrix again = learn(name, scenario(name), maps).matrix();

        assertThat(once).isEqualTo(again);
        assertThat(once.cell(2, 1)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"packnet", "supermasks", "wsn", "weight-gates"})
    void whatPromisesRetentionRetains(String name) {
        AccuracyMatrix matrix = learn(name, Scenario.TASK, setup(LAYERS)).matrix();

        assertThat(matrix.cell(2, 1)).isEqualTo(matrix.cell(1, 1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"DOMAIN", "CLASS"})
    void replayServesTheOtherScenarios(Scenario scenario) {
        AccuracyMatrix matrix = learn("er", scenario, setup(LAYERS)).matrix();
        assertThat(accuracy(matrix, 2, 1)).isGreaterThan(0.8);
        assertThat(accuracy(matrix, 2, 2)).isGreaterThan(0.8);
    }

    @Test
    void referencesAreNetworksOfTheSameLayers() {
        ReferenceAccuracies references =
                ReferenceModels.of(tasks(Scenario.TASK), setup(LAYERS), Set.of(Reference.JOINT, Reference.INDEPENDENT));

        for (AccuracyMatrix.Cell cell : references.cells().values()) {
            assertThat(cell.accuracy()).isGreaterThan(0.8);
        }
        assertThat(references.cells().size()).isEqualTo(4);
    }
}
