package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.tasks.Examples;

/**
 * Rows of a table to be predicted.
 *
 * @param examples a row each, all labelled 0; a refused one means nothing
 * @param notes what to know of them, a line each
 * @param refused why a row cannot be predicted, by its position from 0
 */
public record TableRows(Examples examples, ImmutableList<String> notes, ImmutableMap<Integer, String> refused) {
    /**
     * {@return the same, with nothing to know of them}
     *
     * @param examples that can all be predicted
     */
    public static TableRows of(Examples examples) {
        return new TableRows(examples, ImmutableList.of(), ImmutableMap.of());
    }
}
