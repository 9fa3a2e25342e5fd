package sluice.framework;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.LayerMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.run.BudgetPoint;
import sluice.evaluation.run.GateShare;
import sluice.framework.account.CapacityLedger;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;

/**
 * What came of teaching a network a task sequence.
 *
 * @param network the network, with every task consolidated that was learned
 * @param matrix accuracy of every task after every task, row 0 untrained
 * @param errors how far numbers were off, likewise; empty where classes are told apart
 * @param tasks what each task took, in order: all of the sequence, unless the training was ended early
 * @param evaluationSeconds seconds of evaluating every task before the first task and after each
 * @param work what test examples took after the last task, where that differs from one to another
 */
public record ContinualResult(
        GatedNetwork network,
        AccuracyMatrix matrix,
        Optional<RegressionMatrix> errors,
        ImmutableList<TaskSummary> tasks,
        double evaluationSeconds,
        ExampleWork work)
        implements TrainingResult {
    /**
     * {@return logits of earlier tasks that were computed again after the last one, as after each before, and found the
     * same bit for bit (training ends with a {@link sluice.framework.network.RetentionException} where one is not); 0
     * where there is one task or none, of which nothing can be compared}
     */
    @Override
    public OptionalLong comparedLogits() {
        return OptionalLong.of(tasks.isEmpty() ? 0 : tasks.get(tasks.size() - 1).unchanged());
    }

    @Override
    public Optional<ConsolidatedSubnetworks> subnetworks() {
        return Optional.of(network.consolidated());
    }

    @Override
    public Optional<Subnetwork> subnetwork(String task) {
        return Optional.of(network.subnetwork(task));
    }

    @Override
    public Optional<CapacityLedger> capacity() {
        return Optional.of(network.capacity());
    }

    @Override
    public long memoryBytes() {
        return network.taskBytes();
    }

    @Override
    public ImmutableList<BudgetPoint> budgets() {
        return work.curve();
    }

    @Override
    public ImmutableList<GateShare> gateShares() {
        return work.shares();
    }

    /** Occupancy and widths, what tasks share, how many more fit, and how budgets were kept. */
    @Override
    public ImmutableMap<String, MetricValue> figures() {
        ImmutableMap.Builder<String, MetricValue> figures = ImmutableMap.builder();
        for (int layer = 0; layer < network.hidden().size(); layer++) {
            figures.put(
                    LayerMetric.OCCUPANCY.ofHidden(layer).key(),
                    MetricValue.of(network.consolidated().occupancy(layer)));
        }
        for (int layer = 0; layer < network.hidden().size(); layer++) {
            figures.put(
                    LayerMetric.WIDTH.ofHidden(layer).key(),
                    MetricValue.of(network.hidden().get(layer)));
        }
        OptionalInt fits = network.capacity().moreTasks();
        return figures.put(MeasuredMetric.MEMORY_BYTES.key(), MetricValue.of((double) memoryBytes()))
                .put(MeasuredMetric.REUSE.key(), value(reuse(), "there is only one task"))
                .put(
                        MeasuredMetric.MORE_TASKS.key(),
                        fits.isPresent()
                                ? MetricValue.of(fits.getAsInt())
                                : MetricValue.undefined("the last tasks took no new unit"))
                .put(MeasuredMetric.BUDGET_USED.key(), value(budgetUsed(), "there was no budget"))
                .put(MeasuredMetric.BUDGET_EXCESS.key(), value(budgetExcess(), "there was no budget"))
                .putAll(work.figures())
                .buildOrThrow();
    }

    private static MetricValue value(OptionalDouble number, String otherwise) {
        return number.isPresent() ? MetricValue.of(number.getAsDouble()) : MetricValue.undefined(otherwise);
    }

    /** The largest share of a layer that any task had open, of what its budget allowed; empty without a budget. */
    private OptionalDouble budgetUsed() {
        return tasks.stream()
                .flatMap(task -> task.capacity().stream())
                .filter(layer -> layer.budget().isPresent())
                .mapToDouble(layer -> (double) layer.openUnits()
                        / layer.budget().orElseThrow().limit())
                .max();
    }

    /** The largest excess of an expected open share over its budget at the end of any task; empty without a budget. */
    private OptionalDouble budgetExcess() {
        return tasks.stream()
                .flatMap(task -> task.capacity().stream())
                .flatMap(layer -> layer.budget().stream())
                .mapToDouble(kept -> Math.max(0, kept.expectedShare() - kept.share()))
                .max();
    }

    @Override
    public ImmutableList<String> lines() {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.add("exact retention   "
                + (exactRetention().isEmpty()
                        ? "undefined because there is only one task"
                        : line(
                                "yes: every frozen parameter, and %,d logits of earlier tasks, bit for bit",
                                comparedLogits().orElseThrow())));
        lines.addAll(room());
        lines.add(line(
                "memory            %,d bytes of tasks (heads, subnetworks, gaters, exits) kept beside the network's parameters",
                memoryBytes()));
        return lines.addAll(work.lines()).build();
    }

    private ImmutableList<String> room() {
        long separate = network.parts().separateBytes();
        if (separate > 0) {
            return ImmutableList.of(line(
                    "room              any number of tasks: each takes its units with it, %,d bytes of weights and biases for all",
                    separate));
        }
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        for (int layer = 0; layer < network.hidden().size(); layer++) {
            lines.add(line(
                    "occupancy layer %d %.3f (%d of %d units)",
                    layer + 1,
                    network.consolidated().occupancy(layer),
                    network.consolidated().used(layer).size(),
                    network.hidden().get(layer)));
        }
        OptionalInt more = network.capacity().moreTasks();
        return lines.add("room              "
                        + (more.isEmpty()
                                ? "undefined because the last tasks took no new unit"
                                : line(
                                        "%,d more tasks that take as many new units as the last three",
                                        more.getAsInt())))
                .build();
    }

    private static String line(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }

    /** What a network knew before it learned these tasks is proven unchanged too. */
    @Override
    public Optional<Boolean> exactRetention() {
        return network.tasks().size() > tasks.size() ? Optional.of(true) : TrainingResult.super.exactRetention();
    }

    /**
     * {@return the same with tasks of earlier runs}
     *
     * @param other the matrix of all tasks
     * @param otherErrors likewise; empty where classes are told apart
     * @param unchanged logits of those tasks that were computed again after the last one and found bit for bit the same
     */
    public ContinualResult with(AccuracyMatrix other, Optional<RegressionMatrix> otherErrors, long unchanged) {
        if (tasks.isEmpty()) {
            return new ContinualResult(network, other, otherErrors, tasks, evaluationSeconds, work);
        }
        TaskSummary last = tasks.get(tasks.size() - 1);
        ImmutableList<TaskSummary> proven = ImmutableList.<TaskSummary>builder()
                .addAll(tasks.subList(0, tasks.size() - 1))
                .add(last.proven(last.digest(), last.unchanged() + unchanged))
                .build();
        return new ContinualResult(network, other, otherErrors, proven, evaluationSeconds, work);
    }

    @Override
    public ContinualResult annotated(String key, String value) {
        network.annotate(key, value);
        return this;
    }

    @Override
    public void saveModel(Path file) {
        network.save(file);
    }
}
