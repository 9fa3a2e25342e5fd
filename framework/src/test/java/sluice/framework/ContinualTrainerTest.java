package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentMatchers;
import org.mockito.InOrder;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MetricValue;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.Layer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.gating.Estimators;
import sluice.gating.Granularity;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

class ContinualTrainerTest {
    private static GatedNetwork network(TaskSequence sequence, long seed, Integer... hidden) {
        return GatedNetwork.create(sequence.features(), List.of(hidden), sequence.normalisation(), seed);
    }

    @ParameterizedTest
    @CsvSource({
        "st-sigmoid,MINI_BATCH",
        "st-sigmoid,PER_EXAMPLE",
        "st-open,MINI_BATCH",
        "st-open,PER_EXAMPLE",
        "st-identity,MINI_BATCH",
        "st-identity,PER_EXAMPLE",
        "unbiased,MINI_BATCH",
        "centred,MINI_BATCH",
        "centred,PER_EXAMPLE"
    })
    void everyEstimatorLearnsSeparableTasks(String estimator, Granularity granularity) {
        TaskSequence sequence = SmallTasks.sequence(3, 21);
        GateSettings gates = GateSettings.DEFAULT
                .withEstimator(Estimators.BY_NAME.get(estimator).estimator())
                .withGranularity(granularity);
        TrainingSettings training = new TrainingSettings(30, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);

        ContinualResult result = new ContinualTrainer(gates, training).train(network(sequence, 4, 24, 24), sequence);

        MetricValue acc = ForgettingMetric.ACC.of(result.matrix());
        assertThat(((MetricValue.Defined) acc).value()).isGreaterThan(0.95);
    }

    @Property(tries = 20)
    void sameSeedGivesTheSameMatrixAndTheSameModel(@ForAll long seed, @ForAll Granularity granularity) {
        TaskSequence sequence = SmallTasks.sequence(2, 9);
        ContinualTrainer trainer =
                new ContinualTrainer(GateSettings.DEFAULT.withGranularity(granularity), TrainingSettings.DEFAULT);

        ContinualResult one = trainer.train(network(sequence, seed, 9, 7), sequence);
        ContinualResult two = trainer.train(network(sequence, seed, 9, 7), sequence);

        assertThat(two.matrix()).isEqualTo(one.matrix());
        for (String task : sequence.names()) {
            assertThat(two.network().digest(task)).isEqualTo(one.network().digest(task));
        }
    }

    @Test
    void anotherSeedGivesAnotherNetwork() {
        TaskSequence sequence = SmallTasks.sequence(1, 9);

        GatedNetwork one =
                new ContinualTrainer().train(network(sequence, 1, 9), sequence).network();
        GatedNetwork two =
                new ContinualTrainer().train(network(sequence, 2, 9), sequence).network();

        assertThat(two.digest("task 0")).isNotEqualTo(one.digest("task 0"));
    }

    @Test
    void aSequenceLearnedInTwoPartsGivesTheBitsOfOne() {
        TaskSequence sequence = SmallTasks.sequence(3, 9);
        ContinualTrainer trainer = new ContinualTrainer();
        GatedNetwork whole = trainer.train(network(sequence, 6, 9, 7), sequence).network();

        GatedNetwork parts = network(sequence, 6, 9, 7);
        trainer.train(parts, SmallTasks.only(sequence, 0, 1));
        trainer.train(parts, SmallTasks.only(sequence, 1, 3));

        for (String task : sequence.names()) {
            assertThat(parts.digest(task)).isEqualTo(whole.digest(task));
        }
    }

    @Test
    void aNonFiniteLossStopsAtOnceAndSaysWhereAndWhatToTry() {
        TaskSequence sequence = SmallTasks.sequence(1, 9);
        TrainingSettings wild = TrainingSettings.DEFAULT.withOptimizer(Optimizer.sgd(1e30));

        assertThatThrownBy(() ->
                        new ContinualTrainer(GateSettings.DEFAULT, wild).train(network(sequence, 1, 9, 7), sequence))
                .isInstanceOf(DivergedException.class)
                .hasMessageContainingAll("task 0", "epoch 2, step 1", "training.learning_rate");
    }

    @Test
    void aLastUpdateThatBreaksTheNetworkIsFoundBeforeAnythingIsFrozen() {
        TaskSequence sequence = SmallTasks.sequence(2, 9);
        GatedNetwork network = network(sequence, 1, 9, 7);
        List<Layer> before = network.parts().layers().stream().map(Layer::copy).toList();
        TrainingSettings oneWildStep = new TrainingSettings(1, 48, Optimizer.sgd(1e38), Double.POSITIVE_INFINITY);

        assertThatThrownBy(() -> new ContinualTrainer(GateSettings.DEFAULT, oneWildStep).train(network, sequence))
                .isInstanceOf(DivergedException.class)
                .hasMessageContainingAll("task 0", "epoch 1, step 1");

        assertThat(network.tasks()).isEmpty();
        assertThat(network.provenance()).isEmpty();
        for (int l = 0; l < before.size(); l++) {
            assertThat(network.parts().layers().get(l).weights())
                    .isEqualTo(before.get(l).weights());
        }
    }

