package sluice.tasks.csv;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** An attribute of an ARFF file: a column, and what its cells may hold. */
sealed interface ArffAttribute {
    /** What the column is called. */
    String name();

    /** The cell that a row's value becomes; never of a missing one. */
    String cell(ArffTokens.Token value, CsvPlace place);

    /** The cell of a sparse row that leaves the attribute out. */
    String absent(CsvPlace place);

    /** A number, whether called numeric, real or integer: no type rounds it. */
    record Numeric(String name) implements ArffAttribute {
        /** As Weka's reader takes numbers, which is Java's. */
        @Override
        public String cell(ArffTokens.Token value, CsvPlace place) {
            String text = value.text();
            boolean hexadecimal = Ascii.toLowerCase(text).contains("x");
            try {
                return hexadecimal ? text : plain(text, Double.parseDouble(text));
            } catch (NumberFormatException none) {
                return text;
            }
        }

        private static String plain(String text, double number) {
            char last = Ascii.toLowerCase(text.charAt(text.length() - 1));
            boolean suffixed = Double.isFinite(number) && (last == 'd' || last == 'f');
            return suffixed ? text.substring(0, text.length() - 1) : text;
        }

        @Override
        public String absent(CsvPlace place) {
            return "0";
        }
    }

    /**
     * One of some values.
     *
     * @param values in the order declared
     */
    record Nominal(String name, ImmutableSet<String> values) implements ArffAttribute {
        @Override
        public String cell(ArffTokens.Token value, CsvPlace place) {
            if (!values.contains(value.text())) {
                throw place.error(
                        name,
                        "%s is none of the values that the header declares (%s): mend it, or declare it"
                                .formatted(
                                        Printable.quoted(value.text()),
                                        String.join(
                                                ", ",
                                                values.stream()
                                                        .limit(8)
                                                        .map(Printable::of)
                                                        .toList())));
            }
            return value.text();
        }

        /** Weka means the first declared value where nothing stands, the class too. */
        @Override
        public String absent(CsvPlace place) {
            return values.iterator().next();
        }
    }

    /** Any text. */
    record Text(String name) implements ArffAttribute {
        @Override
        public String cell(ArffTokens.Token value, CsvPlace place) {
            return value.text();
        }

        @Override
        public String absent(CsvPlace place) {
            throw place.error(name, "a sparse row leaves out a text, which has no zero: write it");
        }
    }

    /**
     * A moment, as milliseconds since 1970 (UTC).
     *
     * @param pattern of {@link SimpleDateFormat}
     */
    record Moment(String name, String pattern) implements ArffAttribute {
        /** Where none is declared. */
        static final String DEFAULT_PATTERN = "yyyy-MM-dd'T'HH:mm:ss";

        @Override
        public String cell(ArffTokens.Token value, CsvPlace place) {
            SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.ROOT);
            format.setTimeZone(TimeZone.getTimeZone("UTC"));
            format.setLenient(false);
            ParsePosition end = new ParsePosition(0);
            Object moment = format.parseObject(value.text(), end);
            if (!(moment instanceof Date date) || end.getIndex() < value.text().length()) {
                throw place.error(
                        name,
                        "%s is no date of the form %s: mend it, or declare its form"
                                .formatted(Printable.quoted(value.text()), pattern));
            }
            return Long.toString(date.toInstant().toEpochMilli());
        }

        @Override
        public String absent(CsvPlace place) {
            return "0";
        }
    }

    /**
     * {@return what it declares}
     *
     * @param tokens of the line, without its keyword
     * @param place of the line
     * @throws InputException if it declares nothing that is known
     */
    static ArffAttribute of(List<ArffTokens.Token> tokens, CsvPlace place) {
        if (tokens.size() < 2 || !tokens.get(0).isValue()) {
            throw place.error("an attribute needs a name and a type: write @attribute NAME numeric, or {VALUE,...}");
        }
        String name = tokens.get(0).text();
        ArffTokens.Token type = tokens.get(1);
        if (type.is('{')) {
            return nominal(name, tokens.subList(2, tokens.size()), place);
        }
        return switch (Ascii.toLowerCase(type.text())) {
            case "numeric", "real", "integer" -> new Numeric(name);
            case "string" -> new Text(name);
            case "date" -> new Moment(name, pattern(name, tokens, place));
            default ->
                throw place.error(
                        name,
                        "the type %s is not known here: numeric, real, integer, string, date and {VALUE,...} are"
                                .formatted(Printable.quoted(type.text())));
        };
    }

    private static String pattern(String name, List<ArffTokens.Token> tokens, CsvPlace place) {
        if (tokens.size() < 3) {
            return Moment.DEFAULT_PATTERN;
        }
        String pattern = tokens.get(2).text();
        try {
            new SimpleDateFormat(pattern, Locale.ROOT);
            return pattern;
        } catch (IllegalArgumentException none) {
            throw place.error(
                    name, "%s is no form of dates: write one like \"yyyy-MM-dd\"".formatted(Printable.quoted(pattern)));
        }
    }

    private static Nominal nominal(String name, List<ArffTokens.Token> tokens, CsvPlace place) {
        ImmutableList.Builder<String> values = ImmutableList.builder();
        Set<String> seen = new HashSet<>();
        boolean closed = false;
        for (ArffTokens.Token token : tokens) {
            if (token.is('}')) {
                closed = true;
                break;
            }
            if (token.isValue()) {
                if (!seen.add(token.text())) {
                    throw place.error(
                            name,
                            "the value %s is declared twice: remove one".formatted(Printable.quoted(token.text())));
                }
                values.add(token.text());
            }
        }
        if (!closed || seen.isEmpty()) {
            throw place.error(name, "declares no values, or does not close them: write {VALUE,...} on one line");
        }
        return new Nominal(name, ImmutableSet.copyOf(values.build()));
    }
}
