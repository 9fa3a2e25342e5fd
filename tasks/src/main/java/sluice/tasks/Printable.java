package sluice.tasks;

/** Pieces of the user's files in messages: on one line, with nothing that a terminal would obey. */
public final class Printable {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char ELLIPSIS = '\u2026';
    private static final int LONGEST_QUOTE = 60;

    private Printable() {}

    /**
     * {@return the same with control and formatting characters, line ends and lone surrogates replaced}
     *
     * @param text any text
     */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : REPLACEMENT));
        return printable.toString();
    }

    /**
     * {@return it in single quotes, printable, cut after 60 characters}
     *
     * @param text any text
     */
    public static String quoted(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= LONGEST_QUOTE
                ? "'" + of(text) + "'"
                : "'" + of(text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE - 1))) + ELLIPSIS + "'";
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
