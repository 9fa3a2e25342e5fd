package sluice.framework.internal.kernel;

/** A loss's arithmetic on a batch of outputs that lie on the heap, an output's values for all examples side by side. */
public interface BatchLoss {
    /** {@return whether examples are told right or wrong by it: the largest of their outputs is an answer} */
    default boolean tellsClasses() {
        return true;
    }

    /**
     * The mean loss of a batch, and its gradient.
     *
     * @param values [outputs, columns], row-major; the first examples overwritten with the mean's gradient
     * @param outputs how many there are
     * @param columns how far apart an example's outputs lie
     * @param batch examples in use, 1 to columns
     * @param targets per example the right output, from 0
     * @param losses [batch], overwritten with each example's own loss
     * @return their mean
     */
    double ofColumns(float[] values, int outputs, int columns, int batch, int[] targets, double[] losses);
}
