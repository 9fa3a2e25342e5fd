package sluice.framework.discriminant;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.LogitAdam;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GateModel;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.UnitSet;

/** Gate logits that learn on {@link GateErrors}: an estimator's gradient, the penalty on open gates, a step of Adam. */
final class GateUpdater {
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
    GateUpdater(GateSettings settings, double[] logits, RandomGenerator noise) {
        this.settings = settings;
        this.model = settings.estimator().model(settings.neuron());
        this.logits = logits;
        this.noise = noise;
        this.estimation =
                settings.estimator().begin(new GateLayout(settings.neuron(), Granularity.MINI_BATCH, logits.length, 1));
    }

    void learn(GateErrors errors, int steps) {
        double[] gradient = new double[logits.length];
        LogitAdam adam = new LogitAdam(settings.learningRate(), logits.length);
        UnitSet unused = UnitSet.none(logits.length);
        for (int step = 0; step < steps; step++) {
            Progress progress = new Progress(0, 1, step, steps);
            double slope = settings.slope().at(progress);
            estimation.draw(logits, slope, progress, 1, noise);
            for (int probe : estimation.evaluationOrder()) {
                answer(estimation.probes().get(probe), errors);
            }
            estimation.gradient(gradient);
            settings.sparsity().addGradient(logits, slope, model, unused, 1, gradient);
            adam.beginStep(step + 1L);
            for (int i = 0; i < logits.length; i++) {
                double moved = adam.moved(i, logits[i], gradient[i]);
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
