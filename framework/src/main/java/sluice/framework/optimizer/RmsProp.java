package sluice.framework.optimizer;

/**
 * RMSProp (Tieleman and Hinton 2012, lecture 6.5 of their course): {@code v = decay v + (1 - decay) g^2; w -= eta g /
 * (sqrt(v) + epsilon)}, without momentum and not centred. The lecture leaves epsilon open: it is added to the root, as
 * PyTorch has it (TensorFlow 1 added it below the root). There is no bias correction, so that a first step is up to
 * {@code 1 / sqrt(1 - decay)} times eta. Weight decay is decoupled, where PyTorch's is part of the gradient. One moment: the
 * mean of squared gradients.
 *
 * @param learningRate eta, above 0
 * @param decay of the mean of squared gradients, in [0, 1)
 * @param epsilon added to the root of that mean, above 0
 * @param weightDecay at least 0
 */
public record RmsProp(double learningRate, double decay, double epsilon, double weightDecay) implements Optimizer {
    /** Checks the ranges. */
    public RmsProp {
        Ranges.checkRates(learningRate, weightDecay);
        Ranges.checkShare("decay", decay);
        Ranges.checkEpsilon(epsilon);
    }

    /**
     * RMSProp with the decay of the lecture, 0.9 (PyTorch's default is 0.99), and an epsilon of 1e-8.
     *
     * @param learningRate eta, above 0
     * @param weightDecay at least 0
     * @return the optimiser
     */
    public static RmsProp of(double learningRate, double weightDecay) {
        return new RmsProp(learningRate, 0.9, 1e-8, weightDecay);
    }

    @Override
    public String name() {
        return "rmsprop";
    }

    @Override
    public ParameterUpdate begin() {
        return new Update(this);
    }

    private static final class Update implements ParameterUpdate {
        private final RmsProp rule;
        private final float decay;
        private final float epsilon;
        private float keep;
        private float rate;

        Update(RmsProp rule) {
            this.rule = rule;
            this.decay = (float) rule.decay();
            this.epsilon = (float) rule.epsilon();
        }

        @Override
        public int moments() {
            return 1;
        }

        @Override
        public void beginStep(long step, double factor) {
            keep = (float) (1 - factor * rule.learningRate() * rule.weightDecay());
            rate = (float) (factor * rule.learningRate());
        }

        @Override
        public void move(float[] w, float[][] moments, float[] gradient, int from, int to) {
            // fields in locals, so that the loop is free of loads that might alias
            float[] v = moments[0];
            float d = decay;
            float eta = rate;
            float eps = epsilon;
            float kept = keep;
            for (int i = from; i < to; i++) {
                float g = gradient[i];
                float mean = d * v[i] + (1 - d) * g * g;
                v[i] = mean;
                w[i] = kept * w[i] - eta * g / ((float) Math.sqrt(mean) + eps);
            }
        }
    }
}
