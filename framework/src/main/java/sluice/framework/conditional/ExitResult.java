package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.run.BudgetPoint;
import sluice.evaluation.run.GateShare;
import sluice.evaluation.run.StoppedExample;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;

/**
 * What came of training a network with exits.
 *
 * @param model the network
 * @param matrix test accuracy within the budget, row 0 untrained
 * @param task what the training took
 * @param curve accuracy against multiply-adds on test examples
 * @param use where test examples stopped within the budget
 * @param gates what those of gaters did within the budget, layer by layer
 * @param stopped test examples by how far they went within the budget; none where they are no pictures
 * @param evaluationSeconds seconds of measuring the accuracies
 */
public record ExitResult(
        ExitModel model,
        AccuracyMatrix matrix,
        TaskSummary task,
        ExitCurve curve,
        ExitUse use,
        ImmutableList<GateUse> gates,
        ImmutableList<StoppedExample> stopped,
        double evaluationSeconds)
        implements TrainingResult {
    /** Points of the curve that a run prints, at most. */
    private static final int PRINTED = 12;

    @Override
    public ImmutableList<TaskSummary> tasks() {
        return ImmutableList.of(task);
    }

    @Override
    public ImmutableMap<String, MetricValue> figures() {
        long whole = model.shape().ungatedMultiplyAdds();
        return ImmutableMap.of(
                MeasuredMetric.MACS_PREDICTION.key(), MetricValue.of(use.mean()),
                MeasuredMetric.MACS_PREDICTION_ALL_OPEN.key(), MetricValue.of((double) whole));
    }

    @Override
    public ExitResult annotated(String key, String value) {
        return new ExitResult(model.annotated(key, value), matrix, task, curve, use, gates, stopped, evaluationSeconds);
    }

    @Override
    public void saveModel(Path file) {
        model.save(file);
    }

    @Override
    public ImmutableList<BudgetPoint> budgets() {
        return curve.points();
    }

    @Override
    public ImmutableList<GateShare> gateShares() {
        ImmutableList.Builder<GateShare> shares = ImmutableList.builder();
        for (GateUse layer : gates) {
            for (int c = 0; c < layer.classes().size(); c++) {
                for (int b = 0; b < layer.classes().get(c).size(); b++) {
                    shares.add(new GateShare(
                            layer.layer(),
                            b + 1,
                            model.classNames().get(c),
                            layer.classes().get(c).get(b)));
                }
            }
        }
        return shares.build();
    }

    @Override
    public ImmutableList<String> lines() {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.add(String.format(
                Locale.ROOT,
                "multiply-adds     %,.0f per test example, deviation %,.0f, at most %,d",
                use.mean(),
                use.deviation(),
                use.most()));
        lines.add("exits             "
                + use.shares().stream()
                        .map(share -> String.format(Locale.ROOT, "%.1f %%", 100 * share))
                        .collect(Collectors.joining(", "))
                + " of the test examples stop there");
        lines.add("alone             "
                + curve.alone().stream()
                        .map(share -> String.format(Locale.ROOT, "%.2f %%", 100 * share))
                        .collect(Collectors.joining(", "))
                + " right, were all to stop there");
        gates.forEach(layer -> lines.add(layer.line()));
        int every = Math.max(1, (curve.points().size() + PRINTED - 1) / PRINTED);
        for (int i = 0; i < curve.points().size(); i++) {
            if (i % every == 0 || i == curve.points().size() - 1) {
                BudgetPoint point = curve.points().get(i);
                lines.add(String.format(
                        Locale.ROOT,
                        "within %,-10d %.2f %% right, %,.0f multiply-adds on test examples",
                        point.budget(),
                        100 * point.accuracy(),
                        point.multiplyAdds()));
            }
        }
        return lines.build();
    }
}
