package sluice.framework.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.plain.PlainGradients.OUTPUTS;
import static sluice.framework.plain.PlainGradients.assertGradient;
import static sluice.framework.plain.PlainGradients.doubles;
import static sluice.framework.plain.PlainGradients.gates;
import static sluice.framework.plain.PlainGradients.lossGradient;
import static sluice.framework.plain.PlainGradients.scaled;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.network.NetworkShape;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.tasks.Shape;

/** Plain networks with convolutions against loops in double precision. */
@Tag("slow")
@net.jqwik.api.Tag("slow")
class PlainMapsTest {
    private static final int ROWS = 20;
    private static final int MANY = 50;

    @Property(tries = 60)
    void logitsAndGradientsAreThoseOfTheDefinition(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads) {
        RandomGenerator random = new SplittableRandom(seed);
        NetworkShape shape = shape(random);
        Batch batch = batch(shape, random, 1 + random.nextInt(ROWS));
        try (Lanes lanes = Lanes.startSharing(threads);
                PlainNetwork network = new PlainNetwork(shape, OUTPUTS, random, ROWS, lanes)) {
            NaiveMaps naive = new NaiveMaps(shape, network.blocks());
            float[][] gates = gates(units(shape), random);
            double[] parameters = doubles(network.parameters());
            int last = batch.size() - 1;
            double[][] expected = naive.outputs(parameters, NaiveNetwork.inputs(batch, last), doubles(gates));

            float[] logits = network.forward(batch, gates);

            assertThat(doubles(Arrays.copyOfRange(logits, last * OUTPUTS, (last + 1) * OUTPUTS)))
                    .containsExactly(expected[expected.length - 1], within(1e-4));
            network.backward(lossGradient(logits, batch));
            for (int l = 0; l < gates.length; l++) {
                int width = network.values(l);
                assertThat(doubles(Arrays.copyOfRange(network.hidden(l), last * width, (last + 1) * width)))
                        .containsExactly(expected[l], within(1e-4));
            }
            assertGradient(doubles(network.gradient()), theta -> naive.loss(theta, batch, doubles(gates)), parameters);
            for (int l = 0; l < gates.length; l++) {
                int layer = l;
                ToDoubleFunction<double[]> byGates = own -> {
                    double[][] changed = doubles(gates);
                    changed[layer] = own;
                    return naive.loss(parameters, batch, changed);
                };
                assertGradient(doubles(network.gateGradient(l)), byGates, doubles(gates[l]));
            }
        }
    }

