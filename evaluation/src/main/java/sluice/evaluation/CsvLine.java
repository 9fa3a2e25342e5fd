package sluice.evaluation;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;

/** One line of a CSV file, with its place for messages. A value that holds line ends makes it span several. */
record CsvLine(String source, long number, ImmutableList<String> columns, ImmutableList<String> values) {
    private static final double TOLERANCE = 1e-9;

    String text(String column) {
        return values.get(columns.indexOf(column));
    }

    boolean isEmpty(String column) {
        return text(column).isEmpty();
    }

    String name(String column) {
        if (isEmpty(column)) {
            throw refusal(column, "is empty: write a name");
        }
        return text(column);
    }

    Run run() {
        return new Run(name("strategy"), seed());
    }

    long seed() {
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

    int count(String column, int least) {
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

    double decimal(String column) {
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

    MatrixFormatException refusal(String column, String problem) {
        return new MatrixFormatException(place() + ", column " + column + ": " + problem);
    }

    /** Where this line is: "results.csv, line 7". */
    String place() {
        return place(source, number);
    }

    static String place(String source, long number) {
        return Printable.of(source) + ", line " + number;
    }

    private String quoted(String column) {
        return Printable.quoted(text(column));
    }
}
