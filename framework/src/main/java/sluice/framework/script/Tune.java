package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.RegressionMetric;
import sluice.framework.internal.random.RandomStream;
import sluice.framework.internal.random.RandomStreams;
import sluice.tasks.script.Section;

/**
 * What a script searches for before its run: the section {@code tune}.
 *
 * @param keys what is tried of each dotted key
 * @param chosen what says which settings are best, by its mean over the seeds; empty for the usual
 * @param selection what they are judged on
 * @param seeds of the search, all different, at least one
 * @param trials settings that are drawn; empty where all combinations are tried
 */
public record Tune(
        ImmutableMap<String, Tried> keys,
        Optional<Metric> chosen,
        Selection selection,
        ImmutableList<Long> seeds,
        OptionalInt trials) {
    /** Settings that a search tries at the most. */
    static final int MOST = 1000;

    /**
     * {@return what a script asks for; empty where it has no such section, or an empty one}
     *
     * @param top the whole script
     * @throws sluice.tasks.InputException at {@code file:line: key} if the section is wrong
     */
    public static Optional<Tune> of(Section top) {
        return TuneSection.read(top);
    }

    /**
     * {@return settings to try, each a value per key, as YAML on one line}
     *
     * @param seed of what is drawn
     */
    public ImmutableList<ImmutableMap<String, String>> candidates(long seed) {
        return trials.isPresent() ? drawn(trials.getAsInt(), seed) : all();
    }

    /**
     * {@return what says which settings are best}
     *
     * @param numbers whether tasks predict numbers, so that the usual is RMSE; else it is ACC
     */
    public Metric by(boolean numbers) {
        return chosen.orElse(numbers ? RegressionMetric.RMSE : ForgettingMetric.ACC);
    }

    /** How many combinations there are. */
    long combinations() {
        return keys.values().stream().mapToLong(tried -> tried.values().size()).reduce(1, Math::multiplyExact);
    }

    private ImmutableList<ImmutableMap<String, String>> all() {
        ImmutableList<ImmutableMap<String, String>> all = ImmutableList.of(ImmutableMap.of());
        for (Map.Entry<String, Tried> key : keys.entrySet()) {
            all = all.stream()
                    .flatMap(before -> key.getValue().values().stream()
                            .map(value -> ImmutableMap.<String, String>builder()
                                    .putAll(before)
                                    .put(key.getKey(), value)
                                    .buildOrThrow()))
                    .collect(ImmutableList.toImmutableList());
        }
        return all;
    }

    /** Different ones: fewer where there are no more. */
    private ImmutableList<ImmutableMap<String, String>> drawn(int count, long seed) {
        RandomStream random = new RandomStreams(seed).stream("tune");
        Set<ImmutableMap<String, String>> drawn = new LinkedHashSet<>();
        for (int draw = 0; draw < 100 * count && drawn.size() < count; draw++) {
            Map<String, String> values = new LinkedHashMap<>();
            keys.forEach((key, tried) -> values.put(key, tried.draw(random)));
            drawn.add(ImmutableMap.copyOf(values));
        }
        return ImmutableList.copyOf(drawn);
    }
}
