package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import sluice.evaluation.Figures;
import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.SampleSummary;

/** Which figures the report of networks that generate has, what each is, and how it is written. */
record GeneratorHeadline(GeneratorRuns data) {
    private static final ImmutableList<Metric> ALL = ImmutableList.of(
            MeasuredMetric.NLL,
            GeneratorMetric.ELBO,
            GeneratorMetric.KL,
            GeneratorMetric.RECONSTRUCTION,
            GeneratorMetric.ACTIVE_LATENTS,
            GeneratorMetric.CLASS_ACCURACY,
            GeneratorMetric.VALIDATION_NLL,
            MeasuredMetric.TRAIN_SECONDS,
            MeasuredMetric.EVAL_SECONDS);

    private static final ImmutableSet<Metric> IN_NATS = ImmutableSet.of(
            MeasuredMetric.NLL,
            GeneratorMetric.ELBO,
            GeneratorMetric.KL,
            GeneratorMetric.RECONSTRUCTION,
            GeneratorMetric.VALIDATION_NLL);

    /** The figures that some run has or tells why it has not, in order. */
    ImmutableList<Metric> metrics() {
        return ALL.stream()
                .filter(metric -> data.runs().stream()
                        .anyMatch(run -> run.metrics().values().containsKey(metric.key())))
                .collect(toImmutableList());
    }

    static String title(Metric metric) {
        return metric.title() + (isInNats(metric) ? " (nats)" : "");
    }

    static boolean isInNats(Metric metric) {
        return IN_NATS.contains(metric);
    }

    /** What a figure is, one line. */
    String definition(Metric metric) {
        if (metric != MeasuredMetric.NLL) {
            return metric.definition();
        }
        String of = data.runs().stream().allMatch(ReportedGenerator::isStructured)
                ? "the lower half of an image given its upper half"
                : "an image";
        return "negative importance-weighted bound of the log likelihood of " + of + ", in nats, of " + samples()
                + " with hard latents: mean over " + images()
                + "; the true value is at most this, and less is better (Burda et al. 2016, eq. 8)";
    }

    /** {@code m = 1,000 samples}. */
    String samples() {
        ImmutableList<Optional<Integer>> all =
                data.runs().stream().map(ReportedGenerator::samples).distinct().collect(toImmutableList());
        return all.stream().allMatch(Optional::isPresent)
                ? "m = "
                        + all.stream()
                                .map(m -> Figures.grouped(m.orElseThrow(), 0))
                                .collect(Collectors.joining(" or "))
                        + " samples"
                : "m samples";
    }

    private String images() {
        String counts = data.runs().stream()
                .map(run -> run.bounds().size())
                .distinct()
                .map(count -> Figures.grouped(count, 0))
                .collect(Collectors.joining(" or "));
        return counts + (counts.equals("1") ? " test image" : " test images");
    }

    /** A mean with half its interval, which of seconds tells nothing; a hyphen where there is none. */
    static String text(Metric metric, SampleSummary summary) {
        if (!(summary.mean() instanceof MetricValue.Defined mean)) {
            return "-";
        }
        boolean spreads = metric.format() != Metric.Format.SECONDS;
        return figure(metric, mean.value())
                + (spreads && summary.halfWidth() instanceof MetricValue.Defined half
                        ? " ± " + figure(metric, half.value())
                        : "");
    }

    static String figure(Metric metric, double value) {
        if (isInNats(metric)) {
            return Figures.grouped(value, 2);
        }
        return switch (metric.format()) {
            case ACCURACY -> Figures.fourDecimals(value);
            case NUMBER -> Figures.fiveDigits(value);
            case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
            case SECONDS -> Figures.grouped(value, 1) + " s";
            case COUNT -> Figures.grouped(value, value == Math.rint(value) ? 0 : 1);
        };
    }
}
