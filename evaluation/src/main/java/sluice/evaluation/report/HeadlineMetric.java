package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.stream.Stream;
import sluice.evaluation.ContinualMetric;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.ReferenceMetric;

/**
 * A figure of a report's headline.
 *
 * @param key its name in files
 * @param title its name for readers
 * @param definition formula and source, one line
 * @param format how its values are written
 * @param better whether more is better (1), less is (-1), or neither (0)
 */
record HeadlineMetric(String key, String title, String definition, Format format, int better) {
    /** How values are written. */
    enum Format {
        /** Four decimals. */
        ACCURACY,
        /** Per cent with one decimal. */
        SHARE,
        /** Seconds. */
        SECONDS,
        /** Whole numbers, large ones with an exponent. */
        COUNT
    }

    /** The headline's figures, in order; those between steps only where some run has them. */
    static ImmutableList<HeadlineMetric> of(ReportData data) {
        return Stream.concat(
                        usual(data.definition()).stream(),
                        Arrays.stream(ContinualMetric.values())
                                .filter(metric -> data.strategies().stream()
                                        .anyMatch(strategy ->
                                                strategy.summary(metric.key()).n() > 0))
                                .map(HeadlineMetric::of))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<HeadlineMetric> usual(ForgettingDefinition definition) {
        return ImmutableList.of(
                of(ForgettingMetric.ACC, 1),
                new HeadlineMetric(
                        definition.key(),
                        "Forgetting (" + definition.word() + ")",
                        definition.formula(),
                        Format.ACCURACY,
                        -1),
                of(ForgettingMetric.BWT, 1),
                of(ForgettingMetric.FWT, 1),
                of(ForgettingMetric.LEARNING_ACCURACY, 1),
                new HeadlineMetric(
                        ReferenceMetric.INTRANSIGENCE.key(),
                        ReferenceMetric.INTRANSIGENCE.title(),
                        ReferenceMetric.INTRANSIGENCE.definition(),
                        Format.ACCURACY,
                        -1),
                new HeadlineMetric(
                        DerivedMetric.MACS_SAVED,
                        "Multiply-adds saved",
                        "1 - multiply-adds of training / those of the dense network",
                        Format.SHARE,
                        1),
                new HeadlineMetric(
                        "train_seconds", "Training time", "seconds of training on the clock", Format.SECONDS, -1));
    }

    private static HeadlineMetric of(ContinualMetric metric) {
        boolean loss = metric == ContinualMetric.STABILITY_GAP || metric == ContinualMetric.WINDOWED_FORGETTING;
        return new HeadlineMetric(metric.key(), metric.title(), metric.definition(), Format.ACCURACY, loss ? -1 : 1);
    }

    private static HeadlineMetric of(ForgettingMetric metric, int better) {
        return new HeadlineMetric(metric.key(), metric.title(), metric.definition(), Format.ACCURACY, better);
    }
}
