package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multimaps;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.LayerMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.StrategyRuns;
import sluice.tasks.InputException;

/** What came of one run of a comparison. */
public sealed interface ComparedRun {
    /**
     * {@return the runs of each variant, in the order of their first ones}
     *
     * @param runs of a comparison
     */
    static ImmutableList<StrategyRuns> byVariant(List<ComparedRun> runs) {
        return Multimaps.index(runs, ComparedRun::variant).asMap().entrySet().stream()
                .map(variant -> together(variant.getKey(), variant.getValue()))
                .collect(toImmutableList());
    }

    private static StrategyRuns together(String variant, Collection<ComparedRun> runs) {
        ImmutableList<RunMetrics> finished = metrics(runs);
        return new StrategyRuns(variant, finished, runs.size() - finished.size());
    }

    /**
     * {@return the figures of those that went to their end, in the same order}
     *
     * @param runs of a comparison
     */
    static ImmutableList<RunMetrics> metrics(Collection<ComparedRun> runs) {
        return runs.stream()
                .filter(Finished.class::isInstance)
                .map(run -> ((Finished) run).metrics())
                .collect(toImmutableList());
    }

    /**
     * {@return the same, with intransigence where it follows from a joint run of the same seed}
     *
     * @param runs of a comparison
     */
    static ImmutableList<ComparedRun> heldAgainstJoint(Collection<ComparedRun> runs) {
        Map<Long, RunMetrics> joint = new HashMap<>();
        for (ComparedRun run : runs) {
            if (run instanceof Finished finished && finished.joint()) {
                joint.putIfAbsent(run.seed(), finished.metrics());
            }
        }
        return runs.stream()
                .map(run -> run instanceof Finished finished && !finished.joint() && joint.containsKey(run.seed())
                        ? new Finished(finished.metrics().heldAgainst(joint.get(run.seed())), false)
                        : run)
                .collect(toImmutableList());
    }

    /** {@return the variant's name} */
    String variant();

    /** {@return the run's seed} */
    long seed();

    /**
     * A run that went to its end.
     *
     * @param metrics its figures under the variant's name in place of a strategy's: those that the run's {@code
     *     metrics.csv} has, {@code occupancy}, the mean over the hidden layers, and {@code macs_share}, multiply-adds
     *     done for one of the dense network
     * @param joint whether its strategy learned all tasks at once, so that others can be held against it
     */
    record Finished(RunMetrics metrics, boolean joint) implements ComparedRun {
        private static final String OF_LAYER =
                LayerMetric.OCCUPANCY.of("layer_").key();

        /** A run of a variant, with the figures of its own {@code metrics.csv}. */
        static Finished of(PlannedRun run, RunMetrics ofRun) {
            boolean joint = run.plan() instanceof RunPlan tasks && tasks.joint();
            return new Finished(metrics(run.variant(), run.seed(), ofRun), joint);
        }

        /** The figures of a run's own {@code metrics.csv}, and those that comparisons add. */
        static RunMetrics metrics(String variant, long seed, RunMetrics ofRun) {
            RunMetrics renamed = new RunMetrics(variant, seed, ofRun.values());
            return isOfGenerator(ofRun) ? renamed : withShares(renamed);
        }

        /** Whether figures are those of a network that generates. */
        static boolean isOfGenerator(RunMetrics metrics) {
            return metrics.values().containsKey(GeneratorMetric.ELBO.key());
        }

        private static RunMetrics withShares(RunMetrics ofRun) {
            OptionalDouble occupancy = ofRun.values().entrySet().stream()
                    .filter(metric -> metric.getKey().startsWith(OF_LAYER))
                    .flatMapToDouble(metric -> metric.getValue().number().stream())
                    .average();
            RunMetrics metrics = ofRun.with(
                    MeasuredMetric.MACS_SHARE,
                    number(ofRun, MeasuredMetric.MACS) / number(ofRun, MeasuredMetric.MACS_DENSE));
            return metrics.with(
                    MeasuredMetric.OCCUPANCY,
                    occupancy.isPresent()
                            ? MetricValue.of(occupancy.getAsDouble())
                            : MetricValue.undefined("units without gates take up no place"));
        }

        private static double number(RunMetrics metrics, Metric metric) {
            return metrics.value(metric)
                    .number()
                    .orElseThrow(() ->
                            new InputException("the run's metrics have no %s: run it again".formatted(metric.key())));
        }

        @Override
        public String variant() {
            return metrics.strategy();
        }

        @Override
        public long seed() {
            return metrics.seed();
        }
    }

    /**
     * A run that diverged or ran out of memory.
     *
     * @param variant the variant's name
     * @param seed the run's seed
     * @param reason one line
     */
    record Failed(String variant, long seed, String reason) implements ComparedRun {}
}
