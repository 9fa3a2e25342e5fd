package sluice.framework.internal.step;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import sluice.framework.EveryEstimator;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.TaskParameters;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.normalisation.Normalised;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

/** One task on a random small network, convolutional or not, with random frozen subnetworks, and a tap on what its gates are asked and told. */
final class StepFixture {
    static final int CLASSES = 3;

    final List<Layer> hidden = new ArrayList<>();
    final TaskState task;
    final Examples examples;
    final Granularity granularity;
    final Tap tap;
    ConsolidatedSubnetworks consolidated;

    StepFixture(long seed, Granularity granularity, GradientEstimator estimator, int tasks, int batch) {
        SplittableRandom random = new SplittableRandom(seed);
        this.granularity = granularity;
        NetworkShape shape = randomlyNormalised(randomShape(random), random);
        int inputs = shape.input().features();
        List<Connection> connections = shape.connections();
        for (int l = 0; l < connections.size(); l++) {
            int units = shape.layers().get(l).units();
            Layer layer = Layer.heUniform(units, shape.below(l), connections.get(l), random);
            for (int j = 0; j < units; j++) {
                layer.biases()[j] = (float) random.nextDouble(-0.5, 0.5);
            }
            hidden.add(layer);
        }
        List<Integer> widths = hidden.stream().map(Layer::units).toList();
        consolidated = ConsolidatedSubnetworks.none(widths);
        for (int t = 0; t < tasks; t++) {
            consolidated = consolidated.with("old " + t, randomSubnetwork(widths, random));
        }
        List<double[]> logits = widths.stream()
                .map(units -> random.doubles(units, -2, 2).toArray())
                .toList();
        task = new TaskState(
                "new",
                ImmutableList.of(0, 1, 2),
                Layer.heUniform(CLASSES, shape.below(widths.size()), shape.head(), random),
                logits,
                hidden.stream().map(layer -> own(layer, random)).collect(ImmutableList.toImmutableList()),
                Optional.empty());
        float[] values = new float[batch * inputs];
        int[] labels = new int[batch];
        boolean[] absent = new boolean[inputs];
        for (int i = 0; i < inputs; i++) {
            absent[i] = random.nextInt(5) == 0;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = absent[i % inputs] ? 0 : (float) random.nextDouble(-1, 1);
        }
        for (int i = 0; i < batch; i++) {
            labels[i] = random.nextInt(CLASSES);
        }
        examples = Examples.of(values, inputs, labels);
        tap = new Tap(estimator);
    }

    private static NetworkShape randomShape(SplittableRandom random) {
        ImmutableList.Builder<LayerShape> layers = ImmutableList.builder();
        if (random.nextBoolean()) {
            for (int l = 0; l < 1 + random.nextInt(3); l++) {
                layers.add(new FullyConnected(1 + random.nextInt(random.nextInt(4) == 0 ? 70 : 9)));
            }
            return new NetworkShape(new Shape.Vector(7), layers.build());
        }
        Shape input = new Shape.Channels(1 + random.nextInt(2), 3 + random.nextInt(5), 3 + random.nextInt(5));
        List<LayerShape> drawn = new ArrayList<>();
        for (int l = 0; l < 1 + random.nextInt(2); l++) {
            Padding padding = random.nextBoolean() ? Padding.SAME : Padding.VALID;
            Pooling pooling = random.nextBoolean() ? Pooling.MAX : Pooling.AVERAGE;
            drawn.add(new Convolution(
                    1 + random.nextInt(6), 1 + random.nextInt(3), padding, 1 + random.nextInt(2), pooling));
            if (NetworkShape.misfit(input, drawn).isPresent()) {
                drawn.remove(l);
                break;
            }
        }
        if (drawn.isEmpty() || random.nextBoolean()) {
            drawn.add(new FullyConnected(1 + random.nextInt(30)));
        }
        return new NetworkShape(input, ImmutableList.copyOf(drawn));
    }

    private static NetworkShape randomlyNormalised(NetworkShape shape, SplittableRandom random) {
        if (random.nextBoolean()) {
            return shape;
        }
        return new NetworkShape(
                shape.input(),
                shape.layers().stream()
                        .map(layer -> random.nextInt(4) > 0 ? Normalised.byBatch(layer) : layer)
                        .collect(ImmutableList.toImmutableList()));
    }

