package sluice.framework.optimizer;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), with bias correction by the steps of the task. Its weight decay is decoupled from
 * the gradient, so that with a decay above 0 it is AdamW (Loshchilov and Hutter 2019, algorithm 2, with the learning rate
 * in the decay as PyTorch's AdamW has it). Two moments: the means of gradients and of their squares.
 *
 * @param learningRate eta, above 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, above 0
 * @param weightDecay at least 0
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements Optimizer {
    /** Checks the ranges. */
    public Adam {
        Ranges.checkRates(learningRate, weightDecay);
        Ranges.checkShare("beta1", beta1);
        Ranges.checkShare("beta2", beta2);
        Ranges.checkEpsilon(epsilon);
    }

    /**
     * Adam with its authors' other constants: 0.9, 0.999 and 1e-8.
     *
     * @param learningRate eta, above 0
     * @param weightDecay at least 0
     * @return the optimiser
     */
    public static Adam of(double learningRate, double weightDecay) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8, weightDecay);
    }

    @Override
    public String name() {
        return "adam";
    }

    @Override
    public ParameterUpdate begin() {
        return new Update(this);
    }

    private static final class Update extends AdamStep {
        Update(Adam adam) {
            super(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay());
        }

        @Override
        public int moments() {
            return 2;
        }

        @Override
        public void move(float[] w, float[][] moments, float[] gradient, int from, int to) {
            // fields in locals, so that the loop is free of loads that might alias
            float[] m = moments[0];
            float[] v = moments[1];
            float b1 = beta1;
            float b2 = beta2;
            float eta = rate;
            float root = rootCorrection;
            float eps = epsilon;
            float kept = keep;
            for (int i = from; i < to; i++) {
                float g = gradient[i];
                float newFirst = b1 * m[i] + (1 - b1) * g;
                float newSecond = b2 * v[i] + (1 - b2) * g * g;
                m[i] = newFirst;
                v[i] = newSecond;
                w[i] = kept * w[i] - eta * newFirst / ((float) Math.sqrt(newSecond) * root + eps);
            }
        }
    }
}
