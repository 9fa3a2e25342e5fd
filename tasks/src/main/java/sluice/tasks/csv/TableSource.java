package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Rows of a text, whatever its format, the first of which may name its columns. Mutable; whoever makes it closes it. */
sealed interface TableSource extends Closeable permits ArffRows, CsvSource {
    /** Goes on to the next row that is no empty line; false at the end. */
    boolean next() throws IOException;

    /** The row's cells. */
    List<String> row();

    /** The line that the row begins on, or that was looked at last. */
    long line();

    /** Whether the format itself says that the first row names columns. */
    boolean namesColumns();

    /** Values that columns were declared to have, in order, by column. */
    ImmutableMap<String, ImmutableList<String>> declared();

    /** What is read past that another system would use, a line each. */
    ImmutableList<String> notes();
}
