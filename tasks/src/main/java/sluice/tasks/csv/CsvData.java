package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Tables in CSV files, and how they become features and classes, or numbers that are to be predicted.
 *
 * <p>Features are in the order of the first training file's columns, a categorical column being one feature of 0 or 1
 * per category of the training rows of all tasks, sorted. Labels are numbered across all tasks as
 * {@link sluice.tasks.ClassNumbers} has it. Values are held in memory as 32-bit floats.
 *
 * @param files which tables, and what of them is a task
 * @param header where their columns' names are
 * @param columns which columns are what
 * @param standardise what scales of numeric columns are fitted to
 * @param missing what to do about missing cells
 * @param unseen what to do about categories of test rows that no training row has
 * @param format how cells are written
 */
public record CsvData(
        CsvFiles files,
        TableHeader header,
        CsvColumns columns,
        Standardise standardise,
        Missing missing,
        UnseenCategory unseen,
        TableFormat format) {
    /** What the data set is called. */
    public static final String NAME = "csv";

    /** Checks that the column of tasks is no other, that no part of a date is both input and target, and that clusters have classes. */
    public CsvData {
        checkArgument(
                !columns.hasTarget()
                        || format.dates().stream()
                                .noneMatch(date ->
                                        date.column().equals(columns.predicted().column())),
                "the target %s cannot be one of dates, whose parts are inputs",
                columns.predicted().column());
        checkArgument(
                !columns.hasTarget() || !(files instanceof CsvFiles.Clusters),
                "tasks that are clusters tell classes apart, and %s is a target",
                columns.predicted().column());
        files.taskColumn()
                .ifPresent(tasks -> checkArgument(
                        !tasks.equals(columns.predicted().column())
                                && !columns.categorical().contains(tasks)
                                && !columns.excluded().contains(tasks),
                        "the task column %s cannot be label, target, categorical or excluded",
                        tasks));
    }

    /**
     * Tables with headers, whose unseen categories are none of the known ones.
     *
     * @param files which tables, and what of them is a task
     * @param columns which columns are what
     * @param standardise what scales of numeric columns are fitted to
     * @param missing what to do about missing cells
     */
    public CsvData(CsvFiles files, CsvColumns columns, Standardise standardise, Missing missing) {
        this(
                files,
                new TableHeader.FirstLine(),
                columns,
                standardise,
                missing,
                UnseenCategory.IGNORE,
                TableFormat.DEFAULT);
    }
}
