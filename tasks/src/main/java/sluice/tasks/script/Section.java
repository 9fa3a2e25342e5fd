package sluice.tasks.script;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import sluice.tasks.InputException;
import sluice.tasks.Suggestion;

/** A mapping whose keys are all known, read key by key with their ranges and defaults: what is wrong is said with its place. */
public final class Section {
    private final String key;
    private final Node.Mapping mapping;
    private final Questions questions;

    private Section(String key, Node.Mapping mapping, Questions questions) {
        this.key = key;
        this.mapping = mapping;
        this.questions = questions;
    }

    /**
     * {@return the section, with no key unknown}
     *
     * @param value what should be a mapping
     * @param known every key that it may have
     * @throws InputException if it is no mapping, or has another key
     */
    public static Section of(Value value, ImmutableList<String> known) {
        Node.Mapping mapping = value.mapping(known);
        mapping.entries().forEach((name, node) -> {
            if (!known.contains(name)) {
                throw Complaint.at(
                                node.location(),
                                value.key(),
                                "unknown key '%s': %s".formatted(Complaint.quote(name), Suggestion.of(name, known)))
                        .of(Keys.child(value.key(), name))
                        .mendedBy(new Repair.Rename(Suggestion.nearest(name, known)));
            }
        });
        return new Section(value.key(), mapping, value.questions());
    }

    /**
     * {@return the section; absent, it is empty}
     *
     * @param name of one of its keys
     * @param known every key that the section there may have
     */
    public Section section(String name, ImmutableList<String> known) {
        ask(name, new Question.Always());
        Node absent = new Node.Mapping(ImmutableMap.of(), mapping.location());
        return of(value(name).orElseGet(() -> new Value(Keys.child(key, name), absent, questions)), known);
    }

    /** {@return where it begins, or where it would be if it were written} */
    public Location location() {
        return mapping.location();
    }

    /**
     * {@return that key, dotted}
     *
     * @param name of one of its keys
     */
    public String key(String name) {
        return Keys.child(key, name);
    }

    /**
     * {@return what is written there, if anything is}
     *
     * @param name of one of its keys
     */
    public Optional<Value> value(String name) {
        return Optional.ofNullable(mapping.entries().get(name))
                .map(node -> new Value(Keys.child(key, name), node, questions));
    }

    /**
     * {@return what is written there}
     *
     * @param name of one of its keys
     * @param example how it may be written
     * @throws InputException if nothing is
     */
    public Value required(String name, String example) {
        return required(name, example, "");
    }

    /** The same of a key in whose place something else may stand, which the message adds. */
    Value required(String name, String example, String instead) {
        ask(name, new Question.Required());
        return value(name)
                .orElseThrow(() -> complaint(name, "is missing: write for instance %s%s".formatted(example, instead))
                        .mendedBy(new Repair.Insert(name, example)));
    }

    /**
     * {@return the whole number}
     *
     * @param name of one of its keys
     * @param range what it may be
     * @param otherwise the default
     * @throws InputException if it is none, or outside of the range
     */
    public int integer(String name, Range<Integer> range, int otherwise) {
        return (int) whole(name, Value.longs(range), otherwise);
    }

    /**
     * {@return the whole number, of any size that a long has}
     *
     * @param name of one of its keys
     * @param otherwise the default
     * @throws InputException if it is none
     */
    public long whole(String name, long otherwise) {
        return whole(name, Range.closed(Long.MIN_VALUE, Long.MAX_VALUE), otherwise);
    }

    private long whole(String name, Range<Long> range, long otherwise) {
        ask(name, new Question.Whole(range));
        ask(name, new Question.Otherwise(otherwise));
        return value(name).map(value -> value.whole(range)).orElse(otherwise);
    }

    private void ask(String name, Question question) {
        questions.asked(key(name), question);
    }

    /**
     * {@return the number}
     *
     * @param name of one of its keys
     * @param range what it may be
     * @param otherwise the default
     * @throws InputException if it is none, or outside of the range
     */
    public double real(String name, Range<Double> range, double otherwise) {
        ask(name, new Question.Real(range));
        ask(name, new Question.Otherwise(otherwise));
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
        EnumSet<E> family = EnumSet.allOf(otherwise.getDeclaringClass());
        ask(name, new Question.OneOf(family.stream().map(Section::word).collect(ImmutableList.toImmutableList())));
        ask(name, new Question.Otherwise(word(otherwise)));
        return value(name).map(value -> value.choice(family)).orElse(otherwise);
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
        return value(name).map(value -> value.choices(family)).orElse(ImmutableSet.of());
    }

    /**
     * {@return how it is written in scripts: {@code MINI_BATCH} is mini-batch}
     *
     * @param constant of an enum
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
     * Refuses a key that has no meaning beside another one.
     *
     * @param present key that is written
     * @param name of another key
     * @param reason why it has no meaning
     * @throws InputException if something is written there
     */
    public void refuseBeside(String present, String name, String reason) {
        ask(present, new Question.NotBeside(name));
        refuse(name, reason, present);
    }

    /**
     * Refuses a key that has no meaning where another one is a certain word.
     *
     * @param choice the other key
     * @param word that it is
     * @param name of a key
     * @param reason why it has no meaning
     * @throws InputException if something is written there
     */
    public void refuseWhere(String choice, String word, String name, String reason) {
        ask(choice, new Question.NotWhere(word, name));
        refuse(name, reason, choice);
    }

    private void refuse(String name, String reason, String because) {
        if (value(name).isPresent()) {
            throw complaint(name, reason).hangingOn(key(because));
        }
    }

    /**
     * {@return an error to throw, at the place of that key, or else of the section}
     *
     * @param name of one of its keys
     * @param message what is wrong and what to do
     */
    public InputException error(String name, String message) {
        return complaint(name, message).withinSection();
    }

    private ScriptMistake complaint(String name, String message) {
        Location location = value(name).map(value -> value.node().location()).orElse(mapping.location());
        return Complaint.at(location, Keys.child(key, name), message);
    }
}
