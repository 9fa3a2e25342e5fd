package sluice.gating;

import java.util.List;
import java.util.random.RandomGenerator;

/** Wrong on purpose: running baselines that the sample enters before it is centred by them. */
final class UpdateThenUse implements GateEstimation {
    private static final double DECAY = 0.9;

    private final BernoulliGates gates;
    private final double[] weightedLosses;
    private final double[] weights;

    UpdateThenUse(GateLayout layout) {
        gates = new BernoulliGates(layout, true, Probe.Upstream.NONE);
        weightedLosses = new double[layout.units()];
        weights = new double[layout.units()];
    }

    @Override
    public List<Probe> draw(double[] logits, double slope, int batchSize, RandomGenerator noise) {
        return gates.draw(logits, slope, batchSize, noise);
    }

    @Override
    public void gradient(double[] into) {
        double loss = gates.probe().losses()[0];
        for (int i = 0; i < into.length; i++) {
            double score = gates.score(0, i);
            weightedLosses[i] = DECAY * weightedLosses[i] + (1 - DECAY) * score * score * loss;
            weights[i] = DECAY * weights[i] + (1 - DECAY) * score * score;
            into[i] = score * (loss - weightedLosses[i] / weights[i]);
        }
    }
}
