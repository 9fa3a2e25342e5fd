package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a table's cells are written. What an ARFF file says itself it says instead, but for the encoding.
 *
 * @param delimiter between cells
 * @param quote around cells that hold it
 * @param decimal point or comma, before the fraction of a number
 * @param thousands one character between groups of three digits of a number; empty where there is none
 * @param encoding of the text
 * @param skipped lines before the table, at least 0
 * @param dates columns of dates; none where earlier builds said nothing
 */
public record TableFormat(
        char delimiter,
        char quote,
        char decimal,
        String thousands,
        Charset encoding,
        int skipped,
        List<DateColumn> dates) {
    /** Commas between cells, double quotes, a decimal point, UTF-8. */
    public static final TableFormat DEFAULT = new TableFormat(',', '"', '.', "", StandardCharsets.UTF_8, 0, List.of());

    /** What else stands between cells, by the words of scripts. */
    static final ImmutableMap<String, Character> DELIMITERS =
            ImmutableMap.of("semicolon", ';', "tab", '\t', "pipe", '|', "comma", ',');

    /**
     * Checks that no mark is two things.
     *
     * @throws IllegalArgumentException if one is, or the decimal mark is neither point nor comma
     */
    public TableFormat {
        dates = dates == null ? List.of() : List.copyOf(dates);
        checkArgument(decimal == '.' || decimal == ',', "decimal must be . or ,, got %s", decimal);
        checkArgument(skipped >= 0, "skipped must be at least 0, got %s", skipped);
        checkArgument(delimiter != quote, "delimiter and quote cannot both be %s", quote);
        checkArgument(thousands.length() <= 1, "thousands must be one character or none, got %s", thousands);
        checkArgument(!thousands.equals(String.valueOf(decimal)), "decimal and thousands cannot both be %s", decimal);
    }

    /**
     * {@return the same with it}
     *
     * @param other between cells
     */
    public TableFormat delimitedBy(char other) {
        return new TableFormat(other, quote, decimal, thousands, encoding, skipped, dates);
    }

    /**
     * {@return the same with them}
     *
     * @param point before the fraction of a number
     * @param groups between groups of three digits; empty for nothing
     */
    public TableFormat numbered(char point, String groups) {
        return new TableFormat(delimiter, quote, point, groups, encoding, skipped, dates);
    }

    /**
     * {@return the same with it}
     *
     * @param other of the text
     */
    public TableFormat encoded(Charset other) {
        return new TableFormat(delimiter, quote, decimal, thousands, other, skipped, dates);
    }

    /**
     * {@return the same with so many}
     *
     * @param lines before the table
     */
    public TableFormat after(int lines) {
        return new TableFormat(delimiter, quote, decimal, thousands, encoding, lines, dates);
    }

    /**
     * {@return the same with them}
     *
     * @param columns of dates
     */
    public TableFormat dated(List<DateColumn> columns) {
        return new TableFormat(delimiter, quote, decimal, thousands, encoding, skipped, columns);
    }

    /** Makes numbers of cells such as they are with a decimal point and without other marks. */
    Numbers numbers() {
        return new Numbers(this);
    }

    /** Numbers as the format writes them. */
    static final class Numbers {
        private final char decimal;
        private final String thousands;
        private final Optional<Pattern> number;

        private Numbers(TableFormat format) {
            this.decimal = format.decimal;
            this.thousands = format.thousands;
            String point = Pattern.quote(String.valueOf(decimal));
            String groups = thousands.isEmpty() ? "" : "\\d{1,3}(?:" + Pattern.quote(thousands) + "\\d{3})+|";
            this.number = decimal == '.' && thousands.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Pattern.compile("[+-]?(?:(?:" + groups + "\\d+)(?:" + point + "\\d*)?|" + point
                            + "\\d+)(?:[eE][+-]?\\d+)?"));
        }

        /** The cell, or where it is a number of this format, that number with a decimal point. */
        String plain(String cell) {
            if (number.isEmpty() || !number.get().matcher(cell).matches()) {
                return cell;
            }
            return (thousands.isEmpty() ? cell : cell.replace(thousands, "")).replace(decimal, '.');
        }
    }
}
