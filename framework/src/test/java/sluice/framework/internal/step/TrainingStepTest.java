package sluice.framework.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import sluice.framework.EveryEstimator;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.framework.optimizer.Optimizer;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.NoisyRectifier;
import sluice.gating.Probe;
import sluice.gating.StraightThrough;

/**
 * The engine's step against the reference, over random networks, dense and convolutional, gates and frozen sets. With plain SGD the movement of a
 * parameter is its gradient, so that every combination of open, closed, frozen and free is seen from outside.
 */
@Tag("slow")
class TrainingStepTest {
    private static final double RATE = 1;
    /** A step so large that what a weight held before is lost in rounding: its movement is its gradient, to 24 bits. */
    private static final double HUGE_RATE = 1 << 20;

    private static final int BATCH = 5;

    private static final double MARGIN = 1e-5;

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void slicedAndMaskedComputationGiveTheSameGradients(
            @ForAll long seed,
            @ForAll Granularity granularity,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll @IntRange(max = 3) int oldTasks,
            @ForAll @IntRange(min = 1, max = 3) int laneCount) {
        StepFixture fixture = new StepFixture(seed, granularity, estimator, oldTasks, BATCH);
        List<Layer> before = fixture.layers().stream().map(Layer::copy).toList();
        List<TaskParameters> own = fixture.own();

        try (Lanes lanes = Lanes.startSharing(laneCount);
                TaskTraining training = fixture.training(Optimizer.sgd(HUGE_RATE), Double.POSITIVE_INFINITY, lanes)) {
            training.step(0);
            training.writeBack();
        }

        ReferenceNetwork masked = new ReferenceNetwork(before, own, fixture.gates(BATCH));
        // a value of 1e-7 in doubles may be -1e-7 in floats: there the two sides of a kink would be compared
        Assume.that(masked.marginOfKinks(inputs(fixture, new int[] {0, 1, 2, 3, 4})) > MARGIN);
        masked.backward(inputs(fixture, new int[] {0, 1, 2, 3, 4}), fixture.examples.labels());
        double difference = 0;
        double norm = 0;
        for (int l = 0; l < before.size(); l++) {
            Layer layer = before.get(l);
            for (int at = 0; at < layer.weights().length; at++) {
                double dense = maskedGradient(fixture, masked, l, at / layer.inputs(), at % layer.inputs());
                double sliced =
                        (layer.weights()[at] - (double) fixture.layers().get(l).weights()[at]) / HUGE_RATE;
                difference += (sliced - dense) * (sliced - dense);
                norm += dense * dense;
            }
            for (int j = 0; j < layer.units(); j++) {
                boolean frozen = l < fixture.hidden.size() && fixture.consolidated.biasFrozen(l, j);
                double dense = frozen || fixture.normalised(l) ? 0 : masked.dBiases[l][j];
                double sliced =
                        (layer.biases()[j] - (double) fixture.layers().get(l).biases()[j]) / HUGE_RATE;
                difference += (sliced - dense) * (sliced - dense);
                norm += dense * dense;
            }
            for (int j = 0; j < layer.units() && fixture.normalised(l); j++) {
                float[][] moved = fixture.task.own().get(l).values();
                double gamma = (own.get(l).values()[0][j] - (double) moved[0][j]) / HUGE_RATE;
                double beta = (own.get(l).values()[1][j] - (double) moved[1][j]) / HUGE_RATE;
                difference += Math.pow(gamma - masked.dScales[l][j], 2) + Math.pow(beta - masked.dBiases[l][j], 2);
                norm += Math.pow(masked.dScales[l][j], 2) + Math.pow(masked.dBiases[l][j], 2);
            }
        }
        double magnification =
                Math.max(1, magnification(estimator, masked, inputs(fixture, new int[] {0, 1, 2, 3, 4})));
        // in floats a probability near 1 is known to its last place alone: so is a gradient that is nearly 0
        assertThat(Math.sqrt(difference)).isLessThanOrEqualTo(2e-6 * magnification * Math.max(Math.sqrt(norm), 0.02));
    }

