package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import sluice.evaluation.Metric;
import sluice.evaluation.Metrics;
import sluice.tasks.Suggestion;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads the section {@code tune}. */
final class TuneSection {
    static final String NAME = "tune";
    static final ImmutableList<String> KEYS = ImmutableList.of("try", "by", "held_out", "tasks", "seeds", "trials");
    private static final ImmutableList<String> RANGE_KEYS = ImmutableList.of("from", "to", "count", "scale");

    /** What makes other data of a run, or other files, so that its figures would not be of the same. */
    private static final ImmutableSet<String> NOT_TRIED = ImmutableSet.of(
            "name",
            "description",
            "data",
            "split",
            "scenario",
            "selection",
            "seed",
            "threads",
            "output",
            "compare",
            NAME);

    private static final ImmutableList<Long> SEEDS = ImmutableList.of(101L, 102L);
    private static final Range<Integer> ANY = Range.closed(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final int DEFAULT_COUNT = 5;

    private enum Scale {
        LINEAR,
        LOG
    }

    private TuneSection() {}

    static Optional<Tune> read(Section top) {
        Section section = top.section(NAME, KEYS);
        if (KEYS.stream().allMatch(key -> section.value(key).isEmpty())) {
            return Optional.empty();
        }
        if (top.value(SelectionSection.NAME).isPresent()) {
            throw section.error("", "holds examples out itself: remove the section selection");
        }
        ImmutableMap<String, Tried> keys = tried(section);
        OptionalInt trials = section.value("trials").stream()
                .mapToInt(value -> value.integer(Range.closed(1, Tune.MOST)))
                .findFirst();
        Tune tune = new Tune(
                keys,
                section.value("by").map(TuneSection::metric),
                SelectionSection.read(section, Selection.DEFAULT.heldOut()),
                section.value("seeds").map(TuneSection::seeds).orElse(SEEDS),
                trials);
        if (trials.isEmpty() && tune.combinations() > Tune.MOST) {
            throw section.error(
                    "try",
                    "makes %d combinations: leave %d or fewer, or let some be drawn, as in trials: 50"
                            .formatted(tune.combinations(), Tune.MOST));
        }
        return Optional.of(tune);
    }

    private static ImmutableMap<String, Tried> tried(Section section) {
        ImmutableMap.Builder<String, Tried> keys = ImmutableMap.builder();
        Value written = section.required("try", "try: {training.learning_rate: [0.001, 0.01]}");
        written.entries("a mapping of keys to values like {training.learning_rate: [0.001, 0.01]}", ImmutableList.of())
                .forEach((key, value) -> keys.put(checked(key, value), tried(value)));
        ImmutableMap<String, Tried> all = keys.buildOrThrow();
        if (all.isEmpty()) {
            throw written.error("tries nothing: write for instance {training.learning_rate: [0.001, 0.01]}");
        }
        return all;
    }

    private static String checked(String key, Value value) {
        String first = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
        if (NOT_TRIED.contains(first)) {
            throw value.error(
                    "%s is not searched for, as results of others do not compare: set it at the top of the script"
                            .formatted(first));
        }
        return key;
    }

    /** Lists of whatever the key may be, so that an editor is told of nothing. */
    private static Tried tried(Value written) {
        Value value = written.unheard();
        if (!value.isMapping()) {
            return new Tried.Listed(
                    value
                            .items("a list of values, or a range like {from: 0.0001, to: 0.01, scale: log}", Tune.MOST)
                            .stream()
                            .map(Value::flow)
                            .collect(ImmutableList.toImmutableList()));
        }
        Section range = Section.of(value, RANGE_KEYS);
        double from = range.required("from", "from: 0.0001").real(Range.all());
        double to = range.required("to", "to: 0.01").real(Range.all());
        if (from >= to) {
            throw range.error("to", "must be above from, which is %s".formatted(from));
        }
        boolean logarithmic = range.choice("scale", Scale.LINEAR) == Scale.LOG;
        if (logarithmic && from <= 0) {
            throw range.error("from", "must be above 0 where scale is log");
        }
        return new Tried.Between(
                from, to, range.integer("count", Range.closed(2, Tune.MOST), DEFAULT_COUNT), logarithmic);
    }

    private static Metric metric(Value value) {
        String name = value.name(Metrics.keys());
        Metric metric = Metrics.of(name)
                .orElseThrow(() ->
                        value.error("unknown metric '%s': %s".formatted(name, Suggestion.of(name, Metrics.keys()))));
        if (metric.better() == Metric.Better.NEITHER) {
            throw value.error(
                    "%s says of no run that it is better: choose another metric, such as acc".formatted(name));
        }
        return metric;
    }

    private static ImmutableList<Long> seeds(Value value) {
        Set<Long> distinct = new HashSet<>();
        ImmutableList.Builder<Long> seeds = ImmutableList.builder();
        for (Value seed : value.items("a list of whole numbers like [101, 102]")) {
            long number = seed.integer(ANY);
            if (!distinct.add(number)) {
                throw seed.error("seed %d is there already: remove one".formatted(number));
            }
            seeds.add(number);
        }
        return seeds.build();
    }
}
