package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/** Where the names of a table's columns are. */
public sealed interface TableHeader {
    /** In the first line of each file. */
    record FirstLine() implements TableHeader {}

    /**
     * Nowhere in the files, whose first lines are rows.
     *
     * @param names of all columns in their order, distinct and not blank; none for c1, c2, ...
     */
    record None(ImmutableList<String> names) implements TableHeader {
        /** Checks the names. */
        public None {
            checkArgument(ImmutableSet.copyOf(names).size() == names.size(), "two columns have one name: %s", names);
            checkArgument(names.stream().noneMatch(String::isBlank), "a column has no name: %s", names);
        }
    }
}
