package sluice.framework.strategy;

import java.util.Arrays;
import sluice.framework.internal.kernel.SquaredError;
import sluice.framework.loss.Loss;
import sluice.framework.plain.Batch;
import sluice.tasks.OutputRange;

/** The loss of what a network said of the batch that was pushed through it last, with its gradient there, and how much of it was right. */
final class OutputLoss {
    private final Loss ofClasses;
    private final int outputs;
    private final boolean numbers;
    private final float[] gradient;
    private float[] said = {};
    private LossWeights weights = LossWeights.SAME;
    private int answered;
    private int right;

    /**
     * @param ofClasses the loss of an example of a class
     * @param outputs of an example
     * @param numbers whether numbers are predicted, by the squared error, and no classes told apart
     * @param rows room for examples
     */
    OutputLoss(Loss ofClasses, int outputs, boolean numbers, int rows) {
        this.ofClasses = ofClasses;
        this.outputs = outputs;
        this.numbers = numbers;
        this.gradient = new float[rows * outputs];
    }

    /** Lets the loss of examples count from now on. */
    void weigh(LossWeights others) {
        weights = others;
    }

    /** Begins to count what is right. */
    void beginStep() {
        answered = 0;
        right = 0;
    }

    /** The share of the step's examples that a loss was asked for and found right; NaN where of none, or numbers are predicted. */
    double accuracy() {
        return (double) right / answered;
    }

    /** Takes the outputs of so many examples [rows, outputs], with a gradient of 0. */
    float[] begin(float[] forwarded, int rows) {
        said = forwarded;
        Arrays.fill(gradient, 0, rows * outputs, 0);
        return forwarded;
    }

    /** What the network said, as it lies there. */
    float[] said() {
        return said;
    }

    /** The gradient at it so far [rows, outputs]. */
    float[] gradient() {
        return gradient;
    }

    /** Adds the mean loss of some rows, times a weight; {@code competing} has the outputs that compete, by an example's task. */
    double of(Batch batch, int from, int to, double weight, OutputRange[] competing) {
        double share = weight / (to - from);
        return numbers ? ofNumbers(batch, from, to, share) : ofClasses(batch, from, to, share, competing);
    }

    private double ofNumbers(Batch batch, int from, int to, double share) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            int at = row * outputs + batch.target(row);
            sum += SquaredError.ofRow(said, at, batch.number(row), share, gradient);
        }
        return sum;
    }

    private double ofClasses(Batch batch, int from, int to, double share, OutputRange[] competing) {
        double sum = 0;
        answered += to - from;
        for (int row = from; row < to; row++) {
            OutputRange range = competing[batch.task(row)];
            int start = row * outputs;
            right += range.largest(said, start) == batch.target(row) ? 1 : 0;
            double counted = share * weights.of(batch, row);
            sum += ofClasses.ofRow(said, start, range, batch.target(row), counted, gradient);
        }
        return sum;
    }
}
