package sluice.framework.gates;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.framework.conditional.Gater;
import sluice.framework.conditional.GaterLearning;
import sluice.framework.conditional.GaterTarget;
import sluice.framework.conditional.Pooling;
import sluice.gating.GradientEstimator;
import sluice.gating.Probe;
import sluice.tasks.Shape;

/**
 * Gates of a task that hang on the example: of each hidden layer, a small network of the task's own looks at the example and decides
 * which units, or maps, are computed for it, after Abati et al. (2020), whose gates look at the layer below instead. Units that open
 * for some of 5,000 training examples, which lie evenly among all, are the task's subnetwork, and frozen with it.
 *
 * @param hidden tanh units of the hidden layers of such a network, lowest first; none for logits that are affine in what it looks at
 * @param pool side of the squares of pixels whose means it looks at; 1 for the features themselves
 * @param open share of a layer's units that is to be open for an example, on average, in (0, 1]
 * @param target what holds that share in training
 * @param rate factor on the learning rate of weights, above 0
 */
public record InputGates(ImmutableList<Integer> hidden, int pool, double open, GaterTarget target, double rate) {
    /** Checks the ranges. */
    public InputGates {
        checkNotNull(target, "target");
        checkArgument(pool >= 1, "pool must be at least 1, got %s", pool);
        checkArgument(rate > 0 && Double.isFinite(rate), "rate must be above 0, got %s", rate);
        checkArgument(open > 0 && open <= 1, "open must be in (0, 1], got %s", open);
        checkArgument(
                open < 1 || !(target instanceof GaterTarget.BatchShaping),
                "gates that are all open have no distribution: open must be below 1 with target batch-shaping");
        hidden.forEach(
                units -> checkArgument(units >= 1, "hidden layers of a gater have at least 1 unit, got %s", units));
    }

    /**
     * {@return why gaters cannot look at such examples, if so}
     *
     * @param shape of an example
     */
    public Optional<String> misfit(Shape shape) {
        try {
            new Pooling(shape, pool);
            return Optional.empty();
        } catch (IllegalArgumentException unfit) {
            return Optional.of(unfit.getMessage());
        }
    }

    /**
     * {@return multiply-adds per example of the gater of a layer}
     *
     * @param shape of an example, that {@link #misfit} has nothing against
     * @param units of the layer
     */
    public long multiplyAdds(Shape shape, int units) {
        long sum = 0;
        int below = new Pooling(shape, pool).features();
        for (int layer : hidden) {
            sum += (long) below * layer;
            below = layer;
        }
        return sum + (long) below * units;
    }

    /** The gater of a layer. */
    Gater of(int units, GradientEstimator estimator) {
        return new Gater(hidden, units, open, Gater.Experts.RELU, new GaterLearning(estimator, target, rate));
    }

    /**
     * Refuses an estimator that cannot serve.
     *
     * @param estimator of gates
     * @throws IllegalArgumentException if its gates are not 0 and 1, or it cannot serve gates that differ from example to example
     */
    public void check(GradientEstimator estimator) {
        Gater one = of(1, estimator);
        checkArgument(
                one.begin(1).probes().stream()
                        .filter(Probe::trainsWeights)
                        .allMatch(probe -> probe.values() == Probe.Values.BINARY),
                "gates of estimator %s are not 0 and 1, as those of a task that hang on the example must be: choose another, such as st-open or st-sigmoid",
                estimator.name());
    }
}
