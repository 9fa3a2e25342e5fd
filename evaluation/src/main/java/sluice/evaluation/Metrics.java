package sluice.evaluation;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All metrics that {@code metrics.csv} can hold: the one list of them. */
public final class Metrics {
    private static final Pattern LAYER = Pattern.compile("layer_[1-9]\\d*|head");
    private static final ImmutableMap<String, Metric> OF_RUNS = Stream.<Metric[]>of(
                    ForgettingMetric.values(),
                    ForgettingDefinition.values(),
                    ClassificationMetric.values(),
                    ProbabilityMetric.usual().toArray(Metric[]::new),
                    ReferenceMetric.values(),
                    ContinualMetric.values(),
                    RegressionMetric.all().toArray(Metric[]::new),
                    MeasuredMetric.values(),
                    GeneratorMetric.values())
            .flatMap(Arrays::stream)
            .collect(toImmutableMap(Metric::key, metric -> metric, (first, same) -> first));

    /** Kinds of metrics that count answers, or tell of images. */
    private static final ImmutableSet<Class<? extends Metric>> KINDS_OF_CLASSES = ImmutableSet.of(
            ForgettingMetric.class,
            ForgettingDefinition.class,
            ClassificationMetric.class,
            ProbabilityMetric.class,
            ReferenceMetric.class,
            ContinualMetric.class,
            GeneratorMetric.class);

    /** What is measured where classes are told apart alone. */
    private static final ImmutableSet<MeasuredMetric> MEASURED_OF_CLASSES = ImmutableSet.of(
            MeasuredMetric.HARDENING_COST,
            MeasuredMetric.NLL,
            MeasuredMetric.ANSWERED,
            MeasuredMetric.ANSWERED_ACCURACY,
            MeasuredMetric.PREQUENTIAL_ACCURACY,
            MeasuredMetric.BORDERS_FOUND,
            MeasuredMetric.BORDERS_FALSE,
            MeasuredMetric.BORDER_DELAY,
            MeasuredMetric.TASKS_RECOGNISED,
            MeasuredMetric.RECENCY_BIAS,
            MeasuredMetric.CALIBRATION_SCALE,
            MeasuredMetric.CKA,
            MeasuredMetric.EFFECTIVE_RANK,
            MeasuredMetric.DORMANT_RATIO);

    private Metrics() {}

    /**
     * {@return whether a run can have it whose tasks predict numbers}
     *
     * @param metric any of {@link #of}
     */
    public static boolean isOfNumbers(Metric metric) {
        return KINDS_OF_CLASSES.stream().noneMatch(kind -> kind.isInstance(metric))
                && !MEASURED_OF_CLASSES.contains(metric);
    }

    /**
     * {@return whether a run can have it whose tasks tell classes apart}
     *
     * @param metric any of {@link #of}
     */
    public static boolean isOfClasses(Metric metric) {
        return !(metric instanceof RegressionMetric);
    }

    /** {@return the keys of all, of those by layer the lowest layer's} */
    public static ImmutableSet<String> keys() {
        return Stream.concat(
                        OF_RUNS.keySet().stream(),
                        Arrays.stream(LayerMetric.values())
                                .map(metric -> metric.ofHidden(0).key()))
                .collect(toImmutableSet());
    }

    /**
     * {@return the metric of that name in files; empty if there is none}
     *
     * @param key any
     */
    public static Optional<Metric> of(String key) {
        if (OF_RUNS.containsKey(key)) {
            return Optional.of(OF_RUNS.get(key));
        }
        Optional<Metric> numbered = ProbabilityMetric.of(key).map(metric -> metric);
        if (numbered.isPresent()) {
            return numbered;
        }
        return Arrays.stream(LayerMetric.values())
                .filter(metric -> key.startsWith(metric.prefix())
                        && LAYER.matcher(key.substring(metric.prefix().length()))
                                .matches())
                .map(metric -> metric.of(key.substring(metric.prefix().length())))
                .findFirst();
    }
}
