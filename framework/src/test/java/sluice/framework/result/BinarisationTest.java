package sluice.framework.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.Estimators;
import sluice.gating.GradientEstimator;
import sluice.gating.NoisySigmoid;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;

/** What is said of relaxed gates when they become binary. */
@Tag("slow")
class BinarisationTest {
    private static GatedNetwork network(TaskSequence sequence) {
        return GatedNetwork.create(SmallTasks.FEATURES, List.of(24, 24), sequence.normalisation(), 4);
    }

    private static GradientEstimator estimator(String name) {
        return Estimators.BY_NAME.get(name).estimator();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "concrete",
                "hard-concrete",
                "gaussian",
                "sts",
                "noisy-rectifier",
                "additive-noise",
                "multiplicative-noise"
            })
    void relaxedGatesReportTheirAccuracyBeforeAndAfterAndLearn(String name) {
        TaskSequence sequence = SmallTasks.sequence(2, 21);
        ContinualTrainer trainer = new ContinualTrainer(
                GateSettings.DEFAULT.withEstimator(estimator(name)),
                new TrainingSettings(40, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY));

        ContinualResult result = trainer.train(network(sequence), sequence);

        for (int t = 0; t < 2; t++) {
            Binarisation hardening = result.tasks().get(t).hardening().orElseThrow();
            assertThat(hardening.relaxedAccuracy()).isGreaterThan(0.9);
            assertThat(hardening.binaryAccuracy())
                    .isEqualTo(result.matrix().cell(t + 1, t + 1).orElseThrow().accuracy());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"st-open", "rebar", "arm", "st-concrete"})
    void binaryGatesHaveNothingToHarden(String name) {
        TaskSequence sequence = SmallTasks.sequence(1, 21);
        ContinualTrainer trainer = new ContinualTrainer(
                GateSettings.DEFAULT.withEstimator(estimator(name)), TrainingSettings.DEFAULT.withEpochs(1));

        assertThat(trainer.train(network(sequence), sequence).tasks().get(0).hardening())
                .isEmpty();
    }

    @Test
    void hardeningThatCostsMoreThanAPointIsWarnedOf() {
        // gates stay a little below 1/2: the relaxed network learns, the binary one is closed
        TaskSequence sequence = SmallTasks.sequence(1, 21);
        GateSettings half = new GateSettings(
                new NoisySigmoid(NoisySigmoid.Form.ADDITIVE, 0),
                GateSettings.DEFAULT.neuron(),
                GateSettings.DEFAULT.granularity(),
                1,
                1,
                GateSettings.DEFAULT.slope(),
                GateSettings.DEFAULT.sparsity(),
                -0.01,
                0,
                6,
                1e-9,
                GateSettings.DEFAULT.budget(),
                GateSettings.DEFAULT.reuse(),
                Optional.empty());
        TrainingListener listener = mock(TrainingListener.class);

        ContinualResult result = new ContinualTrainer(
                        half, new TrainingSettings(40, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY))
                .train(network(sequence), sequence, listener);

        assertThat(result.tasks().get(0).hardening().orElseThrow().cost()).isGreaterThan(0.3);
        verify(listener).warning(contains("making the gates of task task 0 binary costs"));
    }

    @Test
    void hardeningThatCostsNothingIsNotWarnedOf() {
        TaskSequence sequence = SmallTasks.sequence(1, 21);
        TrainingListener listener = mock(TrainingListener.class);

        new ContinualTrainer(
                        GateSettings.DEFAULT.withEstimator(estimator("concrete")),
                        new TrainingSettings(40, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY))
                .train(network(sequence), sequence, listener);

        verify(listener, never()).warning(any());
    }

    @Test
    void relaxedLogitsAreThoseOfTheNetworkWithItsGatesMultipliedIn() {
        SplittableRandom random = new SplittableRandom(3);
        GatedNetwork network = GatedNetwork.create(5, List.of(6, 4), Normalisation.NONE, 7);
        TaskState state = new TaskState(
                "any",
                ImmutableList.of(0, 1, 2),
                FullyConnected.heUniform(3, 4, random),
                List.of(new double[6], new double[4]));
        List<double[]> gates = List.of(new double[] {0.5, 0, 1, 0.25, 1.5, 0.1}, new double[] {0.9, 0.2, 0, 0.7});
        float[] values = new float[2 * 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }

        float[] logits;
        try (Lanes lanes = Lanes.start(1)) {
            logits = network.fresh().relaxedLogits(state, gates, Examples.of(values, 5, new int[2]), lanes);
        }

        List<Layer> layers = List.of(
                network.parts().layers().get(0), network.parts().layers().get(1), state.head());
        for (int e = 0; e < 2; e++) {
            double[] h = new double[5];
            for (int i = 0; i < 5; i++) {
                h[i] = values[e * 5 + i];
            }
            for (int l = 0; l < 3; l++) {
                h = affine(layers.get(l), h);
                for (int j = 0; l < 2 && j < h.length; j++) {
                    h[j] = Math.max(0, h[j]) * gates.get(l)[j];
                }
            }
            for (int c = 0; c < 3; c++) {
                assertThat((double) logits[e * 3 + c]).isCloseTo(h[c], within(1e-5));
            }
        }
    }

    private static double[] affine(Layer layer, double[] input) {
        double[] z = new double[layer.units()];
        for (int j = 0; j < z.length; j++) {
            z[j] = layer.biases()[j];
            for (int i = 0; i < input.length; i++) {
                z[j] += layer.weights()[j * layer.inputs() + i] * input[i];
            }
        }
        return z;
    }
}
