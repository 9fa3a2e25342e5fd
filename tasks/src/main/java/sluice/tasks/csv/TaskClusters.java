package sluice.tasks.csv;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sluice.tasks.Examples;

/**
 * Tasks that are clusters of rows: a row is of the one whose centre is nearest, in Euclidean distance, ties to the first. Numbers are
 * standardised as {@code numbers} has them, whatever the scales of a task are; a category is 0 or 1.
 *
 * @param tasks their names, the one with most training rows first; none where tasks are no clusters
 * @param centres of them, a value per feature each
 * @param numbers how the numeric columns are standardised, in the order of features; fill and mean are those of the training rows
 */
public record TaskClusters(List<String> tasks, List<List<Double>> centres, List<TableEncoding.Column.Scaled> numbers) {
    /** Tasks that are no clusters. */
    public static final TaskClusters NONE = new TaskClusters(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public TaskClusters {
        tasks = List.copyOf(tasks);
        centres = centres.stream().map(List::copyOf).toList();
        numbers = List.copyOf(numbers);
    }

    /** {@return whether tasks are no clusters} */
    @JsonIgnore
    public boolean isNone() {
        return tasks.isEmpty();
    }

    /**
     * {@return how rows become what is compared with the centres}
     *
     * @param ofTask how they become a task's inputs
     */
    public TableEncoding encoding(TableEncoding ofTask) {
        List<TableEncoding.Column> columns = new ArrayList<>();
        int number = 0;
        for (TableEncoding.Column column : ofTask.columns()) {
            columns.add(column instanceof TableEncoding.Column.Scaled ? numbers.get(number++) : column);
        }
        return ofTask.withColumns(columns);
    }

    /**
     * {@return the task of each row}
     *
     * @param rows as {@link #encoding} has them
     */
    public ImmutableList<String> tasksOf(Examples rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(row -> tasks.get(nearest(rows.row(row))))
                .collect(ImmutableList.toImmutableList());
    }

    private int nearest(float[] row) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int cluster = 0; cluster < centres.size(); cluster++) {
            double distance = 0;
            for (int f = 0; f < row.length; f++) {
                double off = row[f] - centres.get(cluster).get(f);
                distance += off * off;
            }
            if (distance < least) {
                least = distance;
                nearest = cluster;
            }
        }
        return nearest;
    }

    /** The names of so many clusters. */
    static ImmutableList<String> names(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(cluster -> "cluster " + cluster)
                .collect(ImmutableList.toImmutableList());
    }
}
