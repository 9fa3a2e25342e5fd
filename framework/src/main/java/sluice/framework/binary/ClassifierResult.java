package sluice.framework.binary;

import com.google.common.collect.ImmutableList;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;

/**
 * What came of training a {@link StochasticClassifier}.
 *
 * @param classifier as it is after the last epoch
 * @param matrix test accuracy, row 0 untrained, row 1 after the last epoch
 * @param task what the training took
 * @param accuracies test accuracy after each epoch, by the classifier's own {@linkplain StochasticClassifier#reading
 *     reading}
 * @param losses mean training loss of each epoch
 * @param evaluationSeconds seconds of measuring the accuracies
 */
public record ClassifierResult(
        StochasticClassifier classifier,
        AccuracyMatrix matrix,
        TaskSummary task,
        ImmutableList<Double> accuracies,
        ImmutableList<Double> losses,
        double evaluationSeconds)
        implements TrainingResult {
    @Override
    public ImmutableList<TaskSummary> tasks() {
        return ImmutableList.of(task);
    }
}
