package sluice.gating;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The straight-through estimator (Bengio, Léonard and Courville 2013): the gradient at the gate's output is passed on as
 * if the sampling were not there. Biased, of low variance.
 *
 * @param backward what stands in for the derivative of the sampling
 */
public record StraightThrough(Backward backward) implements GradientEstimator {
    /** The factor on the gradient at the gate's output. */
    public enum Backward {
        /** 1: the sampling and the activation both count as the identity. Too large by at least 4 for the sigmoid. */
        IDENTITY,
        /**
         * dp/da: only the sampling counts as the identity; {@code s p (1 - p)} for the sigmoid, s/2 inside the window
         * for the hard sigmoid. Unbiased where the loss is affine in each gate.
         */
        DERIVATIVE,
        /**
         * {@code h p' / p}: the same in expectation as {@link #DERIVATIVE} where the loss is affine in each gate, but
         * formed at open gates only, each weighted by how rarely it is open. Closed units then need not be computed at
         * all. For the sigmoid the factor is {@code s h (1 - p)}.
         */
        OPEN_ONLY
    }

    /** Gradient passed on unchanged. */
    public static final StraightThrough IDENTITY = new StraightThrough(Backward.IDENTITY);

    /** Gradient at open gates, weighted by the inverse of their probability. */
    public static final StraightThrough OPEN_ONLY = new StraightThrough(Backward.OPEN_ONLY);

    /** Gradient times the derivative of the activation. */
    public static final StraightThrough DERIVATIVE = new StraightThrough(Backward.DERIVATIVE);

    @Override
    public String name() {
        return switch (backward) {
            case IDENTITY -> "st-identity";
            case DERIVATIVE -> "st-sigmoid";
            case OPEN_ONLY -> "st-open";
        };
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        if (backward == Backward.OPEN_ONLY) {
            Unbiased.checkStochastic(name(), layout);
        }
        Probe.Upstream upstream = backward == Backward.OPEN_ONLY ? Probe.Upstream.OPEN : Probe.Upstream.ALL;
        return new Estimation(backward, new BernoulliGates(layout, false, upstream));
    }

    private record Estimation(Backward backward, BernoulliGates gates) implements GateEstimation {
        @Override
        public List<Probe> draw(double[] logits, double slope, int batchSize, RandomGenerator noise) {
            return gates.draw(logits, slope, batchSize, noise);
        }

        @Override
        public void gradient(double[] into) {
            Probe probe = gates.probe();
            double[] upstream = probe.upstream();
            boolean closedToo = probe.needsClosedUpstream();
            Arrays.fill(into, 0);
            for (int row = 0, at = 0; row < probe.rows(); row++) {
                for (int i = 0; i < into.length; i++, at++) {
                    if (closedToo || probe.gates()[at] != 0) {
                        into[i] += upstream[at];
                    }
                }
            }
            for (int i = 0; i < into.length; i++) {
                into[i] *= factor(i);
            }
        }

        private double factor(int unit) {
            return switch (backward) {
                case IDENTITY -> 1;
                case DERIVATIVE -> gates.derivative(unit);
                case OPEN_ONLY -> gates.relativeDerivative(unit);
            };
        }
    }
}
