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
        DERIVATIVE
    }

    /** Gradient passed on unchanged. */
    public static final StraightThrough IDENTITY = new StraightThrough(Backward.IDENTITY);

    /** Gradient times the derivative of the activation. */
    public static final StraightThrough DERIVATIVE = new StraightThrough(Backward.DERIVATIVE);

    @Override
    public String name() {
        return backward == Backward.IDENTITY ? "st-identity" : "st-sigmoid";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        return new Estimation(backward, new BernoulliGates(layout, false, true));
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
            Arrays.fill(into, 0);
            for (int row = 0, at = 0; row < probe.rows(); row++) {
                for (int i = 0; i < into.length; i++, at++) {
                    into[i] += upstream[at];
                }
            }
            if (backward == Backward.DERIVATIVE) {
                for (int i = 0; i < into.length; i++) {
                    into[i] *= gates.derivative(i);
                }
            }
        }
    }
}
