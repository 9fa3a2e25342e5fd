package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.tasks.InputException;

/** A node under its dotted key, read as what the key needs. */
record Value(String key, Node node) {
    /** Text exactly as written: the plain words yes, 010 and 1.0 are text too. */
    String text() {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            return scalar.text();
        }
        throw mustBe("text");
    }

    long whole(Range<Long> range) {
        return NumberText.whole(this, number("a whole number"), range);
    }

    int integer(Range<Integer> range) {
        return (int) whole(Range.closed((long) range.lowerEndpoint(), (long) range.upperEndpoint()));
    }

    double real(Range<Double> range) {
        return NumberText.real(this, number("a number"), range);
    }

    /** The items of a list that has at least one. */
    ImmutableList<Value> items(String wanted) {
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

    boolean isMapping() {
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

    InputException error(String message) {
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
