package sluice.framework.optimizer;

/**
 * Stochastic gradient descent, {@code m = momentum m + g; w -= eta m}, with decoupled weight decay. One moment, none without
 * momentum.
 *
 * @param learningRate eta, above 0
 * @param momentum in [0, 1)
 * @param weightDecay at least 0
 */
public record Sgd(double learningRate, double momentum, double weightDecay) implements Optimizer {
    /** Checks the ranges. */
    public Sgd {
        Ranges.checkRates(learningRate, weightDecay);
        Ranges.checkShare("momentum", momentum);
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public ParameterUpdate begin() {
        return momentum > 0 ? new WithMomentum(this) : new Plain(this);
    }

    /** {@code w = keep w - rate g}: the decoupled decay is in {@code keep}. */
    private static final class Plain implements ParameterUpdate.Linear {
        private final Sgd sgd;
        private float rate;
        private float keep;

        Plain(Sgd sgd) {
            this.sgd = sgd;
        }

        @Override
        public void beginStep(long step, double factor) {
            rate = (float) (factor * sgd.learningRate());
            keep = (float) (1 - factor * sgd.learningRate() * sgd.weightDecay());
        }

        @Override
        public float rate() {
            return rate;
        }

        @Override
        public float keep() {
            return keep;
        }
    }

    /** {@code m = momentum m + g; w = keep w - rate m}. */
    private static final class WithMomentum implements ParameterUpdate {
        private final Sgd sgd;
        private float rate;
        private float keep;

        WithMomentum(Sgd sgd) {
            this.sgd = sgd;
        }

        @Override
        public void beginStep(long step, double factor) {
            rate = (float) (factor * sgd.learningRate());
            keep = (float) (1 - factor * sgd.learningRate() * sgd.weightDecay());
        }

        @Override
        public int moments() {
            return 1;
        }

        @Override
        public void move(float[] w, float[][] moments, float[] gradient, int from, int to) {
            // fields in locals, so that the loop is free of loads that might alias
            float[] m = moments[0];
            float momentum = (float) sgd.momentum();
            float kept = keep;
            float eta = rate;
            for (int i = from; i < to; i++) {
                float moved = momentum * m[i] + gradient[i];
                m[i] = moved;
                w[i] = kept * w[i] - eta * moved;
            }
        }
    }
}
