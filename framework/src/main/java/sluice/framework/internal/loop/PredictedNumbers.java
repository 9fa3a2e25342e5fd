package sluice.framework.internal.loop;

import java.util.Arrays;
import sluice.evaluation.regression.RegressionCell;
import sluice.framework.result.DivergedException;
import sluice.tasks.Examples;
import sluice.tasks.TargetScale;

/**
 * What a network predicts of examples whose targets are numbers.
 *
 * @param examples the examples
 * @param numbers one of each, in the target's units, finite
 */
public record PredictedNumbers(Examples examples, double[] numbers) {
    /**
     * {@return what outputs say}
     *
     * @param task that the examples are of, for the message
     * @param examples the examples
     * @param outputs one of each
     * @throws DivergedException if one is not finite
     */
    public static PredictedNumbers of(String task, Examples examples, float[] outputs) {
        TargetScale scale = examples.scale().orElseThrow();
        double[] numbers = scale.numbers(outputs);
        if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw DivergedException.ofPredictions(task);
        }
        return new PredictedNumbers(examples, numbers);
    }

    /** How far off they are. */
    public RegressionCell errors() {
        return RegressionCell.of(examples.targets(), numbers);
    }

    /** The sum of the squared errors, by the scale of the targets. */
    public double squares() {
        double deviation = examples.scale().orElseThrow().deviation();
        double error = errors().rmse() / deviation;
        return error * error * numbers.length;
    }
}
