package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sluice.evaluation.ContinualMetric;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.ReferenceMetric;

/** The names that metrics.csv can hold, as far as they are known before a run. */
final class MetricNames {
    private static final ImmutableList<String> MEASURED = ImmutableList.of(
            "train_seconds",
            "ms_per_step",
            "eval_seconds",
            "eval_share",
            "macs",
            "macs_dense",
            "macs_per_step",
            "macs_dense_per_step",
            "macs_share",
            "hardening_cost",
            "memory_bytes",
            "occupancy",
            "reuse",
            "more_tasks",
            "budget_used",
            "budget_excess",
            "ece",
            "nll",
            "answered",
            "answered_accuracy",
            "recency_bias",
            "filters_open",
            "filters",
            "macs_prediction",
            "macs_prediction_all_open",
            "calibration_scale");
    private static final ImmutableList<String> BY_LAYER = ImmutableList.of(
            "macs_forward", "macs_backward", "macs_dense_forward", "macs_dense_backward", "occupancy", "width");
    private static final Pattern LAYER = Pattern.compile("_(layer_[1-9]\\d*|head)$");

    private MetricNames() {}

    /** Names to suggest where one is not known; of those by layer the lowest layer's. */
    static ImmutableSet<String> known() {
        return Stream.of(
                        Arrays.stream(ForgettingMetric.values()).map(ForgettingMetric::key),
                        Arrays.stream(ForgettingDefinition.values()).map(ForgettingDefinition::key),
                        Arrays.stream(ReferenceMetric.values()).map(ReferenceMetric::key),
                        Arrays.stream(ContinualMetric.values()).map(ContinualMetric::key),
                        MEASURED.stream(),
                        RepresentationTrace.NAMES.stream(),
                        BY_LAYER.stream().map(name -> name + "_layer_1"))
                .flatMap(names -> names)
                .collect(ImmutableSet.toImmutableSet());
    }

    static boolean isKnown(String name) {
        return known().contains(name)
                || (LAYER.matcher(name).find()
                        && BY_LAYER.contains(LAYER.matcher(name).replaceFirst("")));
    }
}
