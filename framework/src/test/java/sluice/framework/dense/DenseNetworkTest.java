package sluice.framework.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import sluice.framework.kernel.Lanes;

class DenseNetworkTest {
    private static final int FEATURES = 5;
    private static final List<Integer> HIDDEN = List.of(7, 6);
    private static final int OUTPUTS = 3;
    private static final double STEP = 1e-6;

    @Property(tries = 40)
    void logitsAndGradientsAreThoseOfTheFormulas(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads) {
        RandomGenerator random = new SplittableRandom(seed);
        Batch batch = batch(random, 1 + random.nextInt(40));
        try (Lanes lanes = Lanes.startSharing(threads);
                DenseNetwork network = network(random, lanes)) {
            float[][] gates = gates(random);
            double[] parameters = doubles(network.parameters());

            float[] logits = network.forward(batch, gates);
            assertThat(doubles(Arrays.copyOf(logits, OUTPUTS)))
                    .containsExactly(
                            NaiveNetwork.logits(
                                    network.blocks(), parameters, NaiveNetwork.inputs(batch, 0), doubles(gates)),
                            within(1e-4));
            network.backward(lossGradient(logits, batch));

            ToDoubleFunction<double[]> loss =
                    theta -> NaiveNetwork.loss(network.blocks(), theta, batch, doubles(gates));
            assertThat(doubles(network.gradient())).containsExactly(differences(loss, parameters), within(1e-4));
            for (int l = 0; l < HIDDEN.size(); l++) {
                int layer = l;
                ToDoubleFunction<double[]> byGates = own -> {
                    double[][] changed = doubles(gates);
                    changed[layer] = own;
                    return NaiveNetwork.loss(network.blocks(), parameters, batch, changed);
                };
                assertThat(doubles(network.gateGradient(l)))
                        .containsExactly(differences(byGates, doubles(gates[l])), within(1e-4));
            }
        }
    }

    @Property(tries = 40)
    void sumsOverExamplesAreThoseOfAPassPerExample(@ForAll long seed, @ForAll PerExample of) {
        RandomGenerator random = new SplittableRandom(seed);
        Batch batch = batch(random, 1 + random.nextInt(9));
        try (Lanes lanes = Lanes.start(1);
                DenseNetwork network = network(random, lanes)) {
            float[] expected = new float[network.parameters().length];
            for (int row = 0; row < batch.size(); row++) {
                Batch single = new Batch(1, FEATURES);
                single.add(batch, row);
                network.backward(lossGradient(network.forward(single), single));
                for (int i = 0; i < expected.length; i++) {
                    expected[i] += of.of(network.gradient()[i]);
                }
            }

            float[] sums = new float[expected.length];
            float[] each = lossGradient(network.forward(batch), batch);
            for (int i = 0; i < each.length; i++) {
                each[i] *= batch.size();
            }
            network.backward(each, of, sums);

            assertThat(sums).containsExactly(expected, within(1e-4f));
        }
    }

    @Property(tries = 20)
    void aBatchOwesNothingToTheInputsOfTheLastOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads) {
        RandomGenerator random = new SplittableRandom(seed);
        Batch first = batch(random, 9);
        Batch second = batch(random, 9);
        try (Lanes lanes = Lanes.startSharing(threads);
                DenseNetwork network = network(new SplittableRandom(seed), lanes);
                DenseNetwork fresh = network(new SplittableRandom(seed), lanes)) {
            network.backward(lossGradient(network.forward(first), first));

            network.backward(lossGradient(network.forward(second), second));
            fresh.backward(lossGradient(fresh.forward(second), second));

            assertThat(network.gradient()).containsExactly(fresh.gradient());
        }
    }

    @Property(tries = 10)
    void everyParameterMovesOnceAndCountsInTheNextPass(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads) {
        RandomGenerator random = new SplittableRandom(seed);
        Batch batch = batch(random, 4);
        try (Lanes lanes = Lanes.startSharing(threads);
                DenseNetwork network = network(random, lanes)) {
            network.backward(lossGradient(network.forward(batch), batch));

            network.move((parameters, gradient, from, to) -> {
                for (int i = from; i < to; i++) {
                    parameters[i] -= parameters[i];
                    gradient[i] += 1;
                }
            });

            assertThat(network.parameters()).containsOnly(0f);
            assertThat(network.forward(batch)).containsOnly(0f);
        }
    }

    @Property(tries = 10)
    void whatIsWrittenCountsInTheNextPass(@ForAll long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Batch batch = batch(random, 4);
        try (Lanes lanes = Lanes.start(1);
                DenseNetwork network = network(random, lanes)) {
            network.write(parameters -> Arrays.fill(parameters, 0));

            assertThat(network.forward(batch)).containsOnly(0f);
        }
    }

    private static DenseNetwork network(RandomGenerator random, Lanes lanes) {
        return new DenseNetwork(FEATURES, HIDDEN, OUTPUTS, random, 40, lanes);
    }

    /** Some inputs are 0 in all examples, more are in some. */
    private static Batch batch(RandomGenerator random, int size) {
        Batch batch = new Batch(size, FEATURES);
        int dead = random.nextInt(1 << FEATURES);
        for (int row = 0; row < size; row++) {
            int at = batch.add(0, random.nextInt(OUTPUTS));
            for (int i = 0; i < FEATURES; i++) {
                boolean zero = (dead >>> i & 1) == 1 || random.nextInt(4) == 0;
                batch.inputs()[at + i] = zero ? 0 : (float) random.nextGaussian();
            }
        }
        return batch;
    }

    private static float[][] gates(RandomGenerator random) {
        return HIDDEN.stream()
                .map(units -> floats(random.doubles(units, 0, 1).toArray()))
                .toArray(float[][]::new);
    }

    /** Of the mean cross-entropy. */
    private static float[] lossGradient(float[] logits, Batch batch) {
        float[] gradient = new float[batch.size() * OUTPUTS];
        for (int row = 0; row < batch.size(); row++) {
            Softmax.crossEntropy(logits, row * OUTPUTS, 0, OUTPUTS, batch.target(row), 1.0 / batch.size(), gradient);
        }
        return gradient;
    }

    private static double[] differences(ToDoubleFunction<double[]> function, double[] at) {
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += STEP;
            down[i] -= STEP;
            gradient[i] = (function.applyAsDouble(up) - function.applyAsDouble(down)) / (2 * STEP);
        }
        return gradient;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static double[][] doubles(float[][] values) {
        return Arrays.stream(values).map(DenseNetworkTest::doubles).toArray(double[][]::new);
    }
}
