package sluice.evaluation;

import java.util.regex.Pattern;

/**
 * Text for cells of CSV files that spreadsheet programs open. A program runs a cell that begins with {@code =}, {@code +},
 * {@code -}, {@code @}, a tab or a carriage return as a formula, whatever quotes are around it. Such a text is written
 * with an apostrophe before it, as is one that begins with apostrophes and then such a character, so that reading takes
 * off exactly what writing put there. For text alone: a number keeps its minus sign.
 */
public final class SpreadsheetText {
    private static final String GUARD = "'";
    private static final Pattern NEEDS_GUARD = Pattern.compile("'*[=+\\-@\t\r].*", Pattern.DOTALL);

    private SpreadsheetText() {}

    /**
     * {@return the text as a cell that no program runs}
     *
     * @param text any
     */
    public static String guarded(String text) {
        return NEEDS_GUARD.matcher(text).matches() ? GUARD + text : text;
    }

    /**
     * {@return the text that {@link #guarded} was given}
     *
     * @param cell as a file has it
     */
    public static String plain(String cell) {
        return cell.startsWith(GUARD) && NEEDS_GUARD.matcher(cell).matches() ? cell.substring(GUARD.length()) : cell;
    }
}
