package sluice.evaluation;

/** Names of any content as text that is safe on a terminal: one line, no control sequences. */
public final class Printable {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char ELLIPSIS = '\u2026';
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int QUOTED_LENGTH = 60;

    private Printable() {}

    /**
     * {@return the text with control and formatting characters, line ends and lone surrogates replaced}
     *
     * @param text any
     */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : REPLACEMENT));
        return printable.toString();
    }

    /**
     * {@return the printable text, at most so long, ending in an ellipsis where it was cut}
     *
     * @param text any
     * @param length most UTF-16 units, at least 1
     */
    public static String abbreviated(String text, int length) {
        String printable = of(text);
        if (printable.length() <= length) {
            return printable;
        }
        int end = length - 1;
        boolean splitsPair = end > 0 && Character.isHighSurrogate(printable.charAt(end - 1));
        return printable.substring(0, splitsPair ? end - 1 : end) + ELLIPSIS;
    }

    /**
     * {@return the text in quotes and abbreviated, for messages}
     *
     * @param text any
     */
    public static String quoted(String text) {
        return '"' + abbreviated(text, QUOTED_LENGTH) + '"';
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }
}