    /** As a task may have it when it has trained for a while. */
    private static TaskParameters own(Layer layer, RandomGenerator random) {
        TaskParameters own = layer.connection().normalisation().initial(layer.units());
        for (float[] each : own.values()) {
            for (int unit = 0; unit < each.length; unit++) {
                each[unit] += (float) random.nextDouble(-0.5, 0.5);
            }
        }
        return own;
    }

    /** What the task has for itself, as it is now. */
    List<TaskParameters> own() {
        return task.own().stream()
                .map(own -> new TaskParameters(
                        Arrays.stream(own.values()).map(float[]::clone).toArray(float[][]::new)))
                .toList();
    }

    boolean normalised(int layer) {
        return layer < hidden.size() && task.own().get(layer).perUnit() > 0;
    }

    private static Subnetwork randomSubnetwork(List<Integer> widths, RandomGenerator random) {
        return new Subnetwork(widths.stream()
                .map(units -> {
                    BitSet open = new BitSet();
                    for (int i = 0; i < units; i++) {
                        open.set(i, random.nextDouble() < 0.4);
                    }
                    return UnitSet.of(units, open);
                })
                .collect(ImmutableList.toImmutableList()));
    }

    TaskTraining training(Optimizer optimizer, double clip, Lanes lanes) {
        GateSettings defaults = GateSettings.DEFAULT;
        return new TaskTraining(
                new TaskInNetwork(hidden, task, consolidated),
                new TaskExamples(examples, Normalisation.NONE),
                EveryEstimator.served(defaults.withGranularity(granularity), tap.real)
                        .withEstimator(tap),
                new TrainingSettings(1, examples.size(), optimizer, clip),
                new TaskStreams(new RandomStreams(5), 0),
                lanes);
    }

    /** Layers from the lowest to the head. */
    List<Layer> layers() {
        List<Layer> all = new ArrayList<>(hidden);
        all.add(task.head());
        return all;
    }

    /** Whether the engine leaves the weight alone: both units are used, by one old task or by two. */
    boolean rests(int layer, int unit, int input) {
        int unitBelow = input / layers().get(layer).span();
        boolean inputUsed = layer == 0 || consolidated.used(layer - 1).contains(unitBelow);
        return inputUsed && consolidated.used(layer).contains(unit);
    }

    /** Inputs that are 0 in every example count as closed, unless they belong to an image. */
    boolean inputActive(int input) {
        if (hidden.get(0).connection().takesEveryInput()) {
            return true;
        }
        for (int e = 0; e < examples.size(); e++) {
            if (examples.row(e)[input] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Probes of a step. */
    int probes() {
        return tap.probes.get(0).size();
    }

    /** The gates of the last step that weights learn from, per layer, for every row of a batch. */
    double[][][] gates(int batch) {
        int teaching = 0;
        while (!tap.probes.get(0).get(teaching).trainsWeights()) {
            teaching++;
        }
        return gates(teaching, batch);
    }

    /** The gates of one probe of the last step, per layer, for every row of a batch. */
    double[][][] gates(int index, int batch) {
        double[][][] gates = new double[hidden.size()][batch][];
        for (int l = 0; l < gates.length; l++) {
            Probe probe = tap.probes.get(l).get(index);
            for (int b = 0; b < batch; b++) {
                int row = probe.rows() == 1 ? 0 : b;
                gates[l][b] = Arrays.copyOfRange(probe.gates(), row * probe.units(), (row + 1) * probe.units());
            }
        }
        return gates;
    }

    /** Passes on to a real estimator, and keeps hold of the probes. */
    static final class Tap implements GradientEstimator {
        private final GradientEstimator real;
        final List<List<Probe>> probes = new ArrayList<>();

        Tap(GradientEstimator real) {
            this.real = real;
        }

        @Override
        public String name() {
            return "tap";
        }

        @Override
        public GateEstimation begin(GateLayout layout) {
            GateEstimation estimation = real.begin(layout);
            probes.add(estimation.probes());
            return new GateEstimation() {
                @Override
                public List<Probe> probes() {
                    return estimation.probes();
                }

                @Override
                public void draw(
                        double[] logits, double slope, Progress progress, int batchSize, RandomGenerator noise) {
                    estimation.draw(logits, slope, progress, batchSize, noise);
                }

                @Override
                public void gradient(double[] into) {
                    estimation.gradient(into);
                }
            };
        }
    }
}
