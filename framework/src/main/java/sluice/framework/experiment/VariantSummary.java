package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multimaps;
import com.google.common.math.Quantiles;
import com.google.common.math.Stats;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The runs of one variant taken together, over its seeds. A figure that no finished run has is empty.
 *
 * @param variant its name
 * @param runs its runs, one per seed
 */
public record VariantSummary(String variant, ImmutableList<ComparedRun> runs) {
    /**
     * @param runs of a comparison
     * @return a summary per variant, in the order of their first runs
     */
    public static ImmutableList<VariantSummary> of(List<ComparedRun> runs) {
        return Multimaps.index(runs, ComparedRun::variant).asMap().entrySet().stream()
                .map(variant -> new VariantSummary(variant.getKey(), ImmutableList.copyOf(variant.getValue())))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * @return how many runs went to their end
     */
    public int finished() {
        return (int) finishedRuns().count();
    }

    /**
     * @param metric name of a figure, such as {@code acc}
     * @return its mean over the runs
     */
    public OptionalDouble mean(String metric) {
        return over(metric, Stats::meanOf);
    }

    /**
     * @param metric name of a figure
     * @return its least value
     */
    public OptionalDouble least(String metric) {
        return over(metric, values -> Stats.of(values).min());
    }

    /**
     * @param metric name of a figure
     * @return its median over the runs
     */
    public OptionalDouble median(String metric) {
        return over(metric, values -> Quantiles.median().compute(values));
    }

    private OptionalDouble over(String metric, ToDoubleFunction<List<Double>> statistic) {
        List<Double> values = finishedRuns()
                .flatMapToDouble(run -> run.metrics().values().get(metric).number().stream())
                .boxed()
                .toList();
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(statistic.applyAsDouble(values));
    }

    private Stream<ComparedRun.Finished> finishedRuns() {
        return runs.stream().filter(ComparedRun.Finished.class::isInstance).map(ComparedRun.Finished.class::cast);
    }
}
