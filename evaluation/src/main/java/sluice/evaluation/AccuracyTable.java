package sluice.evaluation;

import java.util.List;

/**
 * An accuracy matrix as text: fractions with four decimals, "-" for a missing cell. A number other than 0 that would
 * show as 0.0000 is shown with an exponent.
 *
 * <p>More tasks than fit side by side go into several tables, one below the other. A name longer than {@value
 * #NAME_LENGTH} characters is abbreviated with an ellipsis, carries its task's number, and is listed in full below
 * the table. Control characters in names are replaced. Columns are aligned by UTF-16 units, so names in wide scripts
 * may shift a column's edge.
 *
 * @param matrix what to show
 * @param width characters per line that a table may take, at least 48; a line of a name's own may be longer
 */
public record AccuracyTable(AccuracyMatrix matrix, int width) {
    /** Characters of a name that a table shows. */
    public static final int NAME_LENGTH = ScoreTable.NAME_LENGTH;

    /** Characters per line that a table takes where nothing else is said. */
    public static final int DEFAULT_WIDTH = 100;

    /** Checks that the width is sufficient for the labels and one column. */
    public AccuracyTable {
        scores(matrix, width);
    }

    private static ScoreTable scores(AccuracyMatrix matrix, int width) {
        return new ScoreTable(
                "accuracy",
                matrix.tasks(),
                (i, j) -> matrix.cell(i, j).map(cell -> Figures.fourDecimals(cell.accuracy())),
                width);
    }

    /**
     * {@return a table that fits 100 characters}
     *
     * @param matrix what to show
     */
    public static AccuracyTable of(AccuracyMatrix matrix) {
        return new AccuracyTable(matrix, DEFAULT_WIDTH);
    }

    /**
     * The table: a row per task learned, from "untrained" to the last row that has a cell; a column per task.
     *
     * @return lines separated by \n, with none at the end
     */
    public String text() {
        return scores(matrix, width).text();
    }

    /** The table with a last line of its own: a label and a value per task. */
    String textWithFooter(String label, List<String> values) {
        return scores(matrix, width).textWithFooter(label, values);
    }

    /**
     * One row of the matrix as one plain line, for progress: {@code after 2 (2-3):  0-1 0.9991  2-3 0.9912}, or
     * {@code after 2 (2-3): not tested}.
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @return the line, without an end
     * @throws IllegalArgumentException if the row is out of range
     */
    public String row(int afterTask) {
        return scores(matrix, width).row(afterTask);
    }
}
