package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;

/**
 * The runs of one strategy over its seeds.
 *
 * @param strategy its name, not empty
 * @param finished the figures of the runs that went to their end, all of this strategy, of distinct seeds
 * @param failed how many runs did not, at least 0
 */
public record StrategyRuns(String strategy, ImmutableList<RunMetrics> finished, int failed) {
    /** Checks that the runs are of this strategy and of distinct seeds. */
    public StrategyRuns {
        checkArgument(!strategy.isEmpty(), "the strategy's name must not be empty");
        checkArgument(failed >= 0, "failed must be at least 0, got %s", failed);
        for (RunMetrics run : finished) {
            checkArgument(
                    run.strategy().equals(strategy),
                    "a run of strategy %s is not one of %s",
                    Printable.quoted(run.strategy()),
                    Printable.quoted(strategy));
        }
        long seeds = finished.stream().map(RunMetrics::seed).distinct().count();
        checkArgument(
                seeds == finished.size(),
                "%s runs of %s have only %s seeds",
                finished.size(),
                Printable.quoted(strategy),
                seeds);
    }

    /**
     * {@return the runs of each strategy, in the order of their first runs; none failed}
     *
     * @param finished runs of any strategies
     * @throws IllegalArgumentException if two runs have the same strategy and seed
     */
    public static ImmutableList<StrategyRuns> of(Iterable<RunMetrics> finished) {
        return Multimaps.index(finished, RunMetrics::strategy).asMap().entrySet().stream()
                .map(runs -> new StrategyRuns(runs.getKey(), ImmutableList.copyOf(runs.getValue()), 0))
                .collect(toImmutableList());
    }

    /** {@return the names of all metrics that a run has, in order of first appearance} */
    public ImmutableSet<String> metrics() {
        return finished.stream().flatMap(run -> run.values().keySet().stream()).collect(ImmutableSet.toImmutableSet());
    }

    /**
     * {@return its summary over the finished runs; a run without such a metric counts as one where it is undefined}
     *
     * @param metric name of a metric, as the files have it
     */
    public SampleSummary summary(String metric) {
        return SampleSummary.of(finished.stream()
                .map(run -> run.values().getOrDefault(metric, MetricValue.undefined("it was not measured")))
                .collect(toImmutableList()));
    }
}
