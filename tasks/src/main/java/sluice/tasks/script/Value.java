package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Range;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.Suggestion;

/** What is written under a dotted key, read as what the key needs: what is wrong is said with its place. */
public final class Value {
    private final String key;
    private final Node node;
    private final Questions questions;

    Value(String key, Node node, Questions questions) {
        this.key = key;
        this.node = node;
        this.questions = questions;
    }

    private void ask(Question question) {
        questions.asked(key, question);
    }

    Questions questions() {
        return questions;
    }

    /** {@return dotted} */
    public String key() {
        return key;
    }

    Node node() {
        return node;
    }

    /** {@return where it was written} */
    public Location location() {
        return node.location();
    }

    /**
     * {@return text exactly as written: the plain words yes, 010 and 1.0 are text too}
     *
     * @throws InputException if it is nothing, a list or a mapping
     */
    public String text() {
        ask(new Question.Text());
        return plainText();
    }

    /**
     * {@return text that should be one of these, as {@link #text}; whoever asks says what is wrong with others}
     *
     * @param known names
     */
    public String name(Collection<String> known) {
        ask(new Question.OneOf(ImmutableList.copyOf(known)));
        return plainText();
    }

    /**
     * {@return whether it is this word}
     *
     * @param word one of those that may stand here
     */
    public boolean is(String word) {
        ask(new Question.OneOf(ImmutableList.of(word)));
        return node instanceof Node.Scalar scalar && scalar.text().equals(word);
    }

    /**
     * {@return text of which the whole matches a pattern}
     *
     * @param pattern of all of it
     * @param wanted what it must be, in words
     * @throws InputException if it does not match
     */
    public String text(Pattern pattern, String wanted) {
        ask(new Question.Matching(pattern.pattern()));
        if (!pattern.matcher(plainText()).matches()) {
            throw plainText().isBlank() ? error("must be %s, got nothing".formatted(wanted)) : mustBe(wanted);
        }
        return plainText();
    }

    <E extends Enum<E>> E choice(Collection<E> family) {
        ask(new Question.OneOf(words(family).keySet().asList()));
        return chosen(family);
    }

    <E extends Enum<E>> ImmutableSet<E> choices(Collection<E> family) {
        ask(new Question.SomeOf(words(family).keySet().asList()));
        if (!(node instanceof Node.Sequence)) {
            throw mustBe("a list of " + String.join(", ", words(family).keySet()));
        }
        Set<E> chosen = new LinkedHashSet<>();
        children().forEach(item -> {
            if (!chosen.add(item.chosen(family))) {
                throw item.error("%s is there already: remove one".formatted(item.plainText()));
            }
        });
        return ImmutableSet.copyOf(chosen);
    }

    private <E extends Enum<E>> E chosen(Collection<E> family) {
        String given = plainText();
        Map<String, E> choices = words(family);
        if (!choices.containsKey(given)) {
            throw unknown(
                    "unknown choice '%s': %s".formatted(Complaint.quote(given), Suggestion.of(given, choices.keySet())),
                    choices.keySet());
        }
        return choices.get(given);
    }

    private static <E extends Enum<E>> ImmutableMap<String, E> words(Collection<E> family) {
        return Maps.uniqueIndex(family, Section::word);
    }

