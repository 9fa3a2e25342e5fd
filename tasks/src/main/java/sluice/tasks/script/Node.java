package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** A piece of YAML that knows where it was written. */
sealed interface Node {
    /** Where it begins. */
    Location location();

    /** What it is, for messages: "a mapping", "a list", "nothing", "the text 'x'". */
    String kind();

    /** Keys with their values, in the order written. */
    record Mapping(ImmutableMap<String, Node> entries, Location location) implements Node {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** A list. */
    record Sequence(ImmutableList<Node> items, Location location) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A single value as it was written; {@code quoted} where quotes or a block style made it text for certain. */
    record Scalar(String text, boolean quoted, Location location) implements Node {
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
