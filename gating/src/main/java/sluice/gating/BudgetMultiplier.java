package sluice.gating;

/**
 * What holds the expected open share of one layer to its {@link OpenBudget}, while one task trains: the method of
 * multipliers (Hestenes 1969; Powell 1969) on {@code mean p <= share}, one dual step per training step. The penalty on
 * the mean open probability is {@code max(0, lambda + PENALTY * excess)}, with {@code excess = mean p - share}, and then
 * {@code lambda = max(0, lambda + RATE * excess)}: it grows while too much is open, and falls again to 0 where less is.
 * Not thread-safe.
 */
public final class BudgetMultiplier {
    /** The penalty on the excess itself, which damps the swings of the multiplier. */
    private static final double PENALTY = 10;

    /** The dual step, per training step. */
    private static final double RATE = 0.1;

    private final OpenBudget budget;
    private double lambda;
    private double expected;

    /**
     * A multiplier of 0.
     *
     * @param budget what to keep to
     */
    public BudgetMultiplier(OpenBudget budget) {
        this.budget = budget;
    }

    /**
     * Adds the gradient of the penalty with respect to the logits, and takes the dual step. Every unit counts, used by an
     * earlier task or not.
     *
     * @param logits a [units] of one layer
     * @param slope s, above 0
     * @param model how logits become probabilities
     * @param gradient [units], added to
     */
    public void addGradient(double[] logits, double slope, GateModel model, double[] gradient) {
        addGradient(logits, logits.length, slope, model, gradient);
    }

    /**
     * The same of logits that examples have of their own, one after another.
     *
     * @param logits a [at least count] of one layer
     * @param count examples times units
     * @param slope s, above 0
     * @param model how logits become probabilities
     * @param gradient [at least count], added to
     */
    public void addGradient(double[] logits, int count, double slope, GateModel model, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += model.activity(logits[i], slope);
        }
        expected = sum / count;
        double excess = expected - budget.share();
        double perUnit = Math.max(0, lambda + PENALTY * excess) / count;
        lambda = Math.max(0, lambda + RATE * excess);
        if (perUnit > 0) {
            for (int i = 0; i < count; i++) {
                gradient[i] += perUnit * model.activityDerivative(logits[i], slope);
            }
        }
    }

    /**
     * Tells its running state, between steps.
     *
     * @param state keeps it, or gives what was kept
     */
    public void state(RunningState state) {
        lambda = state.number("lambda", lambda);
        expected = state.number("expected", expected);
    }

    /** {@return lambda, at least 0} */
    public double lambda() {
        return lambda;
    }

    /** {@return mean open probability of the layer at the last step, in [0, 1]} */
    public double expected() {
        return expected;
    }
}
