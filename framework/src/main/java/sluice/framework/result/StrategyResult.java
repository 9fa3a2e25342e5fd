package sluice.framework.result;

import com.google.common.collect.ImmutableList;
import sluice.evaluation.AccuracyMatrix;

/**
 * What came of a strategy that trains a plain network.
 *
 * @param matrix accuracy of every task after every task, row 0 untrained
 * @param tasks what each task took, in order
 * @param evaluationSeconds seconds of measuring the accuracies
 * @param memoryBytes bytes that the strategy keeps beside the network's own parameters, after the last task
 */
public record StrategyResult(
        AccuracyMatrix matrix, ImmutableList<TaskSummary> tasks, double evaluationSeconds, long memoryBytes)
        implements TrainingResult {}
