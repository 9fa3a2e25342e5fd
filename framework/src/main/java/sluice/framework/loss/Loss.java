package sluice.framework.loss;

import sluice.framework.internal.kernel.BatchLoss;
import sluice.tasks.OutputRange;

/**
 * How wrong an example's outputs are, one of which is the right one. A loss has no state. It is there twice, for outputs
 * that lie by output (the gated network) and by example (the plain one, where not all outputs compete); but for rounding
 * both say the same.
 */
public interface Loss extends BatchLoss {
    /** The usual choice. */
    Loss DEFAULT = new SoftmaxCrossEntropy();

    /**
     * What it is called in messages.
     *
     * @return lower-case letters, such as {@code softmax-cross-entropy}
     */
    String name();

    /**
     * The loss of one example among the outputs that compete for it, and its gradient; other outputs are not looked at.
     *
     * @param outputs of all examples, row-major
     * @param start where the example's outputs start
     * @param competing the outputs that compete
     * @param target the right one, among them
     * @param weight of this example
     * @param gradient as the outputs lie; weight times the gradient is added to it
     * @return weight times the loss
     */
    double ofRow(float[] outputs, int start, OutputRange competing, int target, double weight, float[] gradient);

    /**
     * The mean loss of a batch among all outputs, and its gradient; allocates nothing.
     *
     * @param values [outputs, columns], row-major; the first examples overwritten with d(mean loss)/d(output), the other
     *     columns left as they are
     * @param outputs how many there are
     * @param columns how far apart an example's outputs lie
     * @param batch examples in use, 1 to columns
     * @param targets per example the right output, from 0
     * @param losses [batch], overwritten with each example's own loss
     * @return their mean
     */
    @Override
    double ofColumns(float[] values, int outputs, int columns, int batch, int[] targets, double[] losses);
}
