package sluice.framework.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.BoundType;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import java.util.Collection;
import sluice.tasks.script.Question;

/** Questions of words and numbers as JSON schemas. */
final class KeyTypes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double EXACT = 1L << 53;

    private KeyTypes() {}

    /** Each way to write a key as a word, a text or a number. What is asked of its text once it is checked says no more. */
    static ImmutableList<ObjectNode> scalars(String key, AskedKeys asked) {
        ImmutableList.Builder<ObjectNode> ways = ImmutableList.builder();
        ImmutableSet<String> words = asked.of(key, Question.OneOf.class).stream()
                .flatMap(one -> one.words().stream())
                .collect(ImmutableSet.toImmutableSet());
        ImmutableList<Question.Matching> forms = asked.of(key, Question.Matching.class);
        if (!words.isEmpty()) {
            ways.add(words(words));
        }
        if (!forms.isEmpty()) {
            ways.add(text().put("pattern", "^" + forms.get(0).pattern() + "$"));
        } else if (words.isEmpty() && !asked.of(key, Question.Text.class).isEmpty()) {
            ways.add(text());
        }
        asked.of(key, Question.Whole.class).stream()
                .map(Question.Whole::range)
                .reduce(Range::span)
                .ifPresent(range -> ways.add(number("integer", range)));
        asked.of(key, Question.Real.class).stream()
                .map(Question.Real::range)
                .reduce(Range::span)
                .ifPresent(range -> ways.add(number("number", range)));
        return ways.build();
    }

    static ObjectNode words(Collection<String> words) {
        ObjectNode choice = JSON.objectNode();
        words.forEach(choice.putArray("enum")::add);
        return choice;
    }

    /** A list of words, perhaps empty. */
    static ObjectNode distinct(Collection<String> words) {
        ObjectNode list = JSON.objectNode().put("type", "array").put("uniqueItems", true);
        list.set("items", words(words));
        return list;
    }

    /** A list of at least one item. */
    static ObjectNode list(int most, ObjectNode items) {
        ObjectNode list = JSON.objectNode().put("type", "array").put("minItems", 1);
        if (most < Integer.MAX_VALUE) {
            list.put("maxItems", most);
        }
        list.set("items", items);
        return list;
    }

    /** Numbers that are whole without a point. */
    static JsonNode tidy(JsonNode node) {
        boolean whole = node.isDouble() && node.asDouble() == Math.rint(node.asDouble());
        return whole && Math.abs(node.asDouble()) < EXACT ? JSON.numberNode(node.asLong()) : node;
    }

    private static ObjectNode text() {
        return JSON.objectNode().put("type", "string");
    }

    private static <N extends Number & Comparable<N>> ObjectNode number(String type, Range<N> range) {
        ObjectNode number = JSON.objectNode().put("type", type);
        if (range.hasLowerBound()) {
            boolean open = range.lowerBoundType() == BoundType.OPEN;
            number.set(open ? "exclusiveMinimum" : "minimum", json(range.lowerEndpoint()));
        }
        if (range.hasUpperBound()) {
            boolean open = range.upperBoundType() == BoundType.OPEN;
            number.set(open ? "exclusiveMaximum" : "maximum", json(range.upperEndpoint()));
        }
        return number;
    }

    private static JsonNode json(Number bound) {
        return bound instanceof Long whole ? JSON.numberNode(whole) : tidy(JSON.numberNode(bound.doubleValue()));
    }
}
