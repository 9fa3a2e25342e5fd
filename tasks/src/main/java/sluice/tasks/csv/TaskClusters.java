package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if names repeat, there is not a centre for each, centres have not as many values as one another, at
     *     least as many as there are numeric columns, or something is not finite but a deviation, which must be above 0
     */
    public TaskClusters {
        tasks = List.copyOf(tasks);
        centres = centres.stream().map(List::copyOf).toList();
        numbers = List.copyOf(numbers);
        checkArgument(Set.copyOf(tasks).size() == tasks.size(), "clusters of one name: %s", tasks);
        checkArgument(centres.size() == tasks.size(), "%s clusters have %s centres", tasks.size(), centres.size());
        int features = centres.isEmpty() ? 0 : centres.get(0).size();
        for (List<Double> centre : centres) {
            checkArgument(centre.size() == features, "centres of %s and of %s values", features, centre.size());
            checkArgument(centre.stream().allMatch(Double::isFinite), "a centre has a value that is not finite");
        }
        checkArgument(numbers.size() <= features, "%s numeric columns of %s features", numbers.size(), features);
        for (TableEncoding.Column.Scaled number : numbers) {
            checkArgument(
                    Double.isFinite(number.fill()) && Double.isFinite(number.mean()) && number.deviation() > 0,
                    "column %s cannot be standardised",
                    number.name());
        }
    }

    /** Whether rows of such columns can be compared with the centres. */
    boolean fit(List<TableEncoding.Column> columns) {
        List<String> scaled = columns.stream()
                .filter(TableEncoding.Column.Scaled.class::isInstance)
                .map(TableEncoding.Column::name)
                .toList();
        return isNone()
                || (TableEncoding.features(columns) == centres.get(0).size()
                        && numbers.stream()
                                .map(TableEncoding.Column::name)
                                .toList()
                                .equals(scaled));
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
     * @throws IllegalArgumentException if they have another number of features than centres
     */
    public ImmutableList<String> tasksOf(Examples rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(row -> taskOf(rows.row(row)))
                .collect(ImmutableList.toImmutableList());
    }

    /** The task of one row. */
    String taskOf(float[] row) {
        checkArgument(
                row.length == centres.get(0).size(),
                "a row of %s features and centres of %s",
                row.length,
                centres.get(0).size());
        return tasks.get(nearest(row));
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
