package sluice.tasks.csv;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;

/** Texts that stand for a missing value in the tables of one program or another. */
final class MissingMarks {
    private static final ImmutableSet<String> MARKS = ImmutableSet.of(
            "?", "na", "n/a", "#n/a", "<na>", "n.a.", "nan", "-nan", "+nan", "null", "nil", "none", "-", "--", ".");

    private MissingMarks() {}

    /** Whether a cell that ought to be a number probably has none; whatever the case of its letters. */
    static boolean isMark(String cell) {
        return MARKS.contains(Ascii.toLowerCase(cell));
    }

    /** The mark as it is written in a script: in quotes where YAML would read it as something else. */
    static String yaml(String mark) {
        boolean plain =
                CharMatcher.inRange('A', 'Z').or(CharMatcher.inRange('a', 'z')).matchesAllOf(mark)
                        && !Ascii.equalsIgnoreCase(mark, "null");
        return plain ? mark : '"' + mark.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
