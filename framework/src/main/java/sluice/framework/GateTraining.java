package sluice.framework;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.gating.GateActivation;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.Probe;
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
    private Probe probe;
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

    /** Draws the gates of a step. */
    Probe draw(double newSlope, int batchSize) {
        slope = newSlope;
        List<Probe> probes = estimation.draw(logits, slope, batchSize, noise);
        if (probes.size() != 1) {
            throw new IllegalArgumentException(
                    "estimator %s wants %d evaluations of the loss per step; training runs one"
                            .formatted(settings.estimator().name(), probes.size()));
        }
        probe = probes.get(0);
        findOpenUnits();
        return probe;
    }

    /** An open unit is passed on as it is, not multiplied by its gate: anything but 0 and 1 would be taken for 1. */
    private void findOpenUnits() {
        double[] gates = probe.gates();
        Arrays.fill(open, false);
        for (int row = 0, at = 0; row < probe.rows(); row++) {
            for (int i = 0; i < open.length; i++, at++) {
                if (gates[at] == 1) {
                    open[i] = true;
                } else if (gates[at] != 0) {
                    throw new IllegalArgumentException("estimator %s drew a gate of %s; training takes gates of 0 or 1"
                            .formatted(settings.estimator().name(), gates[at]));
                }
            }
        }
    }

    /** Units open in any row of the last draw. */
    boolean[] open() {
        return open;
    }

    /** Tells the estimation what the loss was, per example and in the mean. */
    void answer(double meanLoss, double[] losses) {
        if (probe.needsLoss()) {
            if (probe.rows() == 1) {
                probe.losses()[0] = meanLoss;
            } else {
                System.arraycopy(losses, 0, probe.losses(), 0, probe.rows());
            }
        }
    }

    /** Moves the logits, from the answers in the probe. */
    void update(long step) {
        estimation.gradient(gradient);
        settings.sparsity().addGradient(logits, slope, activation(), used, layers, gradient);
        double rate = settings.learningRate() / (1 - Math.pow(BETA1, (double) step));
        double rootCorrection = 1 / Math.sqrt(1 - Math.pow(BETA2, (double) step));
        for (int i = 0; i < logits.length; i++) {
            first[i] = BETA1 * first[i] + (1 - BETA1) * gradient[i];
            second[i] = BETA2 * second[i] + (1 - BETA2) * gradient[i] * gradient[i];
            double moved = logits[i] - rate * first[i] / (Math.sqrt(second[i]) * rootCorrection + EPSILON);
            logits[i] = activation().clamp(moved, slope, settings.logitLimit());
        }
    }

    private GateActivation activation() {
        return settings.neuron().activation();
    }
}
