package sluice.tasks.csv;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/**
 * What a column of a table looks like.
 *
 * @param name what it is called
 * @param kind what its cells are
 * @param values how often each text occurs, in the order of their first; of a column with many, the first of them
 * @param missing cells without a value
 * @param marks texts that stand for a missing value in it
 * @param odd cells of a column of numbers or dates that are none
 */
public record ColumnSketch(
        String name,
        Kind kind,
        ImmutableMap<String, Integer> values,
        int missing,
        ImmutableSet<String> marks,
        OddCells odd) {
    ColumnSketch withOdd(OddCells cells) {
        return new ColumnSketch(name, kind, values, missing, marks, cells);
    }

    /** What cells are. */
    public enum Kind {
        /** Numbers. */
        NUMBER(""),
        /** Texts that come again. */
        CATEGORY(""),
        /** Nothing. */
        EMPTY("no cell has a value"),
        /** The same everywhere. */
        CONSTANT("every cell is the same"),
        /** What tells rows apart. */
        ID("tells rows apart, and nothing else"),
        /** Texts that hardly come again. */
        TEXT("texts that hardly come again"),
        /** Dates, or times of day. */
        DATE("dates or times of no known form");

        private final String unused;

        Kind(String unused) {
            this.unused = unused;
        }

        /** {@return why such a column is no feature; empty where it is one} */
        public String unused() {
            return unused;
        }

        /** {@return whether such a column is a feature} */
        public boolean isFeature() {
            return unused.isEmpty();
        }
    }
}
