package sluice.framework.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import sluice.gating.Granularity;
import sluice.gating.StraightThrough;

/** The reference that the engine is measured against is right by central differences. */
@Tag("slow")
class ReferenceNetworkTest {
    private static final double STEP = 1e-5;

    @Property(tries = 40)
    void gradientsEqualCentralDifferences(@ForAll long seed) {
        StepFixture fixture = new StepFixture(seed, Granularity.PER_EXAMPLE, StraightThrough.DERIVATIVE, 0, 4);
        SplittableRandom random = new SplittableRandom(seed);
        double[][][] gates = new double[fixture.hidden.size()][4][];
        for (int l = 0; l < gates.length; l++) {
            for (int b = 0; b < 4; b++) {
                gates[l][b] =
                        random.doubles(fixture.hidden.get(l).units(), 0, 1).toArray();
            }
        }
        ReferenceNetwork network = new ReferenceNetwork(fixture.layers(), fixture.own(), gates);
        double[][] x = new double[4][];
        int[] labels = new int[4];
        for (int b = 0; b < 4; b++) {
            x[b] = random.doubles(fixture.examples.features(), -1, 1).toArray();
            labels[b] = random.nextInt(StepFixture.CLASSES);
        }

        double magnification = network.magnification(x);
        // what hardly varies in the batch is bent so much by normalisation that differences say little
        Assume.that(magnification < 10);
        // their error goes by the third derivative
        double tolerance = 1e-7 * Math.pow(magnification, 3);

        network.backward(x, labels);

        for (int l = 0; l < network.weights.length; l++) {
            for (int j = 0; j < network.weights[l].length; j++) {
                check(network, x, labels, network.weights[l][j], network.dWeights[l][j], tolerance);
            }
            check(network, x, labels, network.biases[l], network.dBiases[l], tolerance);
            if (network.normalised[l]) {
                check(network, x, labels, network.scales[l], network.dScales[l], tolerance);
            }
        }
        for (int l = 0; l < gates.length; l++) {
            for (int b = 0; b < 4; b++) {
                check(network, x, labels, gates[l][b], network.dGates[l][b], tolerance);
            }
        }
    }

    private static void check(
            ReferenceNetwork network,
            double[][] x,
            int[] labels,
            double[] values,
            double[] gradients,
            double tolerance) {
        for (int i = 0; i < values.length; i++) {
            double kept = values[i];
            values[i] = kept + STEP;
            double above = network.loss(x, labels);
            List<Integer> piece = network.piece(x);
            values[i] = kept - STEP;
            double below = network.loss(x, labels);
            boolean smooth = network.piece(x).equals(piece);
            values[i] = kept;
            if (smooth) {
                assertThat((above - below) / (2 * STEP)).isCloseTo(gradients[i], within(tolerance));
            }
        }
    }
}
