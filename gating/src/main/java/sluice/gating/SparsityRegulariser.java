package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

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

    /**
     * Adds the gradient of the charge where the layer's units lie in groups and the softmax of the groups' logits is the
     * probability that each is the open one.
     *
     * @param logits theta [groups]
     * @param slope s, above 0
     * @param unused per group, its units that no consolidated task uses
     * @param layers hidden layers of the network
     * @param gradient [groups], added to
     */
    public void addGroupGradient(double[] logits, double slope, int[] unused, int layers, double[] gradient) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        double partition = 0;
        double expected = 0;
        for (int g = 0; g < logits.length; g++) {
            double power = Math.exp(slope * (logits[g] - largest));
            partition += power;
            expected += power * unused[g];
        }
        expected /= partition;
        double perUnit = weight / layers / Math.max(1, Arrays.stream(unused).sum());
        for (int g = 0; g < logits.length; g++) {
            double probability = Math.exp(slope * (logits[g] - largest)) / partition;
            gradient[g] += perUnit * slope * probability * (unused[g] - expected);
        }
    }

    private double perUnit(UnitSet used, int layers) {
        return weight / layers / Math.max(1, used.universe() - used.size());
    }
}
