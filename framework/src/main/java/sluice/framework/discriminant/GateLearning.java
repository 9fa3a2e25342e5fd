package sluice.framework.discriminant;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.framework.gates.GateSettings;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GateModel;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.UnitSet;

/** Gate logits that learn on {@link GateErrors}: an estimator's gradient, the charge on open gates, a step of Adam. */
final class GateLearning {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final GateSettings settings;
    private final GateModel model;
    private final double[] logits;
    private final GateEstimation estimation;
    private final RandomGenerator noise;

    /**
     * @param settings how gates are drawn and learned
     * @param logits moved in place
     * @param noise where gates are drawn from
     */
    GateLearning(GateSettings settings, double[] logits, RandomGenerator noise) {
        this.settings = settings;
        this.model = settings.estimator().model(settings.neuron());
        this.logits = logits;
        this.noise = noise;
        this.estimation =
                settings.estimator().begin(new GateLayout(settings.neuron(), Granularity.MINI_BATCH, logits.length, 1));
    }

    void learn(GateErrors errors, int steps) {
        double[] gradient = new double[logits.length];
        double[] first = new double[logits.length];
        double[] second = new double[logits.length];
        UnitSet unused = UnitSet.none(logits.length);
        for (int step = 0; step < steps; step++) {
            Progress progress = new Progress(0, 1, step, steps);
            double slope = settings.slope().at(progress);
            estimation.draw(logits, slope, progress, 1, noise);
            for (int probe : estimation.teachingLast()) {
                answer(estimation.probes().get(probe), errors);
            }
            estimation.gradient(gradient);
            settings.sparsity().addGradient(logits, slope, model, unused, 1, gradient);
            double rate = settings.learningRate() / (1 - Math.pow(BETA1, step + 1.0));
            double rootCorrection = 1 / Math.sqrt(1 - Math.pow(BETA2, step + 1.0));
            for (int i = 0; i < logits.length; i++) {
                first[i] = BETA1 * first[i] + (1 - BETA1) * gradient[i];
                second[i] = BETA2 * second[i] + (1 - BETA2) * gradient[i] * gradient[i];
                double moved = logits[i] - rate * first[i] / (Math.sqrt(second[i]) * rootCorrection + EPSILON);
                logits[i] = model.clamp(moved, slope, settings.logitLimit());
            }
        }
    }

    private static void answer(Probe probe, GateErrors errors) {
        double[] gates = Arrays.copyOf(probe.gates(), probe.units());
        if (probe.needsLoss()) {
            probe.losses()[0] = errors.loss(gates);
        }
        if (probe.needsUpstream()) {
            errors.differences(gates, probe.upstream());
        }
    }
}
