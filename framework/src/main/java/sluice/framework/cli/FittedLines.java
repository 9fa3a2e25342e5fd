package sluice.framework.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Breaks lines at their blanks, so that they fit a terminal. Tables and words that are longer than a line stay as they are. */
final class FittedLines {
    /** Where the text of a line begins: after the last gap of several blanks, as in a list of names and what they are. */
    private static final Pattern GAPS = Pattern.compile("\\S {2,}(?=\\S)|^ +(?=\\S)");

    private static final int HANGING = 2;
    /** Names, figures and what these are. */
    private static final int COLUMNS = 2;

    private FittedLines() {}

    /**
     * The text with its lines broken.
     *
     * @param text lines separated by \\n
     * @param width characters per line
     */
    static String of(String text, int width) {
        return text.lines().map(line -> line(line, width)).collect(Collectors.joining("\n"));
    }

    private static String line(String line, int width) {
        if (line.length() <= width || line.startsWith("|") || line.startsWith("+--")) {
            return line;
        }
        int indent = indent(line, width);
        List<String> lines = new ArrayList<>();
        String rest = line;
        while (rest.length() > width) {
            int blank = blank(rest, indent, width);
            if (blank < 0) {
                break;
            }
            lines.add(rest.substring(0, blank).stripTrailing());
            rest = " ".repeat(indent) + rest.substring(blank).strip();
        }
        lines.add(rest);
        return String.join("\n", lines);
    }

    /** Where to break: at a gap between what belongs together, if one is near enough; below 0 for nowhere. */
    private static int blank(String line, int indent, int width) {
        int gap = line.lastIndexOf("  ", width);
        if (gap > Math.max(indent, width * 2 / 3)) {
            return gap;
        }
        int blank = line.lastIndexOf(' ', width);
        return blank > indent ? blank : line.indexOf(' ', width);
    }

    private static int indent(String line, int width) {
        List<Integer> starts = GAPS.matcher(line)
                .results()
                .map(MatchResult::end)
                .filter(end -> end <= width / 2)
                .toList();
        // many gaps are those between a row's figures
        int start = starts.isEmpty() ? 0 : starts.get(starts.size() > COLUMNS ? 0 : starts.size() - 1);
        boolean leading = start > 0 && line.substring(0, start).isBlank();
        return start == 0 || leading ? start + HANGING : start;
    }
}
