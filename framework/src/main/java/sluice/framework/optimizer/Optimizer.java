package sluice.framework.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How gradients move parameters. Moments belong to a task: each task starts with none. Only entries that are free and
 * open in a step are touched in that step, moments and weight decay included (what is closed rests).
 */
public sealed interface Optimizer {
    /** The usual choice: Adam with step 0.001. */
    Optimizer DEFAULT = adam(0.001);

    /**
     * @return eta, above 0
     */
    double learningRate();

    /**
     * @return lambda of the decoupled weight decay {@code w -= eta lambda w} (Loshchilov and Hutter 2019), at least 0
     */
    double weightDecay();

    /**
     * @param learningRate eta, above 0
     * @return plain gradient descent
     */
    static Optimizer sgd(double learningRate) {
        return new Sgd(learningRate, 0, 0);
    }

    /**
     * @param learningRate eta, above 0
     * @return Adam with the authors' other constants
     */
    static Optimizer adam(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8, 0);
    }

    /**
     * Stochastic gradient descent: {@code m = momentum m + g; w -= eta m}.
     *
     * @param learningRate eta, above 0
     * @param momentum in [0, 1)
     * @param weightDecay at least 0
     */
    record Sgd(double learningRate, double momentum, double weightDecay) implements Optimizer {
        /** Checks the ranges. */
        public Sgd {
            checkCommon(learningRate, weightDecay);
            checkArgument(momentum >= 0 && momentum < 1, "momentum must be in [0, 1), got %s", momentum);
        }
    }

    /**
     * Adam (Kingma and Ba 2015, algorithm 1), with bias correction by the steps of the task.
     *
     * @param learningRate eta, above 0
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, above 0
     * @param weightDecay at least 0
     */
    record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
            implements Optimizer {
        /** Checks the ranges. */
        public Adam {
            checkCommon(learningRate, weightDecay);
            checkArgument(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1), got %s", beta1);
            checkArgument(beta2 >= 0 && beta2 < 1, "beta2 must be in [0, 1), got %s", beta2);
            checkArgument(epsilon > 0 && Double.isFinite(epsilon), "epsilon must be above 0, got %s", epsilon);
        }
    }

    private static void checkCommon(double learningRate, double weightDecay) {
        checkArgument(
                learningRate > 0 && Double.isFinite(learningRate),
                "learningRate must be above 0 and finite, got %s",
                learningRate);
        checkArgument(
                weightDecay >= 0 && Double.isFinite(weightDecay),
                "weightDecay must be at least 0 and finite, got %s",
                weightDecay);
    }
}