    @Test
    void aFullLayerIsWarnedOfAndTrainingGoesOnWithWhatIsFrozen() {
        TaskSequence sequence = SmallTasks.sequence(3, 9);
        TrainingListener listener = mock(TrainingListener.class);
        GatedNetwork network = network(sequence, 1, 2, 3);

        ContinualResult result = new ContinualTrainer(GateSettings.DEFAULT.withSparsity(0), TrainingSettings.DEFAULT)
                .train(network, sequence, listener);

        assertThat(network.consolidated().occupancy(0)).isEqualTo(1);
        verify(listener).warning(contains("hidden layer 1 has had no free unit since task task 0: from task task 1"));
        verify(listener).warning(contains("hidden layer 1 "));
        assertThat(result.tasks()).hasSize(3);
    }

    @Test
    void aTaskThatOpensNothingIsWarnedOf() {
        TaskSequence sequence = SmallTasks.sequence(1, 9);
        TrainingListener listener = mock(TrainingListener.class);
        TrainingSettings longer = TrainingSettings.DEFAULT.withEpochs(60);

        new ContinualTrainer(GateSettings.DEFAULT.withSparsity(1000), longer)
                .train(network(sequence, 1, 4), sequence, listener);

        verify(listener).warning(contains("opens no unit of hidden layer 1"));
    }

    @Test
    void theListenerHearsRowsAndTasksInOrder() {
        TaskSequence sequence = SmallTasks.sequence(2, 9);
        TrainingListener listener = mock(TrainingListener.class);

        new ContinualTrainer().train(network(sequence, 1, 9), sequence, listener);

        InOrder order = inOrder(listener);
        order.verify(listener).rowEvaluated(ArgumentMatchers.any(), ArgumentMatchers.eq(0));
        order.verify(listener).taskStarted("task 0", 1, 5);
        order.verify(listener).taskConsolidated(ArgumentMatchers.any());
        order.verify(listener).rowEvaluated(ArgumentMatchers.any(), ArgumentMatchers.eq(1));
        order.verify(listener).taskStarted("task 1", 2, 5);
    }

    @Test
    void everyCellOfTheMatrixIsEvaluated() {
        TaskSequence sequence = SmallTasks.sequence(3, 9);

        ContinualResult result = new ContinualTrainer().train(network(sequence, 1, 9), sequence);

        for (int i = 0; i <= 3; i++) {
            for (int j = 1; j <= 3; j++) {
                assertThat(result.matrix().cell(i, j)).isPresent();
            }
        }
    }

    @Test
    void evaluationIsTimedApartFromTraining() {
        TaskSequence sequence = SmallTasks.sequence(2, 9);

        ContinualResult result = new ContinualTrainer().train(network(sequence, 1, 9), sequence);

        assertThat(result.evaluationSeconds()).isPositive();
        assertThat(result.evaluationShare())
                .isEqualTo(result.evaluationSeconds() / (result.evaluationSeconds() + result.trainSeconds()))
                .isBetween(0.0, 1.0);
    }

    @Test
    void multiplyAddsAreThoseOfAHandCount() {
        TaskSequence sequence = SmallTasks.sequence(1, 9);
        GateSettings open = new GateSettings(
                Estimators.BY_NAME.get("centred").estimator(),
                GateSettings.DEFAULT.neuron(),
                Granularity.MINI_BATCH,
                1,
                1,
                GateSettings.DEFAULT.slope(),
                GateSettings.DEFAULT.sparsity(),
                40,
                0,
                40,
                1e-9,
                GateSettings.DEFAULT.budget(),
                GateSettings.DEFAULT.reuse(),
                Optional.empty());
        TrainingSettings oneStep = new TrainingSettings(1, 48, Optimizer.sgd(0.1), Double.POSITIVE_INFINITY);

        ContinualResult result = new ContinualTrainer(open, oneStep).train(network(sequence, 1, 5, 4), sequence);

        // all open: forward 6*5 + 5*4 + 4*2; weight gradients the same; input gradients 5*4 + 4*2; 48 examples
        long dense = 48L * (2 * (30 + 20 + 8) + 20 + 8);
        assertThat(result.denseMultiplyAdds()).isEqualTo(dense);
        assertThat(result.multiplyAdds()).isEqualTo(dense);
    }

    @Test
    void aNetworkAndASequenceThatDoNotFitAreRefused() {
        TaskSequence sequence = SmallTasks.sequence(1, 9);

        assertThatThrownBy(() -> new ContinualTrainer()
                        .train(GatedNetwork.create(3, List.of(4), Normalisation.NONE, 1), sequence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 inputs, the tasks 6 features");
        assertThatThrownBy(() -> new ContinualTrainer()
                        .train(GatedNetwork.create(6, List.of(4), Normalisation.UNIT_PIXELS, 1), sequence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("normalises by");
        assertThatThrownBy(() ->
                        new ContinualTrainer().train(network(sequence, 1, 4), sequence.withScenario(Scenario.CLASS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("must be told the task", "CLASS");
    }
}
