package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * Tasks that are ranges of a column, once it is known where they begin.
 *
 * @param order of the column's cells
 * @param bounds places in it at which ranges but the first begin, rising
 * @param names of the tasks, one more than bounds
 */
record RangeTasks(ValueOrder order, double[] bounds, ImmutableList<String> names) {
    /**
     * @param ranges what is asked for
     * @param rows of the training file, whose tasks are as yet cells of the column
     * @param file that has them
     * @return the tasks, each of which has a row
     * @throws InputException if a range has none
     */
    static RangeTasks of(TaskRanges ranges, List<CsvRow> rows, Path file) {
        ValueOrder order = ValueOrder.of(ranges.scale());
        String[] sorted = rows.stream()
                .map(CsvRow::task)
                .distinct()
                .sorted(Comparator.comparingDouble(order::place))
                .toArray(String[]::new);
        RangeTasks tasks = of(
                order,
                ranges.cut() instanceof TaskRanges.At at
                        ? at.bounds()
                        : evenly(ranges, ((TaskRanges.Parts) ranges.cut()).count(), rows, file));
        tasks.checkRows(ranges.column(), rows, file, "%s to %s".formatted(sorted[0], sorted[sorted.length - 1]));
        return tasks;
    }

    private static RangeTasks of(ValueOrder order, List<String> bounds) {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        names.add("%s %s".formatted(order.before(), order.name(bounds.get(0))));
        for (int b = 1; b < bounds.size(); b++) {
            names.add("%s to %s".formatted(order.name(bounds.get(b - 1)), order.name(bounds.get(b))));
        }
        names.add("from " + order.name(bounds.get(bounds.size() - 1)));
        return new RangeTasks(order, bounds.stream().mapToDouble(order::place).toArray(), names.build());
    }

    private static ImmutableList<String> evenly(TaskRanges ranges, int count, List<CsvRow> rows, Path file) {
        ValueOrder order = ValueOrder.of(ranges.scale());
        List<String> cells = rows.stream()
                .map(CsvRow::task)
                .sorted(Comparator.comparingDouble(order::place))
                .toList();
        double[] places = cells.stream().mapToDouble(order::place).toArray();
        int[] changes = changes(places);
        if (changes.length < count - 1) {
            throw new InputException(
                    "%s, column %s: %d parts need as many different values, and rows have %d: write fewer parts"
                            .formatted(
                                    CsvPlace.name(file), Printable.quoted(ranges.column()), count, changes.length + 1));
        }
        return Arrays.stream(cuts(changes, places.length, count))
                .mapToObj(cells::get)
                .collect(ImmutableList.toImmutableList());
    }

    /** Where values rise. */
    static int[] changes(double[] sorted) {
        return IntStream.range(1, sorted.length)
                .filter(i -> sorted[i] > sorted[i - 1])
                .toArray();
    }

    /**
     * Positions at which parts but the first begin, as near to equal parts as rows of one value allow.
     *
     * @param changes where values rise, at least as many as there are cuts
     * @param rows how many there are
     * @param parts how many there shall be
     */
    static int[] cuts(int[] changes, int rows, int parts) {
        int[] cuts = new int[parts - 1];
        int next = 0;
        for (int cut = 0; cut < cuts.length; cut++) {
            double even = (cut + 1.0) * rows / parts;
            int last = changes.length - (cuts.length - cut);
            while (next < last && Math.abs(changes[next + 1] - even) < Math.abs(changes[next] - even)) {
                next++;
            }
            cuts[cut] = changes[next++];
        }
        return cuts;
    }

    private void checkRows(String column, List<CsvRow> rows, Path file, String extent) {
        boolean[] found = new boolean[names.size()];
        rows.forEach(row -> found[range(row.task())] = true);
        ImmutableList<String> empty = IntStream.range(0, found.length)
                .filter(range -> !found[range])
                .mapToObj(names::get)
                .map(Printable::quoted)
                .collect(ImmutableList.toImmutableList());
        if (!empty.isEmpty()) {
            throw new InputException(
                    "%s, column %s: no row is in the %s %s, as rows go from %s: change bounds of task_column"
                            .formatted(
                                    CsvPlace.name(file),
                                    Printable.quoted(column),
                                    empty.size() == 1 ? "range" : "ranges",
                                    String.join(", ", empty),
                                    extent));
        }
    }

    /** Which range a cell is in, from 0. */
    private int range(String cell) {
        int found = Arrays.binarySearch(bounds, order.place(cell));
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The rows with the names of their tasks. */
    List<CsvRow> named(List<CsvRow> rows) {
        return rows.stream()
                .map(row -> row.inTask(names.get(range(row.task()))))
                .toList();
    }
}
