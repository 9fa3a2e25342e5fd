package sluice.framework.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.step.MiniBatches;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.BinaryNeuron;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GradientEstimator;
import sluice.gating.Schedule;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** What a step of plain gradient descent writes into the hidden weights is the gradient of what it says it minimises. */
class ClassifierGradientTest {
    private static final int INPUTS = 3;
    private static final int UNITS = 4;
    private static final double SLOPE = 1.3;
    private static final double DIFFERENCE = 1e-4;

    private final RandomGenerator random = new SplittableRandom(5);
    private final int[] labels = {0, 2};
    private final float[][] rows = {{0.5f, -1, 0.8f}, {-0.4f, 0.3f, 1.2f}};
    private final double[][] x = {{0.5f, -1, 0.8f}, {-0.4f, 0.3f, 1.2f}};
    private final Layer hidden = FullyConnected.heUniform(UNITS, INPUTS, random);
    private final Layer head = FullyConnected.heUniform(3, UNITS, random);
    private final ReferenceClassifier reference = new ReferenceClassifier(hidden.copy(), head.copy());

    private ClassifierTraining training(GradientEstimator estimator, double rate, double clip, Lanes lanes) {
        ClassifierTrainer trainer = new ClassifierTrainer(
                UNITS,
                BinaryNeuron.STOCHASTIC_SIGMOID,
                estimator,
                new Schedule.Constant(SLOPE),
                new TrainingSettings(1, 2, Optimizer.sgd(rate), clip),
                1);
        return new ClassifierTraining(
                hidden,
                head,
                MiniBatches.asRows(Examples.of(rows, labels), Normalisation.NONE, 2, new SplittableRandom(3)),
                trainer,
                new RandomStreams(3),
                lanes);
    }

    private static double[] centralDifferences(ToDoubleFunction<double[]> loss) {
        double[] gradient = new double[UNITS * INPUTS];
        for (int i = 0; i < gradient.length; i++) {
            double[] shift = new double[gradient.length];
            shift[i] = DIFFERENCE;
            double above = loss.applyAsDouble(shift);
            shift[i] = -DIFFERENCE;
            gradient[i] = (above - loss.applyAsDouble(shift)) / (2 * DIFFERENCE);
        }
        return gradient;
    }

    private static double probability(double logit) {
        return GateActivation.SIGMOID.probability(logit, SLOPE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void withoutNoiseHiddenWeightsMoveAgainstTheExactGradient(int laneCount) {
        GradientEstimator noiseless =
                Estimators.BY_NAME.get("additive-noise").with(Map.of("sigma", new Schedule.Constant(0)));
        double[] exact = centralDifferences(
                shift -> reference.smoothLoss(x, labels, ClassifierGradientTest::probability, shift));

        double loss;
        try (Lanes lanes = Lanes.startSharing(laneCount);
                ClassifierTraining training = training(noiseless, 1, Double.POSITIVE_INFINITY, lanes)) {
            loss = training.step(0);
            training.writeBack();
        }

        assertThat(loss)
                .isCloseTo(
                        reference.smoothLoss(
                                x, labels, ClassifierGradientTest::probability, new double[UNITS * INPUTS]),
                        within(1e-6));
        for (int i = 0; i < exact.length; i++) {
            assertThat((double) reference.hidden().weights()[i] - hidden.weights()[i])
                    .as("weight %d", i)
                    .isCloseTo(exact[i], within(1e-6));
        }
    }

    @Test
    void aClippedStepHasTheNormAskedFor() {
        GradientEstimator noiseless =
                Estimators.BY_NAME.get("additive-noise").with(Map.of("sigma", new Schedule.Constant(0)));

        try (Lanes lanes = Lanes.start(1);
                ClassifierTraining training = training(noiseless, 1, 0.01, lanes)) {
            training.step(0);
            training.writeBack();
        }

        double squares = 0;
        for (float[][] pair : new float[][][] {
            {reference.hidden().weights(), hidden.weights()},
            {reference.hidden().biases(), hidden.biases()},
            {reference.head().weights(), head.weights()},
            {reference.head().biases(), head.biases()}
        }) {
            for (int i = 0; i < pair[0].length; i++) {
                squares += Math.pow(pair[0][i] - pair[1][i], 2);
            }
        }
        assertThat(Math.sqrt(squares)).isCloseTo(0.01, within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unbiased", "centred", "leave-one-out", "arm", "disarm", "rebar", "relax"})
    void unbiasedEstimatorsMoveHiddenWeightsAgainstTheGradientOfTheExpectation(String name) {
        double[] exact = centralDifferences(
                shift -> reference.expectedLoss(x, labels, ClassifierGradientTest::probability, shift));
        int steps = 5_000;
        // so small that the network hardly leaves its place
        double rate = Math.scalb(1.0, -16);
        double[] sums = new double[exact.length];
        double[] squares = new double[exact.length];

        try (Lanes lanes = Lanes.start(1);
                ClassifierTraining training =
                        training(Estimators.BY_NAME.get(name).estimator(), rate, Double.POSITIVE_INFINITY, lanes)) {
            for (int step = 0; step < steps; step++) {
                float[] before = hidden.weights().clone();
                training.step(0);
                training.writeBack();
                for (int i = 0; i < exact.length; i++) {
                    double gradient = (before[i] - hidden.weights()[i]) / rate;
                    sums[i] += gradient;
                    squares[i] += gradient * gradient;
                }
            }
        }

        for (int i = 0; i < exact.length; i++) {
            double mean = sums[i] / steps;
            double error = Math.sqrt((squares[i] / steps - mean * mean) / steps);
            assertThat(mean).as("weight %d", i).isCloseTo(exact[i], within(4 * error));
        }
    }
}
