package sluice.framework.optimizer;

/**
 * AMSGrad (Reddi, Kale and Kumar 2018, algorithm 2): Adam, whose steps are divided by the root of the largest second moment
 * so far, so that they never grow again by forgetting large gradients. The paper has neither bias correction nor epsilon;
 * both are here where {@link Adam} and PyTorch's {@code amsgrad=True} have them: the largest of the uncorrected second
 * moments is kept, and corrected by the present step. Weight decay is decoupled, as Adam's is. Three moments: the means of
 * gradients and of their squares, and the largest of the latter.
 *
 * @param learningRate eta, above 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the largest second moment, above 0
 * @param weightDecay at least 0
 */
public record AmsGrad(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements Optimizer {
    /** Checks the ranges. */
    public AmsGrad {
        Ranges.checkRates(learningRate, weightDecay);
        Ranges.checkShare("beta1", beta1);
        Ranges.checkShare("beta2", beta2);
        Ranges.checkEpsilon(epsilon);
    }

    /**
     * AMSGrad with Adam's usual constants: 0.9, 0.999 and 1e-8.
     *
     * @param learningRate eta, above 0
     * @param weightDecay at least 0
     * @return the optimiser
     */
    public static AmsGrad of(double learningRate, double weightDecay) {
        return new AmsGrad(learningRate, 0.9, 0.999, 1e-8, weightDecay);
    }

    @Override
    public String name() {
        return "amsgrad";
    }

    @Override
    public ParameterUpdate begin() {
        return new Update(this);
    }

    private static final class Update extends AdamStep {
        Update(AmsGrad rule) {
            super(rule.learningRate(), rule.beta1(), rule.beta2(), rule.epsilon(), rule.weightDecay());
        }

        @Override
        public int moments() {
            return 3;
        }

        @Override
        public void move(float[] w, float[][] moments, float[] gradient, int from, int to) {
            // fields in locals, so that the loop is free of loads that might alias
            float[] m = moments[0];
            float[] v = moments[1];
            float[] largest = moments[2];
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
                float newLargest = Math.max(largest[i], newSecond);
                m[i] = newFirst;
                v[i] = newSecond;
                largest[i] = newLargest;
                w[i] = kept * w[i] - eta * newFirst / ((float) Math.sqrt(newLargest) * root + eps);
            }
        }
    }
}
