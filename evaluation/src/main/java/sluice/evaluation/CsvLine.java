package sluice.evaluation;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;

/**
 * One line of a CSV file, with its place for messages. A value that holds line ends makes it span several.
 *
 * @param source what to call the file in messages
 * @param number of the line, from 1
 * @param columns their names
 * @param values a value per column
 */
public record CsvLine(String source, long number, ImmutableList<String> columns, ImmutableList<String> values) {
    private static final double TOLERANCE = 1e-9;

    /**
     * {@return the value as the file has it}
     *
     * @param column one of the columns
     */
    public String text(String column) {
        return values.get(columns.indexOf(column));
    }

    /**
     * {@return whether it holds nothing}
     *
     * @param column one of the columns
     */
    public boolean isEmpty(String column) {
        return text(column).isEmpty();
    }

    /**
     * {@return the text, without what {@link SpreadsheetText} put before it; not empty}
     *
     * @param column one of the columns, of text
     * @throws MatrixFormatException if it is empty
     */
    public String name(String column) {
        if (isEmpty(column)) {
            throw refusal(column, "is empty: write a name");
        }
        return SpreadsheetText.plain(text(column));
    }

    Run run() {
        return new Run(name("strategy"), seed());
    }

    /**
     * {@return what the column seed holds}
     *
     * @throws MatrixFormatException if that is no whole number
     */
    public long seed() {
        return wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** What the columns correct, total and accuracy say, which must agree. */
    AccuracyMatrix.Cell cell() {
        int total = count("total", 1);
        int correct = count("correct", 0);
        if (correct > total) {
            throw refusal("correct", correct + " of " + total + " cannot be correct: correct the counts");
        }
        AccuracyMatrix.Cell cell = new AccuracyMatrix.Cell(correct, total);
        if (!(Math.abs(decimal("accuracy") - cell.accuracy()) <= TOLERANCE)) {
            throw refusal(
                    "accuracy",
                    quoted("accuracy") + " is not " + correct + "/" + total + " = " + Figures.exact(cell.accuracy())
                            + ": correct the accuracy or the counts");
        }
        return cell;
    }

    /**
     * {@return its whole number, from least to the largest int}
     *
     * @param column one of the columns
     * @param least possible value
     * @throws MatrixFormatException if it is none or out of range
     */
    public int count(String column, int least) {
        return (int) wholeNumber(column, least, Integer.MAX_VALUE);
    }

    private long wholeNumber(String column, long least, long most) {
        try {
            long value = Long.parseLong(text(column));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw refusal(column, "must be a whole number in [" + least + ", " + most + "], got " + quoted(column));
    }

    /**
     * {@return its decimal number, finite}
     *
     * @param column one of the columns
     * @throws MatrixFormatException if it is none
     */
    public double decimal(String column) {
        try {
            double value = new BigDecimal(text(column)).doubleValue();
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number too large
        }
        throw refusal(column, "must be a decimal number such as 0.25 or 1.5E9, got " + quoted(column));
    }

    /**
     * {@return a refusal that begins with file, line and column}
     *
     * @param column where the problem is
     * @param problem what it is, and how to mend it
     */
    public MatrixFormatException refusal(String column, String problem) {
        return new MatrixFormatException(place() + ", column " + column + ": " + problem);
    }

    /** {@return where this line is: "results.csv, line 7"} */
    public String place() {
        return place(source, number);
    }

    static String place(String source, long number) {
        return Printable.of(source) + ", line " + number;
    }

    private String quoted(String column) {
        return Printable.quoted(text(column));
    }
}
