package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.tasks.Examples;

/**
 * Rows of a table to be predicted.
 *
 * @param examples a row each, all labelled 0; a refused one means nothing
 * @param labels of the rows, as the column of labels has them, "" where a cell has no value; none where there is no such column
 * @param notes what to know of them, a line each
 * @param refused why a row cannot be predicted, by its position from 0
 */
public record TableRows(
        Examples examples,
        ImmutableList<String> labels,
        ImmutableList<String> notes,
        ImmutableMap<Integer, String> refused) {}
