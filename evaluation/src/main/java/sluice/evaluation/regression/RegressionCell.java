package sluice.evaluation.regression;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import sluice.evaluation.MetricValue;

/**
 * One evaluation of a task whose targets are numbers.
 *
 * @param squares sum of the squared errors of the test rows, in the target's units squared; finite, at least 0
 * @param variation sum of the squared distances of their targets from the mean of these, likewise
 * @param rows test rows, at least 1
 */
public record RegressionCell(double squares, double variation, int rows) {
    /** Checks the ranges. */
    public RegressionCell {
        checkArgument(squares >= 0 && Double.isFinite(squares), "squares must be finite, at least 0, got %s", squares);
        checkArgument(
                variation >= 0 && Double.isFinite(variation),
                "variation must be finite, at least 0, got %s",
                variation);
        checkArgument(rows >= 1, "rows must be at least 1, got %s", rows);
    }

    /**
     * {@return what was predicted of test rows against what they are}
     *
     * @param targets a number per row, finite; at least one
     * @param predicted as many numbers, finite, in the same units
     * @throws IllegalArgumentException if there are no rows, or not as many of both, or sums are not finite
     */
    public static RegressionCell of(double[] targets, double[] predicted) {
        checkArgument(targets.length >= 1, "there must be at least one row");
        checkArgument(
                targets.length == predicted.length, "%s targets, but %s predictions", targets.length, predicted.length);
        // of equal targets exactly their value, which a sum need not give
        double least = Arrays.stream(targets).min().orElseThrow();
        double mean =
                least + Arrays.stream(targets).map(target -> target - least).sum() / targets.length;
        double squares = 0;
        double variation = 0;
        for (int row = 0; row < targets.length; row++) {
            squares += square(targets[row] - predicted[row]);
            variation += square(targets[row] - mean);
        }
        return new RegressionCell(squares, variation, targets.length);
    }

    private static double square(double number) {
        return number * number;
    }

    /** {@return the root of the mean squared error, in the target's units} */
    public double rmse() {
        return Math.sqrt(squares / rows);
    }

    /** {@return the coefficient of determination, at most 1; undefined where all targets are equal} */
    public MetricValue r2() {
        return variation == 0
                ? MetricValue.undefined("all test rows have the same target")
                : MetricValue.of(1 - squares / variation);
    }
}
