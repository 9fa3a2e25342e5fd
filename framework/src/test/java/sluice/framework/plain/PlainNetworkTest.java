package sluice.framework.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.plain.PlainGradients.OUTPUTS;
import static sluice.framework.plain.PlainGradients.assertGradient;
import static sluice.framework.plain.PlainGradients.doubles;
import static sluice.framework.plain.PlainGradients.gates;
import static sluice.framework.plain.PlainGradients.lossGradient;
import static sluice.framework.plain.PlainGradients.scaled;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.NetworkShape;

class PlainNetworkTest {
    private static final int FEATURES = 5;
    private static final List<Integer> HIDDEN = List.of(7, 6);

    @Test
    void normalisedLayersAreRefused() {
        NetworkShape normalised = NetworkShape.dense(3, List.of(4)).batchNormalised();

        try (Lanes lanes = Lanes.start(1)) {
            assertThatThrownBy(() -> new PlainNetwork(normalised, 2, new SplittableRandom(1), 5, lanes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a plain network normalises no layer, got batch");
        }
    }

    @Property(tries = 40)
    void logitsAndGradientsAreThoseOfTheFormulas(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads) {
        RandomGenerator random = new SplittableRandom(seed);
        Batch batch = batch(random, 1 + random.nextInt(40));
        try (Lanes lanes = Lanes.startSharing(threads);
                PlainNetwork network = network(random, lanes)) {
            float[][] gates = gates(HIDDEN, random);
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
            assertGradient(doubles(network.gradient()), loss, parameters);
            for (int l = 0; l < HIDDEN.size(); l++) {
                int layer = l;
                ToDoubleFunction<double[]> byGates = own -> {
                    double[][] changed = doubles(gates);
                    changed[layer] = own;
                    return NaiveNetwork.loss(network.blocks(), parameters, batch, changed);
                };
                assertGradient(doubles(network.gateGradient(l)), byGates, doubles(gates[l]));
            }
        }
    }

    @Property(tries = 40)
    void sumsOverLossesAndExamplesAreThoseOfAPassForEach(
            @ForAll long seed, @ForAll PerExample of, @ForAll @IntRange(min = 1, max = 3) int losses) {
        RandomGenerator random = new SplittableRandom(seed);
        Batch batch = batch(random, 1 + random.nextInt(9));
        try (Lanes lanes = Lanes.start(1);
                PlainNetwork network = network(random, lanes)) {
            float[] expected = new float[network.parameters().length];
            for (int row = 0; row < batch.size(); row++) {
                Batch single = new Batch(1, FEATURES);
                single.add(batch, row);
                for (int loss = 0; loss < losses; loss++) {
                    network.backward(scaled(lossGradient(network.forward(single), single), 1 + loss));
                    for (int i = 0; i < expected.length; i++) {
                        expected[i] += of.of(network.gradient()[i]);
                    }
                }
            }

            float[] sums = new float[expected.length];
            float[] each = scaled(lossGradient(network.forward(batch), batch), batch.size());
            network.backward(losses, loss -> scaled(each, 1 + loss), of, sums);

            assertThat(sums).containsExactly(expected, within(5e-4f));
        }
    }

    @Property(tries = 20)
    void aBatchOwesNothingToTheInputsOfTheLastOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads) {
        RandomGenerator random = new SplittableRandom(seed);
        Batch first = batch(random, 9);
        Batch second = batch(random, 9);
        try (Lanes lanes = Lanes.startSharing(threads);
                PlainNetwork network = network(new SplittableRandom(seed), lanes);
                PlainNetwork fresh = network(new SplittableRandom(seed), lanes)) {
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
                PlainNetwork network = network(random, lanes)) {
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
                PlainNetwork network = network(random, lanes)) {
            network.write(parameters -> Arrays.fill(parameters, 0));

            assertThat(network.forward(batch)).containsOnly(0f);
        }
    }

    @Property(tries = 10)
    void unitsThatNoExampleIsAboveZeroAtAreNotComputedFurther(@ForAll @IntRange(min = 0, max = 7) int dead) {
        Batch batch = new Batch(2, FEATURES);
        for (int row = 0; row < 2; row++) {
            Arrays.fill(batch.inputs(), batch.add(0, row), (row + 1) * FEATURES, 1);
        }
        try (Lanes lanes = Lanes.start(1);
                PlainNetwork network = network(new SplittableRandom(1), lanes)) {
            network.write(parameters -> {
                ParameterBlock lowest = network.blocks().get(0);
                Arrays.fill(parameters, lowest.biases(), lowest.biases() + dead, -10);
                Arrays.fill(parameters, lowest.biases() + dead, lowest.end(), 10);
            });

            network.backward(lossGradient(network.forward(batch), batch));

            List<LayerAccount> account = network.takeAccount(2);
            assertThat(account.get(0).done()).isEqualTo(new MultiplyAdds(2 * 5 * 7, 0, 2 * 5 * (7L - dead)));
            assertThat(account.get(1).done().forward()).isEqualTo(2 * (7L - dead) * 6);
            assertThat(account.get(2).dense()).isEqualTo(new MultiplyAdds(36, 36, 36));
        }
    }

    private static PlainNetwork network(RandomGenerator random, Lanes lanes) {
        return new PlainNetwork(NetworkShape.dense(FEATURES, HIDDEN), OUTPUTS, random, 40, lanes);
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
}
