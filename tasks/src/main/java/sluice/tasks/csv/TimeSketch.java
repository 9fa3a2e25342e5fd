package sluice.tasks.csv;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks for a column of dates whose parts of equal size may be tasks, so that each has rows of both classes. */
final class TimeSketch {
    private static final int MOST_PARTS = 5;

    private TimeSketch() {}

    /** When a row is, and of which class. */
    private record Moment(double place, String label) {}

    /**
     * @param table before its first row
     * @param columns of the table
     * @param label the one of the class
     * @param dates columns of dates of a known form
     * @param least rows of each class that a task must have
     */
    static Optional<TaskRanges> of(
            CsvFile table, ImmutableList<ColumnSketch> columns, ColumnSketch label, List<DateColumn> dates, int least) {
        Map<DateColumn, List<Moment>> moments = new LinkedHashMap<>();
        columns.stream()
                .filter(column -> column.missing() == 0)
                .forEach(column -> dates.stream()
                        .filter(date -> date.column().equals(column.name()))
                        .forEach(date -> moments.put(date, new ArrayList<>())));
        Map<DateColumn, DateOrder> orders = new LinkedHashMap<>();
        moments.keySet().forEach(date -> orders.put(date, DateOrder.of(date.format())));
        List<String> names = columns.stream().map(ColumnSketch::name).toList();
        int classes = columns.indexOf(label);
        while (table.next()) {
            List<String> row = table.row();
            if (row.size() == columns.size()) {
                moments.entrySet().removeIf(date -> !orders.get(date.getKey()).reads(cell(row, names, date.getKey())));
                moments.forEach((date, of) ->
                        of.add(new Moment(orders.get(date).place(cell(row, names, date)), row.get(classes))));
            }
        }
        return moments.entrySet().stream()
                .flatMap(date -> parts(date.getKey(), date.getValue(), least).stream())
                .findFirst();
    }

    private static String cell(List<String> row, List<String> names, DateColumn date) {
        return row.get(names.indexOf(date.column()));
    }

    /** As many as five, of which each has enough rows of both classes. */
    private static Optional<TaskRanges> parts(DateColumn date, List<Moment> moments, int least) {
        List<Moment> sorted = moments.stream()
                .sorted(Comparator.comparingDouble(Moment::place))
                .toList();
        int[] changes =
                RangeTasks.changes(sorted.stream().mapToDouble(Moment::place).toArray());
        return IntStream.iterate(Math.min(MOST_PARTS, changes.length + 1), count -> count >= 2, count -> count - 1)
                .filter(count -> areOfBothClasses(sorted, RangeTasks.cuts(changes, sorted.size(), count), least))
                .mapToObj(count -> new TaskRanges(
                        date.column(),
                        new TaskRanges.Dates(date.format()),
                        new TaskRanges.Parts(count),
                        TaskRanges.Feature.DROP))
                .findFirst();
    }

    private static boolean areOfBothClasses(List<Moment> sorted, int[] cuts, int least) {
        int[] ends = Arrays.copyOf(cuts, cuts.length + 1);
        ends[cuts.length] = sorted.size();
        int start = 0;
        for (int end : ends) {
            Multiset<String> classes = HashMultiset.create();
            sorted.subList(start, end).forEach(moment -> classes.add(moment.label()));
            if (classes.elementSet().size() < 2 || classes.entrySet().stream().anyMatch(of -> of.getCount() < least)) {
                return false;
            }
            start = end;
        }
        return true;
    }
}
