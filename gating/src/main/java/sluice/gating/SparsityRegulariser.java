package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A charge on open gates of units that no consolidated task uses yet: reuse is free, new units cost. Its value is
 * {@code weight / layers * sum over layers of mean over the layer's unused units of p}, the expected share of new units
 * that a task opens (as in Serrà et al. 2018, eq. 5, averaged per layer), and its gradient is exact.
 *
 * @param weight lambda, at least 0
 */
public record SparsityRegulariser(double weight) {
    /** Checks the range. */
    public SparsityRegulariser {
        checkArgument(weight >= 0 && Double.isFinite(weight), "sparsity must be at least 0 and finite, got %s", weight);
    }

    /**
     * @param logits a [units] of one layer
     * @param slope s, above 0
     * @param model how logits become probabilities
     * @param used units of the layer that a consolidated task uses
     * @param layers hidden layers of the network
     * @return this layer's part of the charge; 0 where no unit is unused
     */
    public double charge(double[] logits, double slope, GateModel model, UnitSet used, int layers) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            if (!used.contains(i)) {
                sum += model.activity(logits[i], slope);
            }
        }
        return sum * perUnit(used, layers);
    }

    /**
     * Adds the gradient of {@link #charge} with respect to the logits.
     *
     * @param logits a [units] of one layer
     * @param slope s, above 0
     * @param model how logits become probabilities
     * @param used units of the layer that a consolidated task uses
     * @param layers hidden layers of the network
     * @param gradient [units], added to
     */
    public void addGradient(
            double[] logits, double slope, GateModel model, UnitSet used, int layers, double[] gradient) {
        double perUnit = perUnit(used, layers);
        for (int i = 0; i < logits.length; i++) {
            if (!used.contains(i)) {
                gradient[i] += perUnit * model.activityDerivative(logits[i], slope);
            }
        }
    }

    private double perUnit(UnitSet used, int layers) {
        return weight / layers / Math.max(1, used.universe() - used.size());
    }
}
