package sluice.gating;

/** Wrong on purpose: running baselines that the sample enters before it is centred by them. */
final class UpdateThenUse extends BernoulliEstimation {
    private static final double DECAY = 0.9;

    private final double[] weightedLosses;
    private final double[] weights;

    UpdateThenUse(GateLayout layout) {
        super(layout, true, Probe.Upstream.NONE);
        weightedLosses = new double[layout.units()];
        weights = new double[layout.units()];
    }

    @Override
    double gradient(int row, int at, int l) {
        double loss = probe().losses()[row];
        double score = score(at, l);
        weightedLosses[l] = DECAY * weightedLosses[l] + (1 - DECAY) * score * score * loss;
        weights[l] = DECAY * weights[l] + (1 - DECAY) * score * score;
        return score * (loss - weightedLosses[l] / weights[l]);
    }
}
