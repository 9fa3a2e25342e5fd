package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
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
        implements TrainingResult {
    /**
     * @return logits of earlier tasks that were computed again after the last one, as after each before, and found the same
     *     bit for bit; 0 where there is one task, of which nothing can be compared
     */
    public long comparedLogits() {
        return tasks.get(tasks.size() - 1).unchanged();
    }

    /**
     * @return whether every earlier task kept every bit: true, as training ends with a {@link RetentionException} where one
     *     did not; empty where nothing was compared
     */
    public Optional<Boolean> exactRetention() {
        return comparedLogits() > 0 ? Optional.of(true) : Optional.empty();
    }
}
