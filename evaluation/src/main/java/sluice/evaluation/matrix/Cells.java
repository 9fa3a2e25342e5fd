package sluice.evaluation.matrix;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What stands in cells. */
final class Cells {
    private static final ImmutableSet<String> MISSING = ImmutableSet.of(
            "", "nan", "n/a", "na", "-", "--", "\u2013", "\u2014", "none", "null", "nil", "nat", "?", ".");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}(\\.0*)?");

    private Cells() {}

    /** Whether a cell has no value. */
    static boolean isMissing(String text) {
        return MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    /** The number in a cell, with a sign of percent or without. */
    static OptionalDouble number(String text) {
        String digits = isPercent(text) ? text.substring(0, text.length() - 1).strip() : text;
        return NUMBER.matcher(digits).matches()
                ? OptionalDouble.of(Double.parseDouble(digits))
                : OptionalDouble.empty();
    }

    static boolean isPercent(String text) {
        return text.endsWith("%");
    }

    /** Whether a cell is text, neither a number nor missing. */
    static boolean isText(String text) {
        return !isMissing(text) && number(text).isEmpty();
    }

    static boolean isWhole(String text) {
        return WHOLE.matcher(text).matches();
    }

    /** The whole number in a cell that {@link #isWhole}. */
    static int whole(String text) {
        return Integer.parseInt(CharMatcher.is('.').indexIn(text) < 0 ? text : text.substring(0, text.indexOf('.')));
    }

    /** Whether cells count up by one from 0 or from 1. */
    static boolean count(List<String> texts) {
        return !texts.isEmpty()
                && texts.stream().allMatch(Cells::isWhole)
                && whole(texts.get(0)) <= 1
                && IntStream.range(1, texts.size()).allMatch(i -> whole(texts.get(i)) == whole(texts.get(0)) + i);
    }

    /** Whether cells are whole numbers that rise, as ids do. */
    static boolean rise(List<String> texts) {
        return texts.stream().allMatch(Cells::isWhole)
                && IntStream.range(1, texts.size()).allMatch(i -> whole(texts.get(i)) > whole(texts.get(i - 1)));
    }
}
