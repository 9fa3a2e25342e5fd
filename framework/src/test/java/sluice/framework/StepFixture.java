package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import sluice.framework.kernel.Lanes;
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

/** One task on a random small network with random frozen subnetworks, and a tap on what its gates are asked and told. */
final class StepFixture {
    static final int INPUTS = 7;
    static final int CLASSES = 3;

    final List<DenseLayer> hidden = new ArrayList<>();
    final TaskState task;
    final Examples examples;
    final Granularity granularity;
    final Tap tap;
    ConsolidatedSubnetworks consolidated;

    StepFixture(long seed, Granularity granularity, GradientEstimator estimator, int tasks, int batch) {
        SplittableRandom random = new SplittableRandom(seed);
        this.granularity = granularity;
        List<Integer> widths = new ArrayList<>();
        int below = INPUTS;
        for (int l = 0; l < 1 + random.nextInt(3); l++) {
            int units = 1 + random.nextInt(random.nextInt(4) == 0 ? 70 : 9);
            DenseLayer layer = DenseLayer.heUniform(units, below, random);
            for (int j = 0; j < units; j++) {
                layer.biases()[j] = (float) random.nextDouble(-0.5, 0.5);
            }
            hidden.add(layer);
            widths.add(units);
            below = units;
        }
        consolidated = ConsolidatedSubnetworks.none(widths);
        for (int t = 0; t < tasks; t++) {
            consolidated = consolidated.with("old " + t, randomSubnetwork(widths, random));
        }
        List<double[]> logits = widths.stream()
                .map(units -> random.doubles(units, -2, 2).toArray())
                .toList();
        task = new TaskState("new", ImmutableList.of(0, 1, 2), DenseLayer.heUniform(CLASSES, below, random), logits);
        float[] values = new float[batch * INPUTS];
        int[] labels = new int[batch];
        boolean[] absent = new boolean[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            absent[i] = random.nextInt(5) == 0;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = absent[i % INPUTS] ? 0 : (float) random.nextDouble(-1, 1);
        }
        for (int i = 0; i < batch; i++) {
            labels[i] = random.nextInt(CLASSES);
        }
        examples = Examples.of(values, INPUTS, labels);
        tap = new Tap(estimator);
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
                hidden,
                task,
                consolidated,
                examples,
                Normalisation.NONE,
                EveryEstimator.served(defaults.withGranularity(granularity), tap.real)
                        .withEstimator(tap),
                new TrainingSettings(1, examples.size(), optimizer, clip),
                new RandomStreams(5),
                0,
                lanes);
    }

    /** Layers from the lowest to the head. */
    List<DenseLayer> layers() {
        List<DenseLayer> all = new ArrayList<>(hidden);
        all.add(task.head());
        return all;
    }

    /** Whether the engine leaves the weight alone: both units are used, by one old task or by two. */
    boolean rests(int layer, int unit, int input) {
        boolean inputUsed = layer == 0 || consolidated.used(layer - 1).contains(input);
        return inputUsed && consolidated.used(layer).contains(unit);
    }

    /** Inputs that are 0 in every example count as closed. */
    boolean inputActive(int input) {
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
        while (!tap.probes.get(0).get(teaching).teaches()) {
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
