package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A piece of YAML that knows where it was written. */
sealed interface Node {
    /** Where it begins. */
    Location location();

    /** What it is, for messages: "a mapping", "a list", "nothing", "the text 'x'". */
    String kind();

    /** The same in YAML, on one line. */
    String flow();

    /** Keys with their values, in the order written. */
    record Mapping(ImmutableMap<String, Node> entries, Location location) implements Node {
        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public String flow() {
            return entries.entrySet().stream()
                    .map(entry -> Scalar.quoted(entry.getKey()) + ": "
                            + entry.getValue().flow())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** A list. */
    record Sequence(ImmutableList<Node> items, Location location) implements Node {
        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public String flow() {
            return items.stream().map(Node::flow).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** A single value as it was written; {@code quoted} where quotes or a block style made it text for certain. */
    record Scalar(String text, boolean quoted, Location location) implements Node {
        /** Words and numbers are themselves; whatever else, in quotes. */
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.+-][A-Za-z0-9_.+/-]*");

        @Override
        public String flow() {
            if (isNull()) {
                return "null";
            }
            return quoted || !PLAIN.matcher(text).matches() ? quoted(text) : text;
        }

        static String quoted(String text) {
            return PLAIN.matcher(text).matches() && !text.isEmpty() ? text : "'" + text.replace("'", "''") + "'";
        }

        boolean isNull() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }

        @Override
        public String kind() {
            if (isNull()) {
                return "nothing";
            }
            return quoted ? "the text '" + Complaint.quote(text) + "'" : Complaint.quote(text);
        }
    }
}
