package sluice.gating;

/**
 * The running baselines of least variance, one per unit (Bengio, Léonard and Courville 2013): {@code N / D} with running
 * averages {@code N} of {@code score^2 L} and {@code D} of {@code score^2}. 0 until a score has been seen.
 */
final class LeastVarianceBaselines {
    private final double decay;
    private final double[] baselines;
    private final double[] weightedLosses;
    private final double[] weights;
    private final double[] newWeightedLosses;
    private final double[] newWeights;

    /**
     * @param decay rho of the running averages
     * @param baselines to start from [units]; copied
     */
    LeastVarianceBaselines(double decay, double[] baselines) {
        this.decay = decay;
        this.baselines = baselines.clone();
        this.weightedLosses = new double[baselines.length];
        this.weights = new double[baselines.length];
        this.newWeightedLosses = new double[baselines.length];
        this.newWeights = new double[baselines.length];
    }

    /** The baseline of the past. */
    double of(int unit) {
        return baselines[unit];
    }

    /** The unit to which a gate belongs, gates being numbered row by row. */
    int unit(int at) {
        return at % baselines.length;
    }

    /** Takes up a score and the loss that it met, as parts of their means over the rows. */
    void note(int unit, double score, double lossShare, int rows) {
        newWeightedLosses[unit] += score * score * lossShare;
        newWeights[unit] += score * score / rows;
    }

    void state(RunningState state) {
        state.doubles("baselines", baselines);
        state.doubles("weightedLosses", weightedLosses);
        state.doubles("weights", weights);
    }

    /** Updates the baselines by what was noted since. */
    void learn() {
        for (int i = 0; i < baselines.length; i++) {
            weightedLosses[i] = decay * weightedLosses[i] + (1 - decay) * newWeightedLosses[i];
            weights[i] = decay * weights[i] + (1 - decay) * newWeights[i];
            if (weights[i] > 0) {
                baselines[i] = weightedLosses[i] / weights[i];
            }
            newWeightedLosses[i] = 0;
            newWeights[i] = 0;
        }
    }
}
