package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which tables are read, and what of them is a task. */
public sealed interface CsvFiles {
    /** {@return training and test parts, in the order of reading} */
    ImmutableList<CsvParts> parts();

    /** {@return the column that says which task a row belongs to, if one does} */
    default Optional<String> taskColumn() {
        return Optional.empty();
    }

    /**
     * One table, to be split into tasks by its classes.
     *
     * @param table its parts
     */
    record OneSet(CsvParts table) implements CsvFiles {
        @Override
        public ImmutableList<CsvParts> parts() {
            return ImmutableList.of(table);
        }
    }

    /**
     * A table per task.
     *
     * @param tasks at least one, in the order of learning, with distinct names
     */
    record PerTask(ImmutableList<NamedTable> tasks) implements CsvFiles {
        /** Checks the names. */
        public PerTask {
            checkArgument(!tasks.isEmpty(), "there must be at least one task");
            Set<String> names = new HashSet<>();
            tasks.forEach(task -> checkArgument(names.add(task.name()), "two tasks are named %s", task.name()));
        }

        @Override
        public ImmutableList<CsvParts> parts() {
            return tasks.stream().map(NamedTable::table).collect(ImmutableList.toImmutableList());
        }
    }

    /**
     * One table with a column that says which task a row belongs to. Tasks are learned in the order in which the
     * training file (or the only one) first names them.
     *
     * @param table its parts
     * @param column the column's name; it is no feature
     */
    record TaskColumn(CsvParts table, String column) implements CsvFiles {
        @Override
        public ImmutableList<CsvParts> parts() {
            return ImmutableList.of(table);
        }

        @Override
        public Optional<String> taskColumn() {
            return Optional.of(column);
        }
    }

    /**
     * One table with a column of numbers or dates, whose ranges are tasks.
     *
     * @param table its parts
     * @param ranges of the column
     */
    record RangeColumn(CsvParts table, TaskRanges ranges) implements CsvFiles {
        @Override
        public ImmutableList<CsvParts> parts() {
            return ImmutableList.of(table);
        }

        @Override
        public Optional<String> taskColumn() {
            return Optional.of(ranges.column());
        }

        /** {@return whether the column is an input, too} */
        boolean keepsColumn() {
            return ranges.feature() == TaskRanges.Feature.KEEP;
        }
    }

    /**
     * One table, whose tasks are clusters of rows that are alike: k-means finds them among the training rows, and a row of any other part
     * is of the cluster whose centre is nearest.
     *
     * @param table its parts
     * @param count of clusters, at least 2
     * @param seed of the draws of their first centres
     */
    record Clusters(CsvParts table, int count, long seed) implements CsvFiles {
        /** Checks the count. */
        public Clusters {
            checkArgument(count >= 2, "clusters must be at least 2, got %s", count);
        }

        @Override
        public ImmutableList<CsvParts> parts() {
            return ImmutableList.of(table);
        }
    }

    /**
     * A task's table.
     *
     * @param name of the task, not blank
     * @param table its parts
     */
    record NamedTable(String name, CsvParts table) {
        /** Checks the name. */
        public NamedTable {
            checkArgument(!name.isBlank(), "a task needs a name");
        }
    }
}
