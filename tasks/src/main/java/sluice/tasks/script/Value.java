package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.tasks.InputException;

/** What is written under a dotted key, read as what the key needs: what is wrong is said with its place. */
public final class Value {
    private final String key;
    private final Node node;

    Value(String key, Node node) {
        this.key = key;
        this.node = node;
    }

    /**
     * @return dotted
     */
    public String key() {
        return key;
    }

    Node node() {
        return node;
    }

    /**
     * @return where it was written
     */
    public Location location() {
        return node.location();
    }

    /**
     * @return text exactly as written: the plain words yes, 010 and 1.0 are text too
     * @throws InputException if it is nothing, a list or a mapping
     */
    public String text() {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            return scalar.text();
        }
        throw mustBe("text");
    }

    long whole(Range<Long> range) {
        return NumberText.whole(this, number("a whole number"), range);
    }

    /**
     * @param range what it may be
     * @return the whole number
     * @throws InputException if it is none, or outside of the range
     */
    public int integer(Range<Integer> range) {
        return (int) whole(Range.closed((long) range.lowerEndpoint(), (long) range.upperEndpoint()));
    }

    /**
     * @param range what it may be
     * @return the number
     * @throws InputException if it is none, or outside of the range
     */
    public double real(Range<Double> range) {
        return NumberText.real(this, number("a number"), range);
    }

    /**
     * @param wanted what it should be, for the message
     * @return the items of a list that has at least one
     * @throws InputException if it is no list, or empty
     */
    public ImmutableList<Value> items(String wanted) {
        if (!(node instanceof Node.Sequence sequence)) {
            throw mustBe(wanted);
        }
        if (sequence.items().isEmpty()) {
            throw error("must be %s, got an empty list".formatted(wanted));
        }
        return children().collect(ImmutableList.toImmutableList());
    }

    Node.Mapping mapping(String wanted) {
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw mustBe(wanted);
    }

    /**
     * @param wanted what it should be, for the message
     * @return the values of a mapping by their keys, in the order written
     * @throws InputException if it is no mapping
     */
    public ImmutableMap<String, Value> entries(String wanted) {
        ImmutableMap.Builder<String, Value> entries = ImmutableMap.builder();
        mapping(wanted).entries().forEach((name, value) -> entries.put(name, new Value(Keys.child(key, name), value)));
        return entries.buildOrThrow();
    }

    /**
     * @return whether a number is written, of any size, and without quotes
     */
    public boolean isNumber() {
        return node instanceof Node.Scalar scalar
                && !scalar.isNull()
                && !scalar.quoted()
                && NumberText.isReal(scalar.text());
    }

    /**
     * @return whether it is a mapping
     */
    public boolean isMapping() {
        return node instanceof Node.Mapping;
    }

    /** Items of a list or values of a mapping, each under its own key. */
    Stream<Value> children() {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .map(entry -> new Value(Keys.child(key, entry.getKey()), entry.getValue()));
        }
        if (node instanceof Node.Sequence sequence) {
            return IntStream.range(0, sequence.items().size())
                    .mapToObj(i -> new Value(Keys.item(key, i), sequence.items().get(i)));
        }
        return Stream.of();
    }

    /**
     * @param message what is wrong and what to do
     * @return an error to throw: {@code file:line: key: message}
     */
    public InputException error(String message) {
        return Complaint.at(node.location(), key, message);
    }

    InputException mustBe(String wanted) {
        return error("must be %s, got %s".formatted(wanted, node.kind()));
    }

    private String number(String wanted) {
        if (!(node instanceof Node.Scalar scalar) || scalar.isNull()) {
            throw mustBe(wanted);
        }
        if (scalar.quoted()) {
            throw error("must be %s, got %s: a number has no quotes".formatted(wanted, scalar.kind()));
        }
        return scalar.text();
    }
}
