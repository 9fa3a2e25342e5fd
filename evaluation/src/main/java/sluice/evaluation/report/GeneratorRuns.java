package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Printable;
import sluice.evaluation.StrategyRuns;

/**
 * Runs that trained networks that generate, told apart by variant and seed, at least one.
 *
 * @param runs that went to their end
 * @param failed runs without results
 * @param waiting how many are still to come
 */
record GeneratorRuns(ImmutableList<ReportedGenerator> runs, ImmutableList<FailedRun> failed, int waiting) {
    GeneratorRuns {
        if (runs.isEmpty()) {
            throw new MatrixFormatException("no run has results: name a run that went to its end");
        }
        Map<String, ReportedGenerator> seen = new HashMap<>();
        for (ReportedGenerator run : runs) {
            ReportedGenerator same = seen.putIfAbsent(run.seed() + " " + run.strategy(), run);
            if (same != null) {
                throw new MatrixFormatException(
                        "%s with seed %d is in %s and in %s: leave one out, or give one another seed"
                                .formatted(
                                        Printable.quoted(run.strategy()),
                                        run.seed(),
                                        Printable.of(same.place()),
                                        Printable.of(run.place())));
            }
        }
    }

    /** The runs of each variant with their figures, in order of first appearance. */
    ImmutableList<StrategyRuns> variants() {
        ImmutableListMultimap<String, ReportedGenerator> byVariant = Multimaps.index(runs, ReportedGenerator::strategy);
        ImmutableListMultimap<String, FailedRun> failures = Multimaps.index(failed, FailedRun::strategy);
        return Stream.concat(byVariant.keySet().stream(), failures.keySet().stream())
                .distinct()
                .map(name -> new StrategyRuns(
                        name,
                        byVariant.get(name).stream()
                                .map(ReportedGenerator::metrics)
                                .collect(toImmutableList()),
                        failures.get(name).size()))
                .collect(toImmutableList());
    }

    /** The runs of a variant. */
    ImmutableList<ReportedGenerator> of(String variant) {
        return runs.stream().filter(run -> run.strategy().equals(variant)).collect(toImmutableList());
    }

    /** The variants that have results, the least mean bound first; equal ones in order. */
    ImmutableList<StrategyRuns> ranked() {
        return variants().stream()
                .filter(variant -> !variant.finished().isEmpty())
                .sorted((a, b) -> Double.compare(bound(a), bound(b)))
                .collect(toImmutableList());
    }

    private static double bound(StrategyRuns variant) {
        return ((MetricValue.Defined) variant.summary(MeasuredMetric.NLL.key()).mean()).value();
    }

    /** The first run of the best variant. */
    ReportedGenerator shown() {
        return of(ranked().get(0).strategy()).get(0);
    }

    /** What a reader must know before bounds are compared, a sentence each. */
    ImmutableList<String> notes() {
        ImmutableList.Builder<String> notes = ImmutableList.builder();
        unfinished().ifPresent(notes::add);
        if (runs.stream().map(ReportedGenerator::samples).distinct().count() > 1) {
            notes.add("bounds are of different numbers of samples m, and more samples give a lower one:"
                    + " compare runs of the same m");
        }
        if (runs.stream().map(TestImages::of).distinct().count() > 1) {
            notes.add("runs were evaluated on different test images: their bounds do not compare");
        }
        return notes.build();
    }

    private Optional<String> unfinished() {
        return waiting == 0
                ? Optional.empty()
                : Optional.of((waiting == 1 ? "1 run is" : waiting + " runs are")
                        + " still to come: the comparison is running, or was stopped and goes on when it is run again");
    }

    /** The same with each run changed. */
    GeneratorRuns each(UnaryOperator<ReportedGenerator> change) {
        return new GeneratorRuns(runs.stream().map(change).collect(toImmutableList()), failed, waiting);
    }

    /** The same with each run changed but the first of its variant. */
    GeneratorRuns eachLaterSeed(UnaryOperator<ReportedGenerator> change) {
        List<ReportedGenerator> first = variants().stream()
                .map(StrategyRuns::strategy)
                .flatMap(name -> of(name).stream().limit(1))
                .toList();
        return each(run -> first.contains(run) ? run : change.apply(run));
    }
}
