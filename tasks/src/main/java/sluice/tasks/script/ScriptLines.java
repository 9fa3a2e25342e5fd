package sluice.tasks.script;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.tasks.Printable;

/** The lines of a script that is being written. Mutable. */
final class ScriptLines {
    /** From so many training examples on, five passes are long enough. */
    private static final int MANY_EXAMPLES = 20_000;

    private static final int FEW_STEPS = 1000;
    private static final int MOST_VALUES = 6;
    private static final CharMatcher PLAIN = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.anyOf("_-"))
            .or(CharMatcher.inRange('0', '9'));
    private static final ImmutableSet<String> WORDS =
            ImmutableSet.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final List<String> lines = new ArrayList<>();

    void add(String text, Object... values) {
        lines.add(String.format(Locale.ROOT, text, values));
    }

    /**
     * What learns, and how long.
     *
     * @param train training examples of all tasks
     * @param what they are, as in "rows"
     */
    void learning(long train, String what) {
        add("# Nothing is forgotten; or another of sluice list strategies.");
        add("strategy: gates");
        add("network: {hidden: [200, 200]}");
        add("training:");
        if (train < MANY_EXAMPLES) {
            add("  # Steps of each task: of few %s, five passes would be over before anything is learned.", what);
            add("  iterations: %d", FEW_STEPS);
            add("  batch_size: 32");
        } else {
            add("  epochs: 5");
            add("  batch_size: 64");
        }
        add("seed: 1");
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** A path as a script in that folder says it. */
    static String relative(Path folder, Path path) {
        Path from = folder.toAbsolutePath().normalize();
        Path to = path.toAbsolutePath().normalize();
        return from.getRoot().equals(to.getRoot()) ? from.relativize(to).toString() : to.toString();
    }

    /** What a file or folder is called, on one line. */
    static String name(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "/" : Printable.of(name.toString());
    }

    /** How often each occurs, the most frequent first. */
    static String counted(Map<String, Integer> counts) {
        String first = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_VALUES)
                .map(value -> String.format(Locale.ROOT, "%s (%,d)", Printable.of(value.getKey()), value.getValue()))
                .collect(Collectors.joining(", "));
        int more = counts.size() - MOST_VALUES;
        return more > 0 ? "%s and %d more".formatted(first, more) : first;
    }

    /** As YAML reads it back. */
    static String quoted(String text) {
        boolean plain = PLAIN.matchesAllOf(text.replace(".", "").replace("/", ""))
                && !text.isEmpty()
                && Character.isLetter(text.charAt(0))
                && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        if (plain) {
            return text;
        }
        StringBuilder escaped = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.append('"').toString();
    }
}
