package sluice.framework.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.run.GateShare;
import sluice.framework.ContinualResult;
import sluice.framework.account.CapacityLedger;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;

/**
 * What came of teaching a network tasks that nobody tells at test.
 *
 * @param told what came of it but for that
 * @param model finds the task of examples, and asks its subnetwork; empty where no task was learned, or tasks were given
 * @param found how tasks of test examples were found after the last task, by metric
 * @param strangers how well examples of no task are told apart, as far as that was asked
 * @param explanation how tasks are found, and why so: a line each
 * @param sumBytes bytes that are kept to find tasks by
 */
public record UntoldResult(
        ContinualResult told,
        Optional<InferredModel> model,
        ImmutableMap<String, MetricValue> found,
        ToldStrangers strangers,
        ImmutableList<String> explanation,
        long sumBytes)
        implements TrainingResult {
    /**
     * {@return the same of other rows or tasks}
     *
     * @param other what came of the network
     */
    public UntoldResult with(ContinualResult other) {
        return new UntoldResult(other, model, found, strangers, explanation, sumBytes);
    }

    @Override
    public AccuracyMatrix matrix() {
        return told.matrix();
    }

    @Override
    public ImmutableList<TaskSummary> tasks() {
        return told.tasks();
    }

    @Override
    public double evaluationSeconds() {
        return told.evaluationSeconds();
    }

    @Override
    public OptionalLong comparedLogits() {
        return told.comparedLogits();
    }

    @Override
    public Optional<Boolean> exactRetention() {
        return told.exactRetention();
    }

    @Override
    public Optional<ConsolidatedSubnetworks> subnetworks() {
        return told.subnetworks();
    }

    @Override
    public Optional<Subnetwork> subnetwork(String task) {
        return told.subnetwork(task);
    }

    @Override
    public Optional<CapacityLedger> capacity() {
        return told.capacity();
    }

    /** With the sums. */
    @Override
    public long memoryBytes() {
        return told.memoryBytes() + sumBytes;
    }

    @Override
    public ImmutableList<GateShare> gateShares() {
        return told.gateShares();
    }

    @Override
    public ImmutableMap<String, MetricValue> figures() {
        Map<String, MetricValue> figures = new LinkedHashMap<>(told.figures());
        figures.put(MeasuredMetric.MEMORY_BYTES.key(), MetricValue.of((double) memoryBytes()));
        figures.putAll(found);
        figures.putAll(strangers.metrics());
        return ImmutableMap.copyOf(figures);
    }

    @Override
    public ImmutableList<String> lines() {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.addAll(told.lines());
        MetricValue share = found.get(MeasuredMetric.TASK_FOUND.key());
        if (share != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "task found        %.4f of the test examples, by %,.0f multiply-adds each; the subnetwork takes %,.0f",
                    share.number().orElseThrow(),
                    number(MeasuredMetric.MACS_INFERENCE),
                    number(MeasuredMetric.MACS_PREDICTION)));
        }
        return lines.addAll(strangers.lines())
                .add(String.format(Locale.ROOT, "memory of sums    %,d bytes, no example", sumBytes))
                .build();
    }

    @Override
    public ImmutableList<String> notes() {
        return ImmutableList.<String>builder()
                .addAll(explanation)
                .addAll(strangers.explanation())
                .build();
    }

    private double number(MeasuredMetric metric) {
        return found.get(metric.key()).number().orElseThrow();
    }

    @Override
    public UntoldResult annotated(String key, String value) {
        return new UntoldResult(
                told.annotated(key, value),
                model.map(inferred -> inferred.annotated(key, value)),
                found,
                strangers,
                explanation,
                sumBytes);
    }

    @Override
    public void saveModel(Path file) {
        model.ifPresentOrElse(inferred -> inferred.save(file), () -> told.saveModel(file));
    }
}
