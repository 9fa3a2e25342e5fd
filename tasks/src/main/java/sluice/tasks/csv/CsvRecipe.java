package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import sluice.tasks.ClassNumbers;

/**
 * What a model must know of the tables that it was learned from, but for the scales of a task.
 *
 * @param encoding columns
 * @param missing what was done about missing cells
 * @param classes numbers of the labels
 * @param target the column of the number that is predicted; "" where classes are told apart
 * @param refusesUnseen whether a row of an unseen category is refused
 * @param format how cells are written
 * @param names of all columns of files without a header; none where files have one
 * @param clusters that are tasks; none where others are
 */
record CsvRecipe(
        CsvEncoding encoding,
        Missing missing,
        ClassNumbers classes,
        ImmutableList<String> names,
        String target,
        boolean refusesUnseen,
        TableFormat format,
        TaskClusters clusters) {
    /**
     * {@return how rows became the task's inputs}
     *
     * @param scales of the features in a task
     */
    TableEncoding encoding(ColumnScale[] scales) {
        ImmutableList.Builder<TableEncoding.Column> columns = ImmutableList.builder();
        int start = 0;
        for (ColumnFeatures column : encoding.columns()) {
            columns.add(column.column(scales, start));
            start += column.width();
        }
        boolean fills = !(missing.fill() instanceof Missing.Fill.Refused);
        return new TableEncoding(
                columns.build(),
                missing.texts().asList(),
                fills,
                classes.names(),
                names,
                refusesUnseen,
                format,
                target,
                clusters);
    }
}