    private String plainText() {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            return scalar.text();
        }
        throw mustBe("text");
    }

    long whole(Range<Long> range) {
        ask(new Question.Whole(range));
        try {
            return NumberText.whole(this, number("a whole number"), range);
        } catch (ScriptMistake mistake) {
            long some = range.contains(1L) ? 1 : range.lowerEndpoint();
            throw mistake.mendedBy(replacement(Long.toString(some)));
        }
    }

    /**
     * {@return the whole number}
     *
     * @param range what it may be
     * @throws InputException if it is none, or outside of the range
     */
    public int integer(Range<Integer> range) {
        return (int) whole(longs(range));
    }

    static Range<Long> longs(Range<Integer> range) {
        return Range.closed((long) range.lowerEndpoint(), (long) range.upperEndpoint());
    }

    /**
     * {@return the number}
     *
     * @param range what it may be
     * @throws InputException if it is none, or outside of the range
     */
    public double real(Range<Double> range) {
        ask(new Question.Real(range));
        try {
            return NumberText.real(this, number("a number"), range);
        } catch (ScriptMistake mistake) {
            throw DoubleStream.of(1, 0.5, 0)
                    .filter(range::contains)
                    .mapToObj(some -> mistake.mendedBy(replacement(Double.toString(some))))
                    .findFirst()
                    .orElse(mistake);
        }
    }

    /**
     * {@return the items of a list that has at least one}
     *
     * @param wanted what it should be, for the message
     * @throws InputException if it is no list, or empty
     */
    public ImmutableList<Value> items(String wanted) {
        return items(wanted, Integer.MAX_VALUE);
    }

    /**
     * {@return the items of a list that has at least one}
     *
     * @param wanted what it should be, for the message
     * @param most items that it may have
     * @throws InputException if it is no list, empty, or has more
     */
    public ImmutableList<Value> items(String wanted, int most) {
        ask(new Question.Items(most));
        if (!(node instanceof Node.Sequence sequence)) {
            throw mustBe(wanted);
        }
        if (sequence.items().isEmpty()) {
            throw error("must be %s, got an empty list".formatted(wanted));
        }
        if (sequence.items().size() > most) {
            throw error("must be %s, got %d items"
                    .formatted(wanted, sequence.items().size()));
        }
        return children().collect(ImmutableList.toImmutableList());
    }

    Node.Mapping mapping(ImmutableList<String> known) {
        ask(new Question.Keys(known));
        return mapping("a mapping of " + String.join(", ", known));
    }

    Node.Mapping mapping(String wanted) {
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw mustBe(wanted);
    }

    /**
     * {@return the values of a mapping by their keys, in the order written}
     *
     * @param wanted what it should be, for the message
     * @param names that there should be, or none for any; whoever asks says what is wrong with others
     * @throws InputException if it is no mapping
     */
    public ImmutableMap<String, Value> entries(String wanted, Collection<String> names) {
        ask(new Question.Entries(ImmutableList.copyOf(names)));
        ImmutableMap.Builder<String, Value> entries = ImmutableMap.builder();
        mapping(wanted)
                .entries()
                .forEach((name, value) -> entries.put(name, new Value(Keys.child(key, name), value, questions)));
        return entries.buildOrThrow();
    }

    /** {@return whether a number is written, of any size, and without quotes} */
    public boolean isNumber() {
        return node instanceof Node.Scalar scalar
                && !scalar.isNull()
                && !scalar.quoted()
                && NumberText.isReal(scalar.text());
    }

    /** {@return the same, of which nobody is told what is asked: where anything may be written} */
    public Value unheard() {
        return new Value(key, node, Questions.UNHEARD);
    }

    /** {@return what is written, as YAML on one line} */
    public String flow() {
        return node.flow();
    }

    /** {@return whether it is a mapping} */
    public boolean isMapping() {
        return node instanceof Node.Mapping;
    }

    /** Items of a list or values of a mapping, each under its own key. */
    Stream<Value> children() {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .map(entry -> new Value(Keys.child(key, entry.getKey()), entry.getValue(), questions));
        }
        if (node instanceof Node.Sequence sequence) {
            return IntStream.range(0, sequence.items().size())
                    .mapToObj(i -> new Value(Keys.item(key, i), sequence.items().get(i), questions));
        }
        return Stream.of();
    }

    /**
     * {@return an error to throw: {@code file:line: key: message}}
     *
     * @param message what is wrong and what to do
     */
    public InputException error(String message) {
        return Keys.isItem(key) ? complaint(message).withinSection() : complaint(message);
    }

    /**
     * {@return an error to throw of what does not fit another section: not told where that may be mistaken itself}
     *
     * @param message what is wrong and what to do
     */
    public InputException misfit(String message) {
        return complaint(message).acrossSections();
    }

    /**
     * {@return an error to throw of a name that is not known}
     *
     * @param message what is wrong and what to do
     * @param known the names that there are
     */
    public InputException unknown(String message, Collection<String> known) {
        ScriptMistake mistake = complaint(message);
        return Suggestion.nearest(plainText(), known)
                .map(meant -> mistake.mendedBy(replacement(meant)))
                .orElse(mistake);
    }

    ScriptMistake complaint(String message) {
        return Complaint.at(node.location(), key, message);
    }

    Repair replacement(String text) {
        return new Repair.Replace(new Node.Scalar(text, false, node.location()));
    }

    /**
     * {@return an error to throw that says what is written instead}
     *
     * @param wanted what it should be
     */
    public InputException mustBe(String wanted) {
        return complaint("must be %s, got %s".formatted(wanted, node.kind()));
    }

    private String number(String wanted) {
        if (!(node instanceof Node.Scalar scalar) || scalar.isNull()) {
            throw mustBe(wanted);
        }
        if (scalar.quoted()) {
            throw complaint("must be %s, got %s: a number has no quotes".formatted(wanted, scalar.kind()));
        }
        return scalar.text();
    }
}
