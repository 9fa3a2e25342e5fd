package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;

/**
 * Which columns are what: a column that is not named here is a numeric feature.
 *
 * @param predicted what is learned of a row
 * @param categorical features whose cells are categories
 * @param excluded columns that are not looked at, by name, or by number from 1 where no column has it as name; a file need not
 *     have them
 */
public record CsvColumns(Predicted predicted, ImmutableSet<String> categorical, ImmutableSet<String> excluded) {
    /** What is learned of a row: its class, or a number. */
    public sealed interface Predicted {
        /** {@return what the header calls the column that has it} */
        String column();

        /** {@return what the column is, as in "the label"} */
        default String role() {
            return this instanceof Target ? "the target" : "the label";
        }

        /**
         * A class.
         *
         * @param column that names it
         */
        record Label(String column) implements Predicted {}

        /**
         * A number.
         *
         * @param column that has it in every row
         */
        record Target(String column) implements Predicted {}
    }

    /** Checks that no column is two things. */
    public CsvColumns {
        String column = predicted.column();
        checkArgument(!categorical.contains(column), "%s %s cannot be categorical", predicted.role(), column);
        checkArgument(!excluded.contains(column), "%s %s cannot be excluded", predicted.role(), column);
        checkArgument(
                Sets.intersection(categorical, excluded).isEmpty(),
                "%s cannot be categorical and excluded",
                Sets.intersection(categorical, excluded));
    }

    /** Whether a column is not to be looked at, which goes by its name or by its number from 1. */
    boolean excludes(String name, int position) {
        return excluded.contains(name.isBlank() ? Integer.toString(position + 1) : name);
    }

    /** {@return whether a number is learned of each row} */
    public boolean hasTarget() {
        return predicted instanceof Predicted.Target;
    }

    /**
     * {@return classes are learned; every other column is a numeric feature}
     *
     * @param label the column of the class
     */
    public static CsvColumns labelled(String label) {
        return new CsvColumns(new Predicted.Label(label), ImmutableSet.of(), ImmutableSet.of());
    }

    /**
     * {@return numbers are learned; every other column is a numeric feature}
     *
     * @param target the column of the number
     */
    public static CsvColumns targeting(String target) {
        return new CsvColumns(new Predicted.Target(target), ImmutableSet.of(), ImmutableSet.of());
    }

    /**
     * {@return the same with these}
     *
     * @param names all features whose cells are categories
     */
    public CsvColumns withCategorical(String... names) {
        return new CsvColumns(predicted, ImmutableSet.copyOf(names), excluded);
    }

    /**
     * {@return the same with these}
     *
     * @param names all columns that are not looked at
     */
    public CsvColumns without(String... names) {
        return new CsvColumns(predicted, categorical, ImmutableSet.copyOf(names));
    }
}
