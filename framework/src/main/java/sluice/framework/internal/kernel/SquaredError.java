package sluice.framework.internal.kernel;

/**
 * The squared distance of an example's one output from the number that is to be predicted (PyTorch's {@code MSELoss}): the loss of
 * regression, for outputs that lie by output and, {@link #ofRow}, by example.
 *
 * @param targets per example of the batch, the number; whoever feeds the batch writes them
 */
public record SquaredError(float[] targets) implements BatchLoss {
    @Override
    public boolean tellsClasses() {
        return false;
    }

    /**
     * The loss of one example, and its gradient.
     *
     * @param outputs of all examples, row-major
     * @param at where the example's output is
     * @param target the number
     * @param weight of this example
     * @param gradient as the outputs lie; weight times the gradient is added to it
     * @return weight times the loss
     */
    public static double ofRow(float[] outputs, int at, float target, double weight, float[] gradient) {
        double error = (double) outputs[at] - target;
        gradient[at] += (float) (2 * weight * error);
        return weight * error * error;
    }

    /**
     * The mean loss of a batch, and its gradient; allocates nothing.
     *
     * @param values [1, columns]; the first examples overwritten with d(mean loss)/d(output)
     * @param outputs 1
     * @param columns not looked at
     * @param batch examples in use
     * @param labels not looked at
     * @param losses [batch], overwritten with each example's own loss
     * @return their mean
     */
    @Override
    public double ofColumns(float[] values, int outputs, int columns, int batch, int[] labels, double[] losses) {
        double sum = 0;
        for (int e = 0; e < batch; e++) {
            double error = (double) values[e] - targets[e];
            values[e] = (float) (2 * error / batch);
            losses[e] = error * error;
            sum += losses[e];
        }
        return sum / batch;
    }
}