    /** The gradient of a dense network whose closed units were multiplied by 0, with 0 in the frozen block. */
    private static double maskedGradient(StepFixture fixture, ReferenceNetwork masked, int l, int unit, int input) {
        return l < fixture.hidden.size() && fixture.rests(l, unit, input) ? 0 : masked.dWeights[l][unit][input];
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void openFreeEntriesMoveByTheExactGradientAndAllOthersKeepEveryBit(
            @ForAll long seed,
            @ForAll Granularity granularity,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll @IntRange(max = 3) int oldTasks,
            @ForAll @IntRange(max = 3) int stepsBefore,
            @ForAll @IntRange(min = 1, max = 3) int laneCount) {
        StepFixture fixture = new StepFixture(seed, granularity, estimator, oldTasks, BATCH);
        List<Layer> before;
        List<TaskParameters> own;

        double loss;
        try (Lanes lanes = Lanes.startSharing(laneCount);
                TaskTraining training = fixture.training(Optimizer.sgd(RATE), Double.POSITIVE_INFINITY, lanes)) {
            for (int step = 0; step < stepsBefore; step++) {
                training.step(0);
            }
            training.writeBack();
            before = fixture.layers().stream().map(Layer::copy).toList();
            own = fixture.own();
            loss = training.step(0);
            training.writeBack();
        }

        double[][][] gates = fixture.gates(BATCH);
        ReferenceNetwork reference = new ReferenceNetwork(before, own, gates);
        double[][] x = inputs(fixture, new int[] {0, 1, 2, 3, 4});
        int[] labels = fixture.examples.labels();
        reference.backward(x, labels);
        assertThat(loss)
                .isCloseTo(
                        reference.loss(x, labels), within(1e-5 * Math.max(1, magnification(estimator, reference, x))));
        for (int l = 0; l < before.size(); l++) {
            checkLayer(
                    fixture,
                    l,
                    before.get(l),
                    reference,
                    gates,
                    2e-6 * Math.max(1, magnification(estimator, reference, x)));
        }
        checkOwn(fixture, own, reference, 2e-6 * Math.max(1, magnification(estimator, reference, x)));
        checkAnswers(fixture, estimator, before, own, x, labels);
    }

    /** What the task has of open units for itself, which earlier tasks freeze nothing of. */
    private static void checkOwn(
            StepFixture fixture, List<TaskParameters> own, ReferenceNetwork reference, double tolerance) {
        for (int l = 0; l < fixture.hidden.size(); l++) {
            if (!fixture.normalised(l)) {
                continue;
            }
            float[][] before = own.get(l).values();
            float[][] after = fixture.task.own().get(l).values();
            Layer layer = fixture.hidden.get(l);
            int values = BATCH * layer.connection().positions();
            for (int j = 0; j < layer.units(); j++) {
                int unit = j;
                if (fixture.tap.probes.get(l).stream().noneMatch(probe -> open(probe, unit))) {
                    for (int number = 0; number < before.length; number++) {
                        assertThat(after[number][j]).isEqualTo(before[number][j]);
                    }
                    continue;
                }
                double unbiased = reference.variances[l][j] * values / (values - 1);
                assertThat(moved(before[0][j], after[0][j]))
                        .isCloseTo(reference.dScales[l][j], within(tolerance + lastPlace(before[0][j])));
                assertThat(moved(before[1][j], after[1][j]))
                        .isCloseTo(reference.dBiases[l][j], within(tolerance + lastPlace(before[1][j])));
                assertThat((double) after[2][j])
                        .isCloseTo(0.9 * before[2][j] + 0.1 * reference.means[l][j], within(tolerance));
                double variance = 0.9 * before[3][j] + 0.1 * unbiased;
                assertThat((double) after[3][j]).isCloseTo(variance, within(tolerance * Math.max(1, variance)));
            }
        }
    }

    /** Gates above 1, which noisy rectifiers alone have without bound, magnify all that is rounded on the way; so does what varies little and is normalised. */
    private static double magnification(GradientEstimator estimator, ReferenceNetwork reference, double[][] x) {
        return reference.magnification(x) * (estimator instanceof NoisyRectifier ? reference.size(x) : 1);
    }

    private static double[][] inputs(StepFixture fixture, int[] order) {
        double[][] x = new double[order.length][fixture.examples.features()];
        for (int b = 0; b < order.length; b++) {
            float[] row = fixture.examples.row(order[b]);
            for (int i = 0; i < row.length; i++) {
                x[b][i] = row[i];
            }
        }
        return x;
    }

    private static void checkLayer(
            StepFixture fixture,
            int l,
            Layer before,
            ReferenceNetwork reference,
            double[][][] gates,
            double tolerance) {
        Layer after = fixture.layers().get(l);
        boolean head = l == fixture.hidden.size();
        double scale = largest(reference.dWeights[l]);
        for (int j = 0; j < before.units(); j++) {
            boolean unitOpen = head || open(gates[l], j);
            for (int i = 0; i < before.inputs(); i++) {
                int at = j * before.inputs() + i;
                boolean inputOpen = l == 0 ? fixture.inputActive(i) : open(gates[l - 1], i / before.span());
                boolean free = head || !fixture.rests(l, j, i);
                if (unitOpen && inputOpen && free) {
                    assertThat(moved(before.weights()[at], after.weights()[at]))
                            .isCloseTo(
                                    reference.dWeights[l][j][i],
                                    within(tolerance * Math.max(scale, 0.1) + lastPlace(before.weights()[at])));
                } else {
                    assertThat(Float.floatToRawIntBits(after.weights()[at]))
                            .isEqualTo(Float.floatToRawIntBits(before.weights()[at]));
                }
            }
            boolean biasFree = head || (unitOpen && !fixture.normalised(l) && !fixture.consolidated.biasFrozen(l, j));
            if (biasFree) {
                assertThat(moved(before.biases()[j], after.biases()[j]))
                        .isCloseTo(reference.dBiases[l][j], within(tolerance / 2 + lastPlace(before.biases()[j])));
            } else {
                assertThat(after.biases()[j]).isEqualTo(before.biases()[j]);
            }
        }
    }

    /** The gradient that a parameter followed, as plain SGD shows it. */
    private static double moved(float before, float after) {
        return (before - (double) after) / RATE;
    }

    /** What a parameter that moves is rounded to, which is of the parameter's size and not of its gradient's. */
    private static double lastPlace(float parameter) {
        return Math.ulp(parameter) / RATE;
    }

    private static boolean open(double[][] gates, int unit) {
        for (double[] row : gates) {
            if (row[unit] != 0) {
                return true;
            }
        }
        return false;
    }

    private static double largest(double[][] values) {
        double largest = 0;
        for (double[] row : values) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    /** What the estimator is told of each probe: the gradient at every gate, closed ones included, the loss per sample. */
    private static void checkAnswers(
            StepFixture fixture,
            GradientEstimator estimator,
            List<Layer> before,
            List<TaskParameters> own,
            double[][] x,
            int[] labels) {
        for (int p = 0; p < fixture.probes(); p++) {
            ReferenceNetwork reference = new ReferenceNetwork(before, own, fixture.gates(p, BATCH));
            reference.backward(x, labels);
            double[] losses = reference.losses(x, labels);
            double size = Math.max(1, magnification(estimator, reference, x));
            for (int l = 0; l < fixture.hidden.size(); l++) {
                Probe probe = fixture.tap.probes.get(l).get(p);
                if (probe.needsUpstream()) {
                    checkUpstream(probe, reference.dGates[l], 1e-6 * size);
                }
                for (int b = 0; b < probe.rows() && probe.needsLoss(); b++) {
                    double expected = probe.rows() == 1 ? reference.loss(x, labels) : losses[b];
                    assertThat(probe.losses()[b]).isCloseTo(expected, within(1e-5 * size));
                }
            }
        }
    }

    private static boolean open(Probe probe, int unit) {
        for (int row = 0; row < probe.rows(); row++) {
            if (probe.gates()[row * probe.units() + unit] != 0) {
                return true;
            }
        }
        return false;
    }

    private static void checkUpstream(Probe probe, double[][] expected, double tolerance) {
        for (int unit = 0; unit < probe.units(); unit++) {
            if (!probe.needsClosedUpstream() && !open(probe, unit)) {
                continue;
            }
            if (probe.rows() == 1) {
                double sum = 0;
                for (double[] row : expected) {
                    sum += row[unit];
                }
                assertThat(probe.upstream()[unit]).isCloseTo(sum, within(tolerance * Math.max(1, Math.abs(sum))));
            } else {
                for (int b = 0; b < expected.length; b++) {
                    assertThat(probe.upstream()[b * probe.units() + unit])
                            .isCloseTo(expected[b][unit], within(tolerance));
                }
            }
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void theAccountIsThatOfAHandCount(
            @ForAll long seed,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll @IntRange(max = 3) int oldTasks) {
        StepFixture fixture = new StepFixture(seed, Granularity.MINI_BATCH, estimator, oldTasks, BATCH);

        List<LayerAccount> account;
        try (Lanes lanes = Lanes.start(1);
                TaskTraining training = fixture.training(Optimizer.sgd(RATE), Double.POSITIVE_INFINITY, lanes)) {
            training.step(0);
            account = training.account();
        }

        assertThat(account.stream().map(LayerAccount::done).toList()).isEqualTo(handCount(fixture));
    }

    /** From the gates and the used units alone, weight by weight. */
    private static List<MultiplyAdds> handCount(StepFixture fixture) {
        int layers = fixture.hidden.size();
        List<MultiplyAdds> counts = new ArrayList<>();
        for (int l = 0; l <= layers; l++) {
            long forward = 0;
            long inputGradient = 0;
            long weightGradient = 0;
            // the lowest layer's products serve all probes
            int forwardPasses = l == 0 ? 1 : fixture.probes();
            int backwardPasses = backwardPasses(fixture, l - 1);
            Layer layer = fixture.layers().get(l);
            int uses = BATCH * layer.connection().positions();
            for (int j = 0; j < layer.units(); j++) {
                for (int i = 0; i < layer.inputs(); i++) {
                    int unitBelow = i / layer.span();
                    boolean below = l == 0 ? fixture.inputActive(i) : open(fixture, l - 1, unitBelow);
                    boolean open = l == layers || open(fixture, l, j);
                    forward += observed(fixture, l, j) && below ? uses * forwardPasses : 0;
                    inputGradient += open && l > 0 && observed(fixture, l - 1, unitBelow) ? uses * backwardPasses : 0;
                    weightGradient += open && below && (l == layers || !fixture.rests(l, j, i)) ? uses : 0;
                }
            }
            counts.add(new MultiplyAdds(forward, inputGradient, weightGradient));
        }
        return counts;
    }

    /** Whether any probe opens a unit. */
    private static boolean open(StepFixture fixture, int layer, int unit) {
        return IntStream.range(0, fixture.probes()).anyMatch(p -> fixture.gates(p, 1)[layer][0][unit] != 0);
    }

    private static boolean observed(StepFixture fixture, int layer, int unit) {
        boolean closedToo = layer < fixture.hidden.size()
                && fixture.tap.probes.get(layer).stream().anyMatch(Probe::needsClosedUpstream);
        return closedToo || layer == fixture.hidden.size() || open(fixture, layer, unit);
    }

    /** Probes whose gradient goes down to the output of a layer, because something there or below learns. */
    private static int backwardPasses(StepFixture fixture, int layer) {
        return (int) IntStream.range(0, fixture.probes())
                .filter(p -> IntStream.rangeClosed(0, layer).anyMatch(l -> learns(fixture, l, p)))
                .count();
    }

    private static boolean learns(StepFixture fixture, int layer, int index) {
        Probe probe = fixture.tap.probes.get(layer).get(index);
        return probe.needsUpstream() || (probe.trainsWeights() && anyFree(fixture, layer));
    }

    /** Whether an open unit has a free bias or a free weight from an open input. */
    private static boolean anyFree(StepFixture fixture, int layer) {
        Layer of = fixture.layers().get(layer);
        for (int j = 0; j < of.units(); j++) {
            if (!open(fixture, layer, j)) {
                continue;
            }
            if (fixture.normalised(layer) || !fixture.consolidated.biasFrozen(layer, j)) {
                return true;
            }
            for (int i = 0; i < of.inputs(); i++) {
                boolean below = layer == 0 ? fixture.inputActive(i) : open(fixture, layer - 1, i / of.span());
                if (below && !fixture.rests(layer, j, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Property(tries = 50)
    void clippingScalesTheFreeGradientToTheLimit(@ForAll long seed, @ForAll Granularity granularity) {
        double free = normOfMovement(seed, granularity, Double.POSITIVE_INFINITY);

        assertThat(normOfMovement(seed, granularity, 0.01)).isCloseTo(Math.min(0.01, free), within(1e-5));
        assertThat(normOfMovement(seed, granularity, 10 * free + 1)).isCloseTo(free, within(1e-9));
    }

    private static double normOfMovement(long seed, Granularity granularity, double clip) {
        StepFixture fixture = new StepFixture(seed, granularity, StraightThrough.DERIVATIVE, 2, BATCH);
        List<Layer> before = fixture.layers().stream().map(Layer::copy).toList();
        List<TaskParameters> own = fixture.own();
        try (Lanes lanes = Lanes.startSharing(2);
                TaskTraining training = fixture.training(Optimizer.sgd(RATE), clip, lanes)) {
            training.step(0);
            training.writeBack();
        }
        double squares = 0;
        for (int l = 0; l < before.size(); l++) {
            squares += squares(before.get(l).weights(), fixture.layers().get(l).weights());
            squares += squares(before.get(l).biases(), fixture.layers().get(l).biases());
            for (int number = 0; fixture.normalised(l) && number < 2; number++) {
                squares += squares(
                        own.get(l).values()[number], fixture.task.own().get(l).values()[number]);
            }
        }
        return Math.sqrt(squares) / RATE;
    }

    private static double squares(float[] before, float[] after) {
        double sum = 0;
        for (int i = 0; i < before.length; i++) {
            double moved = before[i] - (double) after[i];
            sum += moved * moved;
        }
        return sum;
    }
}
