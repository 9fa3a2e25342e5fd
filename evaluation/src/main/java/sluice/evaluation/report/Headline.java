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
import sluice.evaluation.ReferenceMetric;

/** Which figures a report's headline has. */
final class Headline {
    private Headline() {}

    /** The figures, in order; those between steps, and of one task those of its classes, only where some run has them. */
    static ImmutableList<Metric> of(ReportData data) {
        Stream<Metric> ofOneTask = data.tasks().size() == 1
                ? Stream.of(ClassificationMetric.BALANCED_ACCURACY, ClassificationMetric.MACRO_F1)
                : Stream.of();
        return Stream.concat(
                        defaults(data.definition()).stream(),
                        Stream.concat(ofOneTask, Arrays.stream(ContinualMetric.values()))
                                .filter(metric -> data.strategies().stream()
                                        .anyMatch(strategy ->
                                                strategy.summary(metric.key()).n() > 0)))
                .collect(ImmutableList.toImmutableList());
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
