package sluice.tasks.script;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the section {@code compare}: seeds, and variants with the keys that each sets. */
record CompareSection(ImmutableList<Value> seeds, ImmutableList<Variant> variants) {
    static final String NAME = "compare";
    static final ImmutableList<String> KEYS = ImmutableList.of("seeds", "variants");
    static final ImmutableList<String> VARIANT_KEYS = ImmutableList.of("name", "set");
    private static final ImmutableList<String> NOT_BY_VARIANT =
            ImmutableList.of(NAME, "name", "seed", "output", "threads");
    private static final Range<Long> ANY = Range.closed(Long.MIN_VALUE, Long.MAX_VALUE);

    /** A variant's name, where it was written, and what it sets. */
    record Variant(Value name, ImmutableList<SetOption> set) {}

    static CompareSection read(Section compare) {
        return new CompareSection(
                compare.value("seeds").map(CompareSection::seeds).orElse(ImmutableList.of()),
                variants(compare.required("variants", "variants: [{name: a}, {name: b, set: {training.epochs: 3}}]")));
    }

    private static ImmutableList<Value> seeds(Value value) {
        ImmutableList<Value> seeds = value.items("a list of whole numbers like [1, 2, 3]");
        Set<Long> distinct = new HashSet<>();
        for (Value seed : seeds) {
            if (!distinct.add(seed.whole(ANY))) {
                throw seed.error("seed %d is there already: remove one".formatted(seed.whole(ANY)));
            }
        }
        return seeds;
    }

    private static ImmutableList<Variant> variants(Value value) {
        Map<String, String> earlier = new HashMap<>();
        ImmutableList.Builder<Variant> variants = ImmutableList.builder();
        for (Value item : value.items("a list of variants like [{name: a}, {name: b, set: {training.epochs: 3}}]")) {
            Section section = Section.of(item, VARIANT_KEYS);
            Value name = section.required("name", "name: a");
            // folders are named after variants, and some systems do not tell a from A
            String before = earlier.put(Ascii.toLowerCase(ScriptName.read(name)), name.text());
            if (before != null) {
                throw name.complaint("there is a variant '%s' already: choose another name".formatted(before))
                        .mendedBy(name.replacement(name.text() + "-" + earlier.size()));
            }
            variants.add(new Variant(
                    name, section.value("set").map(CompareSection::options).orElse(ImmutableList.of())));
        }
        return variants.build();
    }

    private static ImmutableList<SetOption> options(Value set) {
        ImmutableList.Builder<SetOption> options = ImmutableList.builder();
        set.entries("a mapping of keys to values like {training.epochs: 3}", ImmutableList.of())
                .forEach((key, value) -> options.add(option(value, key)));
        return options.build();
    }

    private static SetOption option(Value value, String key) {
        List<String> path = Splitter.on('.').trimResults().splitToList(key);
        if (path.contains("")) {
            throw value.error("is no key: write for instance training.epochs: 3");
        }
        if (NOT_BY_VARIANT.contains(path.get(0))) {
            throw value.error(
                    "%s is the same for every variant: set it at the top of the script".formatted(path.get(0)));
        }
        return new SetOption(
                ImmutableList.copyOf(path), value.node(), value.node().location());
    }
}
