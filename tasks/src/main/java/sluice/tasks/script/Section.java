package sluice.tasks.script;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Range;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.tasks.InputException;
import sluice.tasks.Suggestion;

/** A mapping whose keys are all known, read key by key with their ranges and defaults. */
final class Section {
    private final String key;
    private final Node.Mapping mapping;

    private Section(String key, Node.Mapping mapping) {
        this.key = key;
        this.mapping = mapping;
    }

    /**
     * @param value what should be a mapping
     * @param known every key that it may have
     * @return the section, with no key unknown
     */
    static Section of(Value value, ImmutableList<String> known) {
        Node.Mapping mapping = value.mapping("a mapping of " + String.join(", ", known));
        mapping.entries().forEach((name, node) -> {
            if (!known.contains(name)) {
                throw Complaint.at(
                        node.location(),
                        value.key(),
                        "unknown key '%s': %s".formatted(Complaint.quote(name), Suggestion.of(name, known)));
            }
        });
        return new Section(value.key(), mapping);
    }

    /** A section within this one; absent, it is empty. */
    Section section(String name, ImmutableList<String> known) {
        Node absent = new Node.Mapping(ImmutableMap.of(), mapping.location());
        return of(value(name).orElseGet(() -> new Value(Keys.child(key, name), absent)), known);
    }

    /** Where it begins, or where it would be if it were written. */
    Location location() {
        return mapping.location();
    }

    /** The dotted key of one of its keys. */
    String key(String name) {
        return Keys.child(key, name);
    }

    Optional<Value> value(String name) {
        return Optional.ofNullable(mapping.entries().get(name)).map(node -> new Value(Keys.child(key, name), node));
    }

    Value required(String name, String example) {
        return value(name).orElseThrow(() -> error(name, "is missing: write for instance %s".formatted(example)));
    }

    int integer(String name, Range<Integer> range, int otherwise) {
        return value(name).map(value -> value.integer(range)).orElse(otherwise);
    }

    long whole(String name, long otherwise) {
        return value(name)
                .map(value -> value.whole(Range.closed(Long.MIN_VALUE, Long.MAX_VALUE)))
                .orElse(otherwise);
    }

    double real(String name, Range<Double> range, double otherwise) {
        return value(name).map(value -> value.real(range)).orElse(otherwise);
    }

    /** One of an enum's constants, by its {@link #word}. */
    <E extends Enum<E>> E choice(String name, E otherwise) {
        return value(name)
                .map(value -> chosen(value, otherwise.getDeclaringClass()))
                .orElse(otherwise);
    }

    /** Several of an enum's constants, in the order written; without the key, none. */
    <E extends Enum<E>> ImmutableSet<E> choices(String name, Class<E> family) {
        return value(name).map(value -> allChosen(value, family)).orElse(ImmutableSet.of());
    }

    /** How an enum's constant is written in scripts: {@code MINI_BATCH} is mini-batch. */
    static String word(Enum<?> constant) {
        return Ascii.toLowerCase(constant.name()).replace('_', '-');
    }

    /** Refuses a key that has no meaning beside the others. */
    void refuse(String name, String reason) {
        if (value(name).isPresent()) {
            throw error(name, reason);
        }
    }

    InputException error(String name, String message) {
        Location location = value(name).map(value -> value.node().location()).orElse(mapping.location());
        return Complaint.at(location, Keys.child(key, name), message);
    }

    private static <E extends Enum<E>> ImmutableSet<E> allChosen(Value list, Class<E> family) {
        if (!(list.node() instanceof Node.Sequence)) {
            throw list.mustBe("a list of " + String.join(", ", words(family).keySet()));
        }
        Set<E> chosen = new LinkedHashSet<>();
        list.children().forEach(item -> {
            if (!chosen.add(chosen(item, family))) {
                throw item.error("%s is there already: remove one".formatted(item.text()));
            }
        });
        return ImmutableSet.copyOf(chosen);
    }

    private static <E extends Enum<E>> E chosen(Value value, Class<E> family) {
        String given = value.text();
        Map<String, E> choices = words(family);
        if (!choices.containsKey(given)) {
            throw value.error("unknown choice '%s': %s"
                    .formatted(Complaint.quote(given), Suggestion.of(given, choices.keySet())));
        }
        return choices.get(given);
    }

    private static <E extends Enum<E>> Map<String, E> words(Class<E> family) {
        return Maps.uniqueIndex(EnumSet.allOf(family), Section::word);
    }
}
