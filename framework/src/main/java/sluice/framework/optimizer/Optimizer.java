package sluice.framework.optimizer;

/**
 * How gradients move parameters: one file per optimiser, with its constants, its moments and its arithmetic. Moments belong
 * to a task: each task starts with none. Only entries that are free and open in a step are touched in that step, moments
 * and weight decay included (what is closed rests). Whoever needs another optimiser implements this interface; an
 * implementation is immutable, what changes from step to step is in its {@link ParameterUpdate}.
 */
public interface Optimizer {
    /** The usual choice: Adam with step 0.001. */
    Optimizer DEFAULT = adam(0.001);

    /**
     * What it is called in scripts, records and messages.
     *
     * @return lower-case letters, such as {@code adam}
     */
    String name();

    /**
     * The step size.
     *
     * @return eta, above 0
     */
    double learningRate();

    /**
     * How strongly parameters are pulled towards 0, whatever their gradient.
     *
     * @return lambda of the decoupled weight decay {@code w -= eta lambda w} (Loshchilov and Hutter 2019), at least 0
     */
    double weightDecay();

    /**
     * Begins a task.
     *
     * @return its arithmetic, for one thread at a time to begin steps with
     */
    ParameterUpdate begin();

    /**
     * Plain gradient descent.
     *
     * @param learningRate eta, above 0
     * @return without momentum and weight decay
     */
    static Optimizer sgd(double learningRate) {
        return new Sgd(learningRate, 0, 0);
    }

    /**
     * Adam with its authors' other constants.
     *
     * @param learningRate eta, above 0
     * @return without weight decay
     */
    static Optimizer adam(double learningRate) {
        return Adam.of(learningRate, 0);
    }
}
