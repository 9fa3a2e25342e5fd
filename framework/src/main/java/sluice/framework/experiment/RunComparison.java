package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import sluice.evaluation.MetricValue;
import sluice.evaluation.PairedDifference;
import sluice.evaluation.RunMetrics;
import sluice.tasks.InputException;

/**
 * Two ways of learning held against each other, run by run of the same seed.
 *
 * @param a the one
 * @param b the other
 * @param seeds that both have, ascending
 * @param settings that differ, by dotted key, with the value of each; "-" where one has none
 * @param metrics by name, those that are defined in both runs of a pair
 * @param undefined metrics that are defined in no pair
 * @param images where both generate the same images: how their bounds differ, image by image
 */
public record RunComparison(
        StoredRuns a,
        StoredRuns b,
        ImmutableList<Long> seeds,
        ImmutableMap<String, Values> settings,
        ImmutableMap<String, PairedDifference> metrics,
        ImmutableSet<String> undefined,
        Optional<ImageDifferences> images) {
    private static final String NONE = "-";

    /**
     * The values of a setting.
     *
     * @param a the one's
     * @param b the other's
     */
    public record Values(String a, String b) {}

    /**
     * {@return how they differ}
     *
     * @param a the one
     * @param b the other
     * @throws InputException if they have no seed in common
     */
    public static RunComparison of(StoredRuns a, StoredRuns b) {
        ImmutableList<Long> seeds =
                a.bySeed().keySet().stream().filter(b.bySeed()::containsKey).collect(ImmutableList.toImmutableList());
        if (seeds.isEmpty()) {
            throw new InputException(
                    "%s has seeds %s, %s has %s: run one of them with a seed of the other, to pair them"
                            .formatted(
                                    a.name(),
                                    a.bySeed().keySet(),
                                    b.name(),
                                    b.bySeed().keySet()));
        }
        Map<String, PairedDifference> metrics = new LinkedHashMap<>();
        Set<String> undefined = new LinkedHashSet<>();
        for (String metric : names(a, b)) {
            List<Long> both = seeds.stream()
                    .filter(seed -> value(a, seed, metric).isPresent()
                            && value(b, seed, metric).isPresent())
                    .toList();
            if (both.isEmpty()) {
                undefined.add(metric);
            } else {
                metrics.put(metric, PairedDifference.of(values(a, both, metric), values(b, both, metric)));
            }
        }
        return new RunComparison(
                a,
                b,
                seeds,
                settings(a, b),
                ImmutableMap.copyOf(metrics),
                ImmutableSet.copyOf(undefined),
                ImageDifferences.of(a, b, seeds));
    }

    private static Set<String> names(StoredRuns a, StoredRuns b) {
        Set<String> names = new LinkedHashSet<>();
        for (StoredRuns runs : List.of(a, b)) {
            runs.bySeed().values().forEach(run -> names.addAll(run.values().keySet()));
        }
        return names;
    }

    private static OptionalDouble value(StoredRuns runs, long seed, String metric) {
        RunMetrics run = runs.bySeed().get(seed);
        return run.values()
                .getOrDefault(metric, MetricValue.undefined("it was not measured"))
                .number();
    }

    private static double[] values(StoredRuns runs, List<Long> seeds, String metric) {
        return seeds.stream()
                .mapToDouble(seed -> value(runs, seed, metric).orElseThrow())
                .toArray();
    }

    private static ImmutableMap<String, Values> settings(StoredRuns a, StoredRuns b) {
        ImmutableMap.Builder<String, Values> differing = ImmutableMap.builder();
        for (String key : new FlatSettings(a.settings()).keysThatDiffer(new FlatSettings(b.settings()))) {
            differing.put(
                    key,
                    new Values(
                            a.settings().getOrDefault(key, NONE), b.settings().getOrDefault(key, NONE)));
        }
        return differing.buildOrThrow();
    }
}
