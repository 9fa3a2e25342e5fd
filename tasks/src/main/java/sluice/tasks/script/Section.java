package sluice.tasks.script;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Range;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.tasks.InputException;
import sluice.tasks.Suggestion;

/** A mapping whose keys are all known, read key by key with their ranges and defaults: what is wrong is said with its place. */
public final class Section {
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
     * @throws InputException if it is no mapping, or has another key
     */
    public static Section of(Value value, ImmutableList<String> known) {
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

    /**
     * @param name of one of its keys
     * @param known every key that the section there may have
     * @return the section; absent, it is empty
     */
    public Section section(String name, ImmutableList<String> known) {
        Node absent = new Node.Mapping(ImmutableMap.of(), mapping.location());
        return of(value(name).orElseGet(() -> new Value(Keys.child(key, name), absent)), known);
    }

    /**
     * @return where it begins, or where it would be if it were written
     */
    public Location location() {
        return mapping.location();
    }

    /**
     * @param name of one of its keys
     * @return that key, dotted
     */
    public String key(String name) {
        return Keys.child(key, name);
    }

    /**
     * @param name of one of its keys
     * @return what is written there, if anything is
     */
    public Optional<Value> value(String name) {
        return Optional.ofNullable(mapping.entries().get(name)).map(node -> new Value(Keys.child(key, name), node));
    }

    /**
     * @param name of one of its keys
     * @param example how it may be written
     * @return what is written there
     * @throws InputException if nothing is
     */
    public Value required(String name, String example) {
        return value(name).orElseThrow(() -> error(name, "is missing: write for instance %s".formatted(example)));
    }

    /**
     * @param name of one of its keys
     * @param range what it may be
     * @param otherwise the default
     * @return the whole number
     * @throws InputException if it is none, or outside of the range
     */
    public int integer(String name, Range<Integer> range, int otherwise) {
        return value(name).map(value -> value.integer(range)).orElse(otherwise);
    }

    long whole(String name, long otherwise) {
        return value(name)
                .map(value -> value.whole(Range.closed(Long.MIN_VALUE, Long.MAX_VALUE)))
                .orElse(otherwise);
    }

    /**
     * @param name of one of its keys
     * @param range what it may be
     * @param otherwise the default
     * @return the number
     * @throws InputException if it is none, or outside of the range
     */
    public double real(String name, Range<Double> range, double otherwise) {
        return value(name).map(value -> value.real(range)).orElse(otherwise);
    }

    /**
     * One of an enum's constants, by its {@link #word}.
     *
     * @param name of one of its keys
     * @param otherwise the default
     * @param <E> the enum
     * @return the constant
     * @throws InputException if no constant is written so
     */
    public <E extends Enum<E>> E choice(String name, E otherwise) {
        return value(name)
                .map(value -> chosen(value, EnumSet.allOf(otherwise.getDeclaringClass())))
                .orElse(otherwise);
    }

    /**
     * Several of an enum's constants.
     *
     * @param name of one of its keys
     * @param family that there are to choose from
     * @param <E> the enum
     * @return the constants, in the order written; without the key, none
     * @throws InputException if there is no list, or one in it is no such constant or twice there
     */
    public <E extends Enum<E>> ImmutableSet<E> choices(String name, List<E> family) {
        return value(name).map(value -> allChosen(value, family)).orElse(ImmutableSet.of());
    }

    /**
     * @param constant of an enum
     * @return how it is written in scripts: {@code MINI_BATCH} is mini-batch
     */
    public static String word(Enum<?> constant) {
        return Ascii.toLowerCase(constant.name()).replace('_', '-');
    }

    /**
     * Refuses a key that has no meaning beside the others.
     *
     * @param name of one of its keys
     * @param reason why it has none
     * @throws InputException if something is written there
     */
    public void refuse(String name, String reason) {
        if (value(name).isPresent()) {
            throw error(name, reason);
        }
    }

    /**
     * @param name of one of its keys
     * @param message what is wrong and what to do
     * @return an error to throw, at the place of that key, or else of the section
     */
    public InputException error(String name, String message) {
        Location location = value(name).map(value -> value.node().location()).orElse(mapping.location());
        return Complaint.at(location, Keys.child(key, name), message);
    }

    private static <E extends Enum<E>> ImmutableSet<E> allChosen(Value list, Collection<E> family) {
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

    private static <E extends Enum<E>> E chosen(Value value, Collection<E> family) {
        String given = value.text();
        Map<String, E> choices = words(family);
        if (!choices.containsKey(given)) {
            throw value.error("unknown choice '%s': %s"
                    .formatted(Complaint.quote(given), Suggestion.of(given, choices.keySet())));
        }
        return choices.get(given);
    }

    private static <E extends Enum<E>> Map<String, E> words(Collection<E> family) {
        return Maps.uniqueIndex(family, Section::word);
    }
}
