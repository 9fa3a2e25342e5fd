package sluice.framework;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GateModel;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.UnitSet;

/** The gates of one layer while a task trains: logits, their estimation, and Adam for the logits. */
final class GateTraining {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final GateSettings settings;
    private final double[] logits;
    private final UnitSet used;
    private final int layers;
    private final RandomGenerator noise;
    private final GateEstimation estimation;
    private final double[] gradient;
    private final double[] first;
    private final double[] second;
    private final boolean[] open;
    private double slope;

    /**
     * @param logits [units], trained in place
     * @param used units that a consolidated task uses
     * @param layers hidden layers of the network
     */
    GateTraining(
            GateSettings settings, double[] logits, UnitSet used, int layers, int batchSize, RandomGenerator noise) {
        this.settings = settings;
        this.logits = logits;
        this.used = used;
        this.layers = layers;
        this.noise = noise;
        this.estimation = settings.estimator()
                .begin(new GateLayout(settings.neuron(), settings.granularity(), logits.length, batchSize));
        this.gradient = new double[logits.length];
        this.first = new double[logits.length];
        this.second = new double[logits.length];
        this.open = new boolean[logits.length];
    }

    /** What a step runs, one after another; weights learn from one of them. */
    List<Probe> probes() {
        return estimation.probes();
    }

    /** Draws the gates of a step. */
    void draw(Progress progress, int batchSize) {
        slope = settings.slope().at(progress);
        estimation.draw(logits, slope, progress, batchSize, noise);
        Arrays.fill(open, false);
        for (Probe probe : probes()) {
            findOpenUnits(probe);
        }
    }

    private void findOpenUnits(Probe probe) {
        double[] gates = probe.gates();
        for (int row = 0, at = 0; row < probe.rows(); row++) {
            for (int i = 0; i < open.length; i++, at++) {
                open[i] |= gates[at] != 0;
                check(probe, gates[at]);
            }
        }
    }

    /** A binary open gate is passed on as it is: anything but 0 and 1 would be taken for 1. */
    private void check(Probe probe, double gate) {
        boolean binary = probe.values() == Probe.Values.BINARY;
        if (binary ? gate != 0 && gate != 1 : !Double.isFinite(gate)) {
            throw new IllegalArgumentException("estimator %s drew a gate of %s where %s"
                    .formatted(settings.estimator().name(), gate, binary ? "gates are 0 or 1" : "gates are finite"));
        }
    }

    /** Units open in any row of any probe of the last draw. */
    boolean[] open() {
        return open;
    }

    /** Tells the estimation what the loss of a probe was, per example and in the mean. */
    void answer(int index, double meanLoss, double[] losses) {
        Probe probe = probes().get(index);
        if (probe.needsLoss()) {
            if (probe.rows() == 1) {
                probe.losses()[0] = meanLoss;
            } else {
                System.arraycopy(losses, 0, probe.losses(), 0, probe.rows());
            }
        }
    }

    /** Moves the logits, from the answers in the probes. */
    void update(long step) {
        estimation.gradient(gradient);
        GateModel model = settings.model();
        settings.sparsity().addGradient(logits, slope, model, used, layers, gradient);
        double rate = settings.learningRate() / (1 - Math.pow(BETA1, (double) step));
        double rootCorrection = 1 / Math.sqrt(1 - Math.pow(BETA2, (double) step));
        for (int i = 0; i < logits.length; i++) {
            double slopeOfLoss = gradient[i] * settings.slope().compensation(slope, logits[i]);
            first[i] = BETA1 * first[i] + (1 - BETA1) * slopeOfLoss;
            second[i] = BETA2 * second[i] + (1 - BETA2) * slopeOfLoss * slopeOfLoss;
            double moved = logits[i] - rate * first[i] / (Math.sqrt(second[i]) * rootCorrection + EPSILON);
            logits[i] = model.clamp(moved, slope, settings.logitLimit());
        }
    }
}
