package sluice.gating;

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
        IDENTITY("st-identity", Probe.Upstream.ALL),
        /**
         * dp/da: only the sampling counts as the identity; {@code s p (1 - p)} for the sigmoid, s/2 inside the window
         * for the hard sigmoid. Unbiased where the loss is affine in each gate. For gates that choose one of K it is
         * the softmax's derivative, {@code s (diag(pi) - pi pi')}.
         */
        DERIVATIVE("st-sigmoid", Probe.Upstream.ALL),
        /**
         * {@code h p' / p}: the same in expectation as {@link #DERIVATIVE} where the loss is affine in each gate, but
         * formed at open gates only, each weighted by how rarely it is open. Closed units then need not be computed at
         * all. For the sigmoid the factor is {@code s h (1 - p)}.
         */
        OPEN_ONLY("st-open", Probe.Upstream.OPEN),
        /** h: the identity at open gates, nothing at closed ones, as in the code of Pitis 2016. For replication. */
        ACTIVE_IDENTITY("st-active-identity", Probe.Upstream.OPEN),
        /** {@code h p'}: the derivative at open gates, nothing at closed ones. For replication. */
        ACTIVE_DERIVATIVE("st-active-sigmoid", Probe.Upstream.OPEN),
        /** {@code s / 2} where {@code |s a| < 1}, the derivative of the hard sigmoid, whose neuron it is for. */
        HARD_SIGMOID("st-hard-sigmoid", Probe.Upstream.ALL),
        /** 1 where {@code |s a| < 1}: the window of binarised networks (Hubara et al. 2016, eq. 4). */
        CLIPPED("st-clipped", Probe.Upstream.ALL);

        private final String estimator;
        private final Probe.Upstream upstream;

        Backward(String estimator, Probe.Upstream upstream) {
            this.estimator = estimator;
            this.upstream = upstream;
        }
    }

    /** Gradient passed on unchanged. */
    public static final StraightThrough IDENTITY = new StraightThrough(Backward.IDENTITY);

    /** Gradient at open gates, weighted by the inverse of their probability. */
    public static final StraightThrough OPEN_ONLY = new StraightThrough(Backward.OPEN_ONLY);

    /** Gradient times the derivative of the activation. */
    public static final StraightThrough DERIVATIVE = new StraightThrough(Backward.DERIVATIVE);

    @Override
    public String name() {
        return backward.estimator;
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        if (backward == Backward.DERIVATIVE && layout.categorical()) {
            Demand.softmax(this, layout);
            return new CategoricalEstimation(layout, new Probe(layout, false, backward.upstream)) {
                @Override
                void addGradient(int row, int at, int l, double[] into) {
                    addJacobian(slope(), probabilities(), l, at, into, l);
                }
            };
        }
        Demand.independent(this, layout);
        switch (backward) {
            case OPEN_ONLY, ACTIVE_IDENTITY, ACTIVE_DERIVATIVE -> Demand.stochastic(this, layout);
            case HARD_SIGMOID, CLIPPED -> Demand.hardSigmoid(this, layout);
            case IDENTITY, DERIVATIVE -> {}
        }
        return new Estimation(backward, layout);
    }

    private static final class Estimation extends BernoulliEstimation {
        private final Backward backward;
        private final double[] factors;

        Estimation(Backward backward, GateLayout layout) {
            super(layout, false, backward.upstream);
            this.backward = backward;
            this.factors = new double[layout.maxLogits()];
        }

        @Override
        void prepare(int l, double logit) {
            switch (backward) {
                case DERIVATIVE, ACTIVE_DERIVATIVE, HARD_SIGMOID -> prepareWithDerivative(l, logit, factors);
                case IDENTITY, ACTIVE_IDENTITY -> prepare(l, logit, 1);
                case OPEN_ONLY ->
                    prepare(l, logit, layout().neuron().activation().relativeDerivative(logit, slope()));
                case CLIPPED -> prepare(l, logit, Math.abs(slope() * logit) < 1 ? 1 : 0);
            }
        }

        private void prepare(int l, double logit, double factor) {
            super.prepare(l, logit);
            factors[l] = factor;
        }

        @Override
        double gradient(int row, int at, int l) {
            boolean answered = backward.upstream == Probe.Upstream.ALL || probe().gates()[at] != 0;
            return answered ? probe().upstream()[at] * factors[l] : 0;
        }
    }
}
