package sluice.framework.result;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.account.LayerAccount;

/** What came of a training, whatever was trained. */
public interface TrainingResult {
    /**
     * @return accuracy of every task after every task, row 0 untrained
     */
    AccuracyMatrix matrix();

    /**
     * @return what each task took, in order
     */
    ImmutableList<TaskSummary> tasks();

    /**
     * @return seconds of evaluating
     */
    double evaluationSeconds();

    /**
     * @return seconds of the training loops, without evaluation
     */
    default double trainSeconds() {
        return tasks().stream().mapToDouble(TaskSummary::seconds).sum();
    }

    /**
     * @return evaluation's part of the time of training and evaluation, in [0, 1]
     */
    default double evaluationShare() {
        return evaluationSeconds() / (evaluationSeconds() + trainSeconds());
    }

    /**
     * @return mean milliseconds of a training step
     */
    default double millisecondsPerStep() {
        return 1000 * trainSeconds() / steps();
    }

    /**
     * @return steps of all tasks
     */
    default long steps() {
        return tasks().stream().mapToLong(TaskSummary::steps).sum();
    }

    /**
     * @return multiply-adds of all tasks, per layer from the lowest to the head
     */
    default ImmutableList<LayerAccount> account() {
        List<LayerAccount> sums = new ArrayList<>(tasks().get(0).account());
        for (TaskSummary task : tasks().subList(1, tasks().size())) {
            for (int l = 0; l < sums.size(); l++) {
                sums.set(l, sums.get(l).plus(task.account().get(l)));
            }
        }
        return ImmutableList.copyOf(sums);
    }

    /**
     * @return multiply-adds of training
     */
    default long multiplyAdds() {
        return tasks().stream().mapToLong(TaskSummary::multiplyAdds).sum();
    }

    /**
     * @return multiply-adds that a dense network of the same widths would have done
     */
    default long denseMultiplyAdds() {
        return tasks().stream().mapToLong(TaskSummary::denseMultiplyAdds).sum();
    }
}
