package sluice.framework;

import com.google.common.collect.ImmutableList;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;

/**
 * What came of teaching a network a task sequence.
 *
 * @param network the network, with every task consolidated
 * @param matrix accuracy of every task after every task, row 0 untrained
 * @param tasks what each task took, in order
 * @param evaluationSeconds seconds of evaluating every task before the first task and after each
 */
public record ContinualResult(
        GatedNetwork network, AccuracyMatrix matrix, ImmutableList<TaskSummary> tasks, double evaluationSeconds)
        implements TrainingResult {}
