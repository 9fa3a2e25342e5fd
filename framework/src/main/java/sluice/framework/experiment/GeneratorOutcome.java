package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;
import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;
import sluice.framework.generator.GeneratorResult;
import sluice.tasks.DataSet;

/**
 * What came of training a network that generates.
 *
 * @param plan what was done
 * @param data what was learned
 * @param result network, bounds, and what it took
 * @param judged what came of images that were asked for; none where none were
 * @param trace what was warned of, and what checkpoints took
 * @param loading time to load the data
 * @param total time from the start of loading to the end of the evaluation
 */
public record GeneratorOutcome(
        GeneratorPlan plan,
        DataSet data,
        GeneratorResult result,
        Optional<JudgedImages> judged,
        GeneratorTrace trace,
        Duration loading,
        Duration total) {
    static final MetricValue NO_PRIOR = MetricValue.undefined("latents of a structured network have no prior");

    /** {@return what checkpoints took, a line with its subject in the first 18 columns; none where none was taken} */
    public ImmutableList<String> checkpointCost() {
        return trace.checkpoints().lines(result.trainSeconds());
    }

    /** {@return the figures that the run's {@code metrics.csv} has} */
    public RunMetrics metrics() {
        RunMetrics metrics = RunMetrics.empty(plan.strategy(), plan.seed())
                .with(MeasuredMetric.NLL, result.nll())
                .with(GeneratorMetric.ELBO, result.negativeElbo())
                .with(
                        GeneratorMetric.KL,
                        result.parts().divergence().isPresent()
                                ? MetricValue.of(result.parts().divergence().getAsDouble())
                                : NO_PRIOR)
                .with(GeneratorMetric.RECONSTRUCTION, result.parts().reconstruction())
                .with(GeneratorMetric.ACTIVE_LATENTS, (double) result.activeLatents());
        if (result.classAccuracy().isPresent()) {
            metrics = metrics.with(
                    GeneratorMetric.CLASS_ACCURACY, result.classAccuracy().getAsDouble());
        }
        if (result.validation().evidence().isPresent()) {
            metrics = metrics.with(
                            GeneratorMetric.VALIDATION_NLL,
                            result.validation().importanceWeighted().orElseThrow())
                    .with(
                            GeneratorMetric.VALIDATION_ELBO,
                            result.validation().evidence().getAsDouble());
        }
        if (judged.isPresent()) {
            metrics = judged.get().in(metrics);
        }
        return metrics.with(MeasuredMetric.TRAIN_SECONDS, result.trainSeconds())
                .with(MeasuredMetric.MS_PER_STEP, 1000 * result.trainSeconds() / result.steps())
                .with(MeasuredMetric.EVAL_SECONDS, result.evaluationSeconds())
                .with(
                        MeasuredMetric.EVAL_SHARE,
                        result.evaluationSeconds() / (result.trainSeconds() + result.evaluationSeconds()));
    }
}