    @Property(tries = 40)
    void sumsOverLossesAndExamplesAreThoseOfAPassForEach(
            @ForAll long seed,
            @ForAll PerExample of,
            @ForAll @IntRange(min = 1, max = 3) int losses,
            @ForAll @IntRange(min = 1, max = 3) int threads) {
        RandomGenerator random = new SplittableRandom(seed);
        NetworkShape shape = shape(random);
        Batch batch = batch(shape, random, 1 + random.nextInt(9));
        try (Lanes lanes = Lanes.startSharing(threads);
                PlainNetwork network = new PlainNetwork(shape, OUTPUTS, random, ROWS, lanes)) {
            float[] expected = new float[network.parameters().length];
            for (int row = 0; row < batch.size(); row++) {
                Batch single = new Batch(1, batch.features());
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

            for (int i = 0; i < sums.length; i++) {
                assertThat(sums[i]).isCloseTo(expected[i], within(1e-3f * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    @Property(tries = 20)
    void aBatchOwesNothingToBatchesOfOtherSizesBeforeIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads) {
        RandomGenerator random = new SplittableRandom(seed);
        NetworkShape shape = shape(random);
        Batch larger = batch(shape, random, ROWS);
        Batch batch = batch(shape, random, 1 + random.nextInt(ROWS));
        try (Lanes lanes = Lanes.startSharing(threads);
                PlainNetwork network = new PlainNetwork(shape, OUTPUTS, new SplittableRandom(seed), ROWS, lanes);
                PlainNetwork fresh = new PlainNetwork(shape, OUTPUTS, new SplittableRandom(seed), ROWS, lanes)) {
            network.backward(
                    1, loss -> lossGradient(network.forward(larger), larger), PerExample.SQUARE, network.gradient());
            network.backward(lossGradient(network.forward(larger), larger));

            network.backward(lossGradient(network.forward(batch), batch));
            fresh.backward(lossGradient(fresh.forward(batch), batch));

            assertThat(network.gradient()).containsExactly(fresh.gradient());
        }
    }

    @Property(tries = 10)
    void largeMapsInManyTilesComeToWhatTheirExamplesComeToOneByOne(@ForAll long seed) {
        NetworkShape shape = shape(new SplittableRandom(seed), 12);
        Batch batch = batch(shape, new SplittableRandom(seed), MANY);
        float[] summed = gradient(shape, batch, seed, 1);
        Arrays.fill(summed, 0);
        for (int row = 0; row < MANY; row++) {
            Batch single = new Batch(1, batch.features());
            single.add(batch, row);
            float[] own = gradient(shape, single, seed, 1);
            for (int i = 0; i < summed.length; i++) {
                summed[i] += own[i] / MANY;
            }
        }

        float[] shared = gradient(shape, batch, seed, 3);

        assertThat(gradient(shape, batch, seed, 1)).containsExactly(summed, within(2e-4f));
        assertThat(shared).containsExactly(summed, within(2e-4f));
        assertThat(gradient(shape, batch, seed, 3)).containsExactly(shared);
    }

    private static float[] gradient(NetworkShape shape, Batch batch, long seed, int threads) {
        try (Lanes lanes = Lanes.startSharing(threads);
                PlainNetwork network = new PlainNetwork(shape, OUTPUTS, new SplittableRandom(seed), MANY, lanes)) {
            network.backward(lossGradient(network.forward(batch), batch));
            return network.gradient().clone();
        }
    }

    @Test
    void weightsBeginWithinTheRootOfWhatAUnitSees() {
        NetworkShape shape = new NetworkShape(
                new Shape.Channels(2, 6, 6),
                ImmutableList.of(new Convolution(5, 3, Padding.VALID, 2), new FullyConnected(4)));
        try (Lanes lanes = Lanes.start(1);
                PlainNetwork network = new PlainNetwork(shape, OUTPUTS, new SplittableRandom(1), 2, lanes)) {
            assertThat(network.blocks())
                    .containsExactly(
                            new ParameterBlock(0, 18, 5), new ParameterBlock(95, 20, 4), new ParameterBlock(179, 4, 3));
            for (ParameterBlock block : network.blocks()) {
                float bound = (float) Math.sqrt(1.0 / block.inputs());
                float[] own = Arrays.copyOfRange(network.parameters(), block.start(), block.end());
                assertThat(own).doesNotContain(0f);
                for (float weight : own) {
                    assertThat(Math.abs(weight)).isLessThanOrEqualTo(bound);
                }
            }
        }
    }

    @Test
    void aWeightOfAConvolutionCountsAtEveryPosition() {
        NetworkShape shape = new NetworkShape(
                new Shape.Channels(1, 6, 6), ImmutableList.of(new Convolution(5, 3, Padding.VALID, 1)));
        Batch batch = new Batch(2, 36);
        for (int row = 0; row < 2; row++) {
            Arrays.fill(batch.inputs(), batch.add(0, row), (row + 1) * 36, 1);
        }
        try (Lanes lanes = Lanes.start(1);
                PlainNetwork network = new PlainNetwork(shape, OUTPUTS, new SplittableRandom(1), 2, lanes)) {
            network.write(parameters -> Arrays.fill(parameters, 0.1f));

            network.backward(lossGradient(network.forward(batch), batch));

            List<LayerAccount> account = network.takeAccount(2);
            long maps = 2 * 5 * 9 * 16;
            long head = 2 * 5 * 16 * 3;
            assertThat(account)
                    .containsExactly(
                            new LayerAccount(
                                    "layer_1", new MultiplyAdds(maps, 0, maps), new MultiplyAdds(maps, 0, maps)),
                            new LayerAccount(
                                    "head", new MultiplyAdds(head, head, head), new MultiplyAdds(head, head, head)));
        }
    }

    /** One or two convolutions and up to two fully connected layers. */
    private static NetworkShape shape(RandomGenerator random) {
        return shape(random, 3);
    }

    /** The same on images of so many pixels or a few more to each side. */
    private static NetworkShape shape(RandomGenerator random, int least) {
        Shape input = new Shape.Channels(1 + random.nextInt(2), least + random.nextInt(5), least + random.nextInt(5));
        while (true) {
            ImmutableList.Builder<LayerShape> drawn = ImmutableList.builder();
            for (int l = random.nextInt(2); l < 2; l++) {
                drawn.add(new Convolution(
                        1 + random.nextInt(5),
                        1 + random.nextInt(3),
                        Padding.values()[random.nextInt(2)],
                        1 + random.nextInt(2),
                        Pooling.values()[random.nextInt(2)]));
            }
            for (int l = random.nextInt(3); l < 2; l++) {
                drawn.add(new FullyConnected(2 + random.nextInt(5)));
            }
            ImmutableList<LayerShape> layers = drawn.build();
            if (NetworkShape.misfit(input, layers).isEmpty()) {
                return new NetworkShape(input, layers);
            }
        }
    }

    private static Batch batch(NetworkShape shape, RandomGenerator random, int size) {
        int features = shape.input().features();
        Batch batch = new Batch(size, features);
        for (int row = 0; row < size; row++) {
            int at = batch.add(0, random.nextInt(OUTPUTS));
            for (int i = 0; i < features; i++) {
                batch.inputs()[at + i] = random.nextInt(4) == 0 ? 0 : (float) random.nextGaussian();
            }
        }
        return batch;
    }

    private static List<Integer> units(NetworkShape shape) {
        return shape.layers().stream().map(LayerShape::units).toList();
    }
}
