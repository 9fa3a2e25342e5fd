package sluice.gating.exact;

/**
 * A mean loss over examples as a function of gates. Gates may have any real value, not only 0 and 1. Implementations
 * are immutable, and allocate nothing where an array to write to is given.
 */
public interface GatedLoss {
    /** {@return gates} */
    int units();

    /** {@return examples that the loss is the mean over, at least 1} */
    int examples();

    /**
     * {@return l, the loss of one example}
     *
     * @param example index, from 0
     * @param gates h [units]
     */
    double loss(int example, double[] gates);

    /**
     * Adds {@code weight * dl/dh} of one example.
     *
     * @param example index, from 0
     * @param gates h [units]
     * @param weight factor on the gradient
     * @param into [units], added to
     */
    void addGradient(int example, double[] gates, double weight, double[] into);

    /**
     * {@return L, the mean loss of all examples}
     *
     * @param gates h [units]
     */
    default double loss(double[] gates) {
        double sum = 0;
        for (int example = 0; example < examples(); example++) {
            sum += loss(example, gates);
        }
        return sum / examples();
    }

    /**
     * Adds dL/dh of the mean loss.
     *
     * @param gates h [units]
     * @param into [units], added to
     */
    default void addGradient(double[] gates, double[] into) {
        for (int example = 0; example < examples(); example++) {
            addGradient(example, gates, 1.0 / examples(), into);
        }
    }
}
