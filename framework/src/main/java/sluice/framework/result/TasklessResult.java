package sluice.framework.result;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.evaluation.AccuracyMatrix;

/**
 * What came of learning to tell classes apart without being told the task.
 *
 * @param model predicts without the task
 * @param matrix accuracy of every task after every task, row 0 untrained; an example that is answered by unknown is wrong
 * @param tasks what each task took, in order
 * @param evaluationSeconds seconds of measuring the accuracies
 * @param memoryBytes bytes of what is kept between tasks beside the model: sums, no example
 * @param figures further metrics by their name in {@code metrics.csv}
 */
public record TasklessResult(
        TasklessModel model,
        AccuracyMatrix matrix,
        ImmutableList<TaskSummary> tasks,
        double evaluationSeconds,
        long memoryBytes,
        ImmutableMap<String, Double> figures)
        implements TrainingResult {
    /**
     * @param other the same model with more notes
     * @return this result with it
     */
    public TasklessResult withModel(TasklessModel other) {
        return new TasklessResult(other, matrix, tasks, evaluationSeconds, memoryBytes, figures);
    }
}
