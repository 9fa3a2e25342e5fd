package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import java.util.OptionalDouble;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.LayerMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.regression.RegressionReport;
import sluice.framework.account.LayerAccount;
import sluice.framework.result.Binarisation;
import sluice.framework.result.TrainingResult;

/** The figures of a run. */
final class RunFigures {
    private RunFigures() {}

    /** The metrics of the report, and what the training cost. */
    static RunMetrics of(Outcome outcome) {
        TrainingResult result = outcome.training();
        RunMetrics metrics = withCosts(
                outcome.errors().map(RegressionReport::metrics).orElseGet(() -> ofAccuracies(outcome)), result);
        if (result.errors().isEmpty()) {
            metrics = metrics.with(MeasuredMetric.HARDENING_COST, hardening(result));
        }
        for (LayerAccount layer : result.account()) {
            metrics = metrics.with(LayerMetric.MACS_FORWARD.of(layer.layer()), (double)
                            layer.done().forward())
                    .with(LayerMetric.MACS_BACKWARD.of(layer.layer()), (double)
                            layer.done().backward())
                    .with(LayerMetric.MACS_DENSE_FORWARD.of(layer.layer()), (double)
                            layer.dense().forward())
                    .with(LayerMetric.MACS_DENSE_BACKWARD.of(layer.layer()), (double)
                            layer.dense().backward());
        }
        return metrics.withAll(result.figures());
    }

    /** How well classes are told apart. */
    private static RunMetrics ofAccuracies(Outcome outcome) {
        TrainingResult result = outcome.training();
        return RunMetrics.of(outcome.report())
                .withAll(Maps.filterKeys(
                        AnsweredClasses.metrics(
                                result.matrix().tasks(), outcome.trace().answers()),
                        // what a learner measures itself is more exact
                        key -> !result.figures().containsKey(key)))
                .with(continual(outcome))
                .with(
                        MeasuredMetric.RECENCY_BIAS,
                        RecencyBias.of(
                                outcome.sequence().scenario(), outcome.trace().answers()))
                .withAll(outcome.trace().representationMetrics());
    }

    private static RunMetrics withCosts(RunMetrics metrics, TrainingResult result) {
        return metrics.with(MeasuredMetric.TRAIN_SECONDS, result.trainSeconds())
                .with(MeasuredMetric.MS_PER_STEP, result.millisecondsPerStep())
                .with(MeasuredMetric.EVAL_SECONDS, result.evaluationSeconds())
                .with(MeasuredMetric.EVAL_SHARE, result.evaluationShare())
                .with(MeasuredMetric.MACS, (double) result.multiplyAdds())
                .with(MeasuredMetric.MACS_DENSE, (double) result.denseMultiplyAdds())
                .with(MeasuredMetric.MACS_PER_STEP, (double) result.multiplyAdds() / result.steps())
                .with(MeasuredMetric.MACS_DENSE_PER_STEP, (double) result.denseMultiplyAdds() / result.steps());
    }

    private static MetricValue hardening(TrainingResult result) {
        OptionalDouble hardening = result.tasks().stream()
                .flatMap(task -> task.hardening().stream())
                .mapToDouble(Binarisation::cost)
                .average();
        return hardening.isPresent()
                ? MetricValue.of(hardening.getAsDouble())
                : MetricValue.undefined("gates were binary all along");
    }

    /** How tasks did between steps. */
    static ContinualEvaluation continual(Outcome outcome) {
        AccuracyMatrix matrix = outcome.training().matrix();
        int before = matrix.tasks().indexOf(outcome.sequence().names().get(0));
        return new ContinualEvaluation(
                matrix.strategy(),
                matrix.seed(),
                matrix.tasks(),
                outcome.trace().points().stream()
                        .map(point -> after(before, point))
                        .collect(ImmutableList.toImmutableList()));
    }

    /** A point by its place among all tasks of the matrix, of which the run learned the last. */
    private static ContinualEvaluation.Point after(int tasks, ContinualEvaluation.Point point) {
        return new ContinualEvaluation.Point(
                tasks + point.learning(), point.step(), tasks + point.task(), point.correct(), point.total());
    }
}
