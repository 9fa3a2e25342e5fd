package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.stream.Stream;
import sluice.evaluation.ClassificationMetric;
import sluice.evaluation.ContinualMetric;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.ProbabilityMetric;
import sluice.evaluation.ReferenceMetric;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RegressionScore;

/** Which figures a report's headline has. */
final class Headline {
    private Headline() {}

    private static final ImmutableList<Metric> OF_CLASSES = ImmutableList.of(
            ClassificationMetric.BALANCED_ACCURACY,
            ClassificationMetric.MACRO_F1,
            ProbabilityMetric.AUC,
            ProbabilityMetric.BRIER,
            ProbabilityMetric.ECE);

    /** Of tasks that nobody tells. */
    private static final ImmutableList<Metric> OF_FOUND_TASKS = ImmutableList.of(
            MeasuredMetric.TASK_FOUND,
            MeasuredMetric.AUROC_PERMUTATION,
            MeasuredMetric.AUROC_NOISE,
            MeasuredMetric.AUROC_DIGITS,
            MeasuredMetric.AUROC_LEFT_OUT);

    /**
     * The figures, in order; those between steps, those of tasks that are found, and of one task those of its classes, only where some run has
     * them.
     */
    static ImmutableList<Metric> of(ReportData data) {
        if (data.score() == ReportScore.RMSE) {
            return ofNumbers(data);
        }
        Stream<Metric> figures = data.tasks().size() == 1 ? ofOneTask(data) : defaults(data.definition()).stream();
        return Stream.of(
                        figures,
                        measured(data, Arrays.stream(ContinualMetric.values())),
                        measured(data, OF_FOUND_TASKS.stream()))
                .<Metric>flatMap(metrics -> metrics)
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Metric> ofNumbers(ReportData data) {
        ImmutableList.Builder<Metric> figures = ImmutableList.builder();
        if (data.tasks().size() == 1) {
            figures.add(RegressionMetric.RMSE, RegressionMetric.R2);
        } else {
            figures.add(RegressionMetric.RMSE, data.score().forgetting(data.definition()));
            figures.add(RegressionMetric.R2, of(RegressionScore.R2, data.definition()));
            Stream.of(ForgettingMetric.BWT, ForgettingMetric.FWT, ForgettingMetric.LEARNING_ACCURACY)
                    .map(figure -> of(RegressionScore.RMSE, figure))
                    .forEach(figures::add);
        }
        return figures.add(DerivedMetric.MACS_SAVED, MeasuredMetric.TRAIN_SECONDS)
                .build();
    }

    private static Metric of(RegressionScore score, Metric figure) {
        return new RegressionMetric(score, figure);
    }

    /** Nothing can be forgotten of it. */
    private static Stream<Metric> ofOneTask(ReportData data) {
        return Stream.of(
                        Stream.of(ForgettingMetric.ACC),
                        measured(data, OF_CLASSES.stream()),
                        Stream.of(DerivedMetric.MACS_SAVED, MeasuredMetric.TRAIN_SECONDS))
                .flatMap(metrics -> metrics);
    }

    private static Stream<Metric> measured(ReportData data, Stream<? extends Metric> metrics) {
        return metrics.<Metric>map(metric -> metric)
                .filter(metric -> data.strategies().stream()
                        .anyMatch(strategy -> strategy.summary(metric.key()).n() > 0));
    }

    private static ImmutableList<Metric> defaults(ForgettingDefinition definition) {
        return ImmutableList.of(
                ForgettingMetric.ACC,
                definition,
                ForgettingMetric.BWT,
                ForgettingMetric.FWT,
                ForgettingMetric.LEARNING_ACCURACY,
                ReferenceMetric.INTRANSIGENCE,
                DerivedMetric.MACS_SAVED,
                MeasuredMetric.TRAIN_SECONDS);
    }
}
