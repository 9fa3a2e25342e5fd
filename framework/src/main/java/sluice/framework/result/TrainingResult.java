package sluice.framework.result;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MetricValue;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.run.BudgetPoint;
import sluice.evaluation.run.GateShare;
import sluice.evaluation.run.StoppedExample;
import sluice.framework.account.CapacityLedger;
import sluice.framework.account.LayerAccount;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;

/**
 * What came of a training, whatever was trained. A strategy of one's own may have a result of its own: what it says here is
 * what run folders, records and reports have of it.
 */
public interface TrainingResult {
    /** {@return accuracy of every task after every task, row 0 untrained} */
    AccuracyMatrix matrix();

    /**
     * {@return how far numbers were off, of every task after every task, row 0 untrained; empty where classes are told apart. The
     * {@link #matrix} of tasks that predict numbers has no cells}
     */
    default Optional<RegressionMatrix> errors() {
        return Optional.empty();
    }

    /** {@return what each task took, in order} */
    ImmutableList<TaskSummary> tasks();

    /** {@return seconds of evaluating} */
    double evaluationSeconds();

    /** {@return seconds of the training loops, without evaluation} */
    default double trainSeconds() {
        return tasks().stream().mapToDouble(TaskSummary::seconds).sum();
    }

    /** {@return evaluation's part of the time of training and evaluation, in [0, 1]} */
    default double evaluationShare() {
        return evaluationSeconds() / (evaluationSeconds() + trainSeconds());
    }

    /** {@return mean milliseconds of a training step} */
    default double millisecondsPerStep() {
        return 1000 * trainSeconds() / steps();
    }

    /** {@return steps of all tasks} */
    default long steps() {
        return tasks().stream().mapToLong(TaskSummary::steps).sum();
    }

    /** {@return multiply-adds of all tasks, per layer from the lowest to the head} */
    default ImmutableList<LayerAccount> account() {
        if (tasks().isEmpty()) {
            return ImmutableList.of();
        }
        List<LayerAccount> sums = new ArrayList<>(tasks().get(0).account());
        for (TaskSummary task : tasks().subList(1, tasks().size())) {
            for (int l = 0; l < sums.size(); l++) {
                sums.set(l, sums.get(l).plus(task.account().get(l)));
            }
        }
        return ImmutableList.copyOf(sums);
    }

    /** {@return multiply-adds of training} */
    default long multiplyAdds() {
        return tasks().stream().mapToLong(TaskSummary::multiplyAdds).sum();
    }

    /** {@return multiply-adds that a dense network of the same widths would have done} */
    default long denseMultiplyAdds() {
        return tasks().stream().mapToLong(TaskSummary::denseMultiplyAdds).sum();
    }

    /** {@return bytes that are kept beside the network's own parameters, after the last task} */
    default long memoryBytes() {
        return 0;
    }

    /** {@return further metrics by their names in {@code metrics.csv}, in order} */
    default ImmutableMap<String, MetricValue> figures() {
        return ImmutableMap.of();
    }

    /**
     * {@return logits of earlier tasks that were computed again after the last one and found the same bit for bit; 0
     * where there was nothing to compare; empty where no exact retention is promised}
     */
    default OptionalLong comparedLogits() {
        return OptionalLong.empty();
    }

    /**
     * {@return whether every earlier task kept every bit: true, as a training that promises it does not end in a result
     * where one did not; empty where nothing was compared}
     */
    default Optional<Boolean> exactRetention() {
        return comparedLogits().orElse(0) > 0 ? Optional.of(true) : Optional.empty();
    }

    /** {@return which units of shared layers each task uses; empty where tasks share all units} */
    default Optional<ConsolidatedSubnetworks> subnetworks() {
        return Optional.empty();
    }

    /**
     * {@return the units that a task uses, by their numbers when it was consolidated; empty where tasks share all units}
     *
     * @param task name of one that was learned
     */
    default Optional<Subnetwork> subnetwork(String task) {
        return Optional.empty();
    }

    /** {@return what tasks took and what is left; empty where tasks share all units} */
    default Optional<CapacityLedger> capacity() {
        return Optional.empty();
    }

    /**
     * {@return share of the open units of all tasks but the first that earlier tasks used already, in [0, 1], mean over
     * the tasks; empty for a single task}
     */
    default OptionalDouble reuse() {
        return tasks().stream().skip(1).mapToDouble(TaskSummary::reuse).average();
    }

    /** {@return what the model answers right for what, by budgets, ascending; empty where every example takes the same} */
    default ImmutableList<BudgetPoint> budgets() {
        return ImmutableList.of();
    }

    /** {@return how often blocks that gaters open are open for each class of test examples; empty where there are none} */
    default ImmutableList<GateShare> gateShares() {
        return ImmutableList.of();
    }

    /** {@return test examples by how far they went, a few per exit; empty where all go all the way or are no pictures} */
    default ImmutableList<StoppedExample> stopped() {
        return ImmutableList.of();
    }

    /** {@return lines of its own that a run prints at its end, each with its subject in the first 18 columns} */
    default ImmutableList<String> lines() {
        return ImmutableList.of();
    }

    /** {@return what records and reports tell of how it learned, a line each} */
    default ImmutableList<String> notes() {
        return ImmutableList.of();
    }

    /**
     * {@return this result, whose model, if one can be saved, has the note}
     *
     * @param key what the value says
     * @param value where the result comes from
     */
    default TrainingResult annotated(String key, String value) {
        return this;
    }

    /**
     * Saves the model, where it can be asked for predictions later; nothing where it cannot.
     *
     * @param file where to; replaced if there
     * @throws sluice.tasks.InputException if it cannot be written
     */
    default void saveModel(Path file) {}

    /**
     * Saves the sums that another run goes on from; nothing where there are none, or nobody wanted them kept.
     *
     * @param file where to; replaced if there
     * @throws sluice.tasks.InputException if it cannot be written
     */
    default void saveSums(Path file) {}

    /**
     * Saves what a plain strategy remembers, from which another run goes on; nothing where there is nothing, or nobody wanted it kept.
     *
     * @param file where to; replaced if there
     * @throws sluice.tasks.InputException if it cannot be written
     */
    default void saveLearner(Path file) {}
}
