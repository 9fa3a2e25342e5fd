package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;

/**
 * Which columns are what: a column that is not named here is a numeric feature.
 *
 * @param label the column of the class
 * @param categorical features whose cells are categories
 * @param excluded columns that are not looked at, by name, or by number from 1 where no column has it as name; a file need not
 *     have them
 */
public record CsvColumns(String label, ImmutableSet<String> categorical, ImmutableSet<String> excluded) {
    /** Checks that no column is two things. */
    public CsvColumns {
        checkArgument(!categorical.contains(label), "the label %s cannot be categorical", label);
        checkArgument(!excluded.contains(label), "the label %s cannot be excluded", label);
        checkArgument(
                Sets.intersection(categorical, excluded).isEmpty(),
                "%s cannot be categorical and excluded",
                Sets.intersection(categorical, excluded));
    }

    /** Whether a column is not to be looked at, which goes by its name or by its number from 1. */
    boolean excludes(String name, int position) {
        return excluded.contains(name.isBlank() ? Integer.toString(position + 1) : name);
    }

    /**
     * {@return every other column is a numeric feature}
     *
     * @param label the column of the class
     */
    public static CsvColumns labelled(String label) {
        return new CsvColumns(label, ImmutableSet.of(), ImmutableSet.of());
    }

    /**
     * {@return the same with these}
     *
     * @param names all features whose cells are categories
     */
    public CsvColumns withCategorical(String... names) {
        return new CsvColumns(label, ImmutableSet.copyOf(names), excluded);
    }

    /**
     * {@return the same with these}
     *
     * @param names all columns that are not looked at
     */
    public CsvColumns without(String... names) {
        return new CsvColumns(label, categorical, ImmutableSet.copyOf(names));
    }
}
