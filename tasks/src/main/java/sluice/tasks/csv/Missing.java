package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Which cells of features have no value, and what takes its place. A categorical cell without a value is of no category:
 * all its features are 0.
 *
 * @param text a cell that is this text has no value, and so has an empty cell; "" for empty ones alone
 * @param fill what takes the place of a missing number
 */
public record Missing(String text, Fill fill) {
    /** Empty cells are refused. */
    public static final Missing REFUSED = new Missing("", new Fill.Refused());

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
        return cell.isEmpty() || cell.equals(text);
    }
}
