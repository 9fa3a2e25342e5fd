package sluice.tasks.csv;

/** The order of a column's cells. */
sealed interface ValueOrder permits DateOrder, NumberOrder {
    static ValueOrder of(TaskRanges.Scale scale) {
        return scale instanceof TaskRanges.Dates dates ? DateOrder.of(dates.format()) : new NumberOrder();
    }

    /** Whether it is a value at all. */
    boolean reads(String cell);

    /** The place of a value among others: of a later or larger one it is larger. */
    double place(String cell);

    /** A value for names of tasks. */
    String name(String cell);

    /** What a cell must be, in words. */
    String wanted();

    /** What to do about a cell that is none. */
    String remedy();

    /** What stands before the first value that is too large. */
    String before();
}
