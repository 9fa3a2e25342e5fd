package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/**
 * A penalty on open gates that prefers units which earlier tasks use, and which are frozen, to new ones where they serve as
 * well: a new unit has a price, and a used one a part of it, usually nothing. Its value is {@code weight / layers * sum over
 * layers of the mean over the layer's unused units of p}, the expected share of new units that a task opens (as in Serrà
 * et al. 2018, eq. 5, averaged per layer), and for used units {@code reusePrice} times the same per unit. As new units
 * become few, they become dear; used ones never cost more than {@value #DEAREST} times what a unit of an empty layer does.
 * The gradient is exact.
 *
 * @param weight lambda, at least 0
 * @param reusePrice what a used unit costs, as a part of what a new one does, in [0, 1]: 0 nothing, 1 as much, so that
 *     nothing is preferred
 */
public record SparsityRegulariser(double weight, double reusePrice) {
    private static final int DEAREST = 10;

    /** Checks the ranges. */
    public SparsityRegulariser {
        checkArgument(weight >= 0 && Double.isFinite(weight), "sparsity must be at least 0 and finite, got %s", weight);
        checkArgument(reusePrice >= 0 && reusePrice <= 1, "reusePrice must be in [0, 1], got %s", reusePrice);
    }

    /**
     * A penalty on new units alone: reuse is free.
     *
     * @param weight lambda, at least 0
     */
    public SparsityRegulariser(double weight) {
        this(weight, 0);
    }

    /**
     * {@return this layer's part of the penalty; 0 where no unit is unused and reuse is free}
     *
     * @param logits a [units] of one layer
     * @param slope s, above 0
     * @param model how logits become probabilities
     * @param used units of the layer that a consolidated task uses
     * @param layers hidden layers of the network
     */
    public double penalty(double[] logits, double slope, GateModel model, UnitSet used, int layers) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += price(used, i, layers) * model.activity(logits[i], slope);
        }
        return sum;
    }

    /**
     * Adds the gradient of {@link #penalty} with respect to the logits.
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
        double fresh = priceOfNew(used.universe() - used.size(), layers);
        double reused = priceOfUsed(used.universe() - used.size(), used.universe(), layers);
        for (int i = 0; i < logits.length; i++) {
            double price = used.contains(i) ? reused : fresh;
            if (price > 0) {
                gradient[i] += price * model.activityDerivative(logits[i], slope);
            }
        }
    }

    /**
     * Adds the gradient of the penalty where the layer's units lie in groups and the softmax of the groups' logits is the
     * probability that each is the open one.
     *
     * @param logits theta [groups]
     * @param slope s, above 0
     * @param unused per group, its units that no consolidated task uses
     * @param sizes per group, all its units
     * @param layers hidden layers of the network
     * @param gradient [groups], added to
     */
    public void addGroupGradient(
            double[] logits, double slope, int[] unused, int[] sizes, int layers, double[] gradient) {
        double fresh = priceOfNew(Arrays.stream(unused).sum(), layers);
        double reused =
                priceOfUsed(Arrays.stream(unused).sum(), Arrays.stream(sizes).sum(), layers);
        double largest = Arrays.stream(logits).max().orElseThrow();
        double partition = 0;
        double expected = 0;
        for (int g = 0; g < logits.length; g++) {
            double power = Math.exp(slope * (logits[g] - largest));
            partition += power;
            expected += power * (fresh * unused[g] + reused * (sizes[g] - unused[g]));
        }
        expected /= partition;
        for (int g = 0; g < logits.length; g++) {
            double probability = Math.exp(slope * (logits[g] - largest)) / partition;
            double price = fresh * unused[g] + reused * (sizes[g] - unused[g]);
            gradient[g] += slope * probability * (price - expected);
        }
    }

    private double price(UnitSet used, int unit, int layers) {
        return used.contains(unit)
                ? priceOfUsed(used.universe() - used.size(), used.universe(), layers)
                : priceOfNew(used.universe() - used.size(), layers);
    }

    private double priceOfNew(int unused, int layers) {
        return weight / layers / Math.max(1, unused);
    }

    private double priceOfUsed(int unused, int units, int layers) {
        return reusePrice * Math.min(priceOfNew(unused, layers), DEAREST * priceOfNew(units, layers));
    }
}
