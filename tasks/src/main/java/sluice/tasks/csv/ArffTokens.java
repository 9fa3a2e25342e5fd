package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import sluice.tasks.InputException;

/**
 * The tokens of a line of an ARFF file: texts, quoted or not, commas and braces. Blanks and tabs separate as commas do; a
 * percent sign outside quotes begins a comment.
 */
final class ArffTokens {
    private static final String MARKS = ",{}";

    /**
     * A token.
     *
     * @param text without its quotes
     * @param quoted whether it had any
     */
    record Token(String text, boolean quoted) {
        boolean is(char mark) {
            return !quoted && text.length() == 1 && text.charAt(0) == mark;
        }

        /** Whether it stands for something, and separates nothing. */
        boolean isValue() {
            return quoted || text.length() != 1 || MARKS.indexOf(text.charAt(0)) < 0;
        }
    }

    private final String line;
    private final CsvPlace place;
    private final ImmutableList.Builder<Token> tokens = ImmutableList.builder();
    private int at;

    private ArffTokens(String line, CsvPlace place) {
        this.line = line;
        this.place = place;
    }

    /**
     * {@return its tokens}
     *
     * @param line text
     * @param place of it
     * @throws InputException if a quote is not closed
     */
    static ImmutableList<Token> of(String line, CsvPlace place) {
        return new ArffTokens(line, place).all();
    }

    private ImmutableList<Token> all() {
        while (at < line.length() && line.charAt(at) != '%') {
            char next = line.charAt(at);
            if (isBlank(next)) {
                at++;
            } else if (MARKS.indexOf(next) >= 0) {
                tokens.add(new Token(Character.toString(next), false));
                at++;
            } else if (next == '\'' || next == '"') {
                tokens.add(new Token(quoted(next), true));
            } else {
                tokens.add(new Token(plain(), false));
            }
        }
        return tokens.build();
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || Character.isWhitespace(c);
    }

    private String plain() {
        int start = at;
        while (at < line.length()
                && !isBlank(line.charAt(at))
                && MARKS.indexOf(line.charAt(at)) < 0
                && line.charAt(at) != '%') {
            at++;
        }
        return line.substring(start, at);
    }

    private String quoted(char quote) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < line.length() && line.charAt(at) != quote) {
            if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                at++;
                text.append(
                        switch (line.charAt(at)) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            default -> line.charAt(at);
                        });
            } else {
                text.append(line.charAt(at));
            }
            at++;
        }
        if (at == line.length()) {
            throw place.error(
                    "a quote is not closed: close it on the same line, and write a backslash before quotes inside");
        }
        at++;
        return text.toString();
    }
}
