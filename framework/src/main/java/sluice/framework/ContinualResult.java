package sluice.framework;

import com.google.common.collect.ImmutableList;
import sluice.evaluation.AccuracyMatrix;

/**
 * What came of teaching a network a task sequence.
 *
 * @param network the network, with every task consolidated
 * @param matrix accuracy of every task after every task, row 0 untrained
 * @param tasks what each task took, in order
 */
public record ContinualResult(GatedNetwork network, AccuracyMatrix matrix, ImmutableList<TaskSummary> tasks) {
    /**
     * @return seconds of the training loops, without evaluation
     */
    public double trainSeconds() {
        return tasks.stream().mapToDouble(TaskSummary::seconds).sum();
    }

    /**
     * @return mean milliseconds of a training step
     */
    public double millisecondsPerStep() {
        return 1000
                * trainSeconds()
                / tasks.stream().mapToLong(TaskSummary::steps).sum();
    }

    /**
     * @return multiply-adds of training
     */
    public long multiplyAdds() {
        return tasks.stream().mapToLong(TaskSummary::multiplyAdds).sum();
    }

    /**
     * @return multiply-adds that a dense network of the same widths would have done
     */
    public long denseMultiplyAdds() {
        return tasks.stream().mapToLong(TaskSummary::denseMultiplyAdds).sum();
    }
}
