package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;

/**
 * Which cells of features have no value, and what takes its place. A categorical cell without a value is of no category:
 * all its features are 0.
 *
 * @param texts a cell that is one of these texts has no value, and so has an empty cell
 * @param fill what takes the place of a missing number
 */
public record Missing(ImmutableSet<String> texts, Fill fill) {
    /** Empty cells are refused. */
    public static final Missing REFUSED = new Missing(ImmutableSet.of(), new Fill.Refused());

    /** What takes the place of a missing number. */
    public sealed interface Fill {
        /** Nothing: a missing cell is a mistake. */
        record Refused() implements Fill {}

        /**
         * The same number everywhere, in the column's own units.
         *
         * @param number any that a 32-bit float holds
         */
        record Constant(double number) implements Fill {
            /** Checks the number. */
            public Constant {
                checkArgument(Float.isFinite((float) number), "fill must be a finite float, got %s", number);
            }
        }

        /**
         * The column's mean over the training rows that scales are fitted to: those of the first task, or, with
         * {@link Standardise#PER_TASK} and {@link Standardise#NONE}, those of the task itself.
         */
        record Mean() implements Fill {}
    }

    boolean isMissing(String cell) {
        return cell.isEmpty() || texts.contains(cell);
    }
}
