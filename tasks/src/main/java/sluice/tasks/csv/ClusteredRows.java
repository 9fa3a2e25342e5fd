package sluice.tasks.csv;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Multiset;
import com.google.common.collect.SetMultimap;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import sluice.tasks.ClassNumbers;
import sluice.tasks.MemoryBudget;
import sluice.tasks.Printable;

/**
 * Rows whose tasks are clusters.
 *
 * @param clusters the tasks
 * @param train training rows, each in its cluster
 * @param test test rows likewise
 */
record ClusteredRows(TaskClusters clusters, EncodedRows train, EncodedRows test) {
    /**
     * The rows in clusters of the training rows.
     *
     * @param asked how many, and by which seed
     * @param known what a model knows already; none where clusters are to be found
     * @param train rows as they are encoded
     * @param test likewise
     * @param features the column of each where it is numeric, else ""
     * @param budget that must hold training rows once more, where clusters are to be found
     * @throws ClusterCountException if there are fewer different rows than clusters
     * @throws sluice.tasks.InputException if the budget does not hold them
     */
    static ClusteredRows of(
            CsvFiles.Clusters asked,
            TaskClusters known,
            EncodedRows train,
            EncodedRows test,
            ImmutableList<String> features,
            MemoryBudget budget) {
        TaskClusters clusters = known.isNone() ? found(asked, new RowClusters(train, features), budget) : known;
        return new ClusteredRows(clusters, in(clusters, train, features), in(clusters, test, features));
    }

    private static TaskClusters found(CsvFiles.Clusters asked, RowClusters rows, MemoryBudget budget) {
        int distinct = rows.distinct(asked.count());
        if (distinct < asked.count()) {
            throw new ClusterCountException(
                    "%s: %d clusters need as many training rows that differ, and there are %d: write fewer clusters"
                            .formatted(name(asked.table().trainFile()), asked.count(), distinct));
        }
        return rows.of(
                asked.count(),
                asked.seed(),
                budget.advising("leave out rows, columns or clusters"),
                () -> "clusters of " + name(asked.table().trainFile()));
    }

    private static EncodedRows in(TaskClusters clusters, EncodedRows rows, ImmutableList<String> features) {
        return rows.inTasks(RowClusters.tasksOf(rows, clusters, features));
    }

    /**
     * Checks that every cluster is something to learn.
     *
     * @param classes names of the labels
     * @param table where the rows are from
     * @throws ClusterCountException if a cluster has training rows of one class or none, test rows of another, or none where some are tested
     */
    void check(ClassNumbers classes, CsvParts table) {
        problem(classes, table.isTested()).ifPresent(problem -> {
            throw new ClusterCountException("%s: %s: write fewer clusters".formatted(name(table.trainFile()), problem));
        });
    }

    /** Whether every cluster can be learned and tested. */
    boolean isWell(ClassNumbers classes) {
        return problem(classes, true).isEmpty();
    }

    /** What is wrong with the first cluster that cannot be learned, if one cannot. */
    private Optional<String> problem(ClassNumbers classes, boolean needsTests) {
        SetMultimap<String, Integer> trained = classesOf(train);
        SetMultimap<String, Integer> tested = classesOf(test);
        for (String task : clusters.tasks()) {
            Set<Integer> known = trained.get(task);
            String has = "%s of %d has ".formatted(task, clusters.tasks().size());
            if (known.size() < 2) {
                return Optional.of(has
                        + (known.isEmpty() ? "no training rows" : "training rows of one class alone")
                        + ", so that there is nothing to tell apart");
            }
            Optional<Integer> other = tested.get(task).stream()
                    .filter(label -> !known.contains(label))
                    .findFirst();
            if (other.isPresent()) {
                String name = classes.names().isEmpty()
                        ? Integer.toString(other.get())
                        : Printable.quoted(classes.names().get(other.get()));
                return Optional.of(has + "test rows of class " + name + " and no training row of it");
            }
            if (needsTests && tested.get(task).isEmpty()) {
                return Optional.of(has + "no test rows");
            }
        }
        return Optional.empty();
    }

    /** The least number of rows of a class in a cluster, of training and test rows together. */
    int leastOfAClass() {
        Multiset<String> counts = HashMultiset.create();
        for (EncodedRows rows : ImmutableList.of(train, test)) {
            for (int row = 0; row < rows.labels().length; row++) {
                counts.add(rows.tasks().get(row) + " " + rows.labels()[row]);
            }
        }
        return counts.entrySet().stream()
                .mapToInt(Multiset.Entry::getCount)
                .min()
                .orElse(0);
    }

    private static SetMultimap<String, Integer> classesOf(EncodedRows rows) {
        SetMultimap<String, Integer> classes = LinkedHashMultimap.create();
        for (int row = 0; row < rows.labels().length; row++) {
            classes.put(rows.tasks().get(row), rows.labels()[row]);
        }
        return classes;
    }

    private static String name(Path file) {
        return CsvPlace.name(file);
    }
}
