package sluice.evaluation.matrix;

import java.util.Optional;

/**
 * What the user says of a file of accuracies, where it can be read in two ways.
 *
 * @param layout of the file; told by its header where nothing is said
 * @param rows header of the column of a grid that names the rows; {@value #NO_ROWS} for none; told by the values where nothing
 *     is said
 * @param percent whether accuracies are in [0, 100] rather than [0, 1]
 */
public record MatrixOptions(Optional<Layout> layout, Optional<String> rows, boolean percent) {
    /** Says that every column of a grid is a task. */
    public static final String NO_ROWS = "none";

    /** Nothing is said: accuracies are in [0, 1]. */
    public static final MatrixOptions DEFAULT = new MatrixOptions(Optional.empty(), Optional.empty(), false);

    /** Nothing is said, but that accuracies are in [0, 100]. */
    public static final MatrixOptions PERCENT = new MatrixOptions(Optional.empty(), Optional.empty(), true);

    /** Where accuracies stand. */
    public enum Layout {
        /** A line per accuracy: the tasks learned, the task asked for, the accuracy. */
        LONG,
        /** A row per task learned, a column per task asked for. */
        GRID,
        /** A row, or a part of JSON with a name, per task asked for, a column per task learned. */
        TURNED
    }
}
