package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks for a column of dates whose parts of equal size may be tasks, so that each has rows enough. */
final class TimeSketch {
    private static final int MOST_PARTS = 5;

    private TimeSketch() {}

    /** When a row is, and by what it is counted. */
    private record Moment(double place, String key) {}

    /**
     * @param table before its first row
     * @param columns of the table
     * @param predicted the one that is predicted
     * @param dates columns of dates of a known form
     * @param learned what it takes
     */
    static Optional<TaskRanges> of(
            CsvFile table,
            ImmutableList<ColumnSketch> columns,
            ColumnSketch predicted,
            List<DateColumn> dates,
            Learnable learned) {
        Map<DateColumn, List<Moment>> moments = new LinkedHashMap<>();
        columns.stream()
                .filter(column -> column.missing() == 0)
                .forEach(column -> dates.stream()
                        .filter(date -> date.column().equals(column.name()))
                        .forEach(date -> moments.put(date, new ArrayList<>())));
        Map<DateColumn, DateOrder> orders = new LinkedHashMap<>();
        moments.keySet().forEach(date -> orders.put(date, DateOrder.of(date.format())));
        List<String> names = columns.stream().map(ColumnSketch::name).toList();
        int position = columns.indexOf(predicted);
        while (table.next()) {
            List<String> row = table.row();
            if (row.size() == columns.size()) {
                moments.forEach((date, of) -> {
                    String cell = cell(row, names, date);
                    // the few others are to be mended
                    if (orders.get(date).reads(cell)) {
                        of.add(new Moment(orders.get(date).place(cell), learned.key(row.get(position))));
                    }
                });
            }
        }
        return moments.entrySet().stream()
                .flatMap(date -> parts(date.getKey(), date.getValue(), learned).stream())
                .findFirst();
    }

    private static String cell(List<String> row, List<String> names, DateColumn date) {
        return row.get(names.indexOf(date.column()));
    }

    /** As many as five, of which each has enough rows. */
    private static Optional<TaskRanges> parts(DateColumn date, List<Moment> moments, Learnable learned) {
        List<Moment> sorted = moments.stream()
                .sorted(Comparator.comparingDouble(Moment::place))
                .toList();
        int[] changes =
                RangeTasks.changes(sorted.stream().mapToDouble(Moment::place).toArray());
        return IntStream.iterate(Math.min(MOST_PARTS, changes.length + 1), count -> count >= 2, count -> count - 1)
                .filter(count -> suffice(sorted, RangeTasks.cuts(changes, sorted.size(), count), learned))
                .mapToObj(count -> new TaskRanges(
                        date.column(),
                        new TaskRanges.Dates(date.format()),
                        new TaskRanges.Parts(count),
                        TaskRanges.Feature.DROP))
                .findFirst();
    }

    private static boolean suffice(List<Moment> sorted, int[] cuts, Learnable learned) {
        int[] ends = Arrays.copyOf(cuts, cuts.length + 1);
        ends[cuts.length] = sorted.size();
        int start = 0;
        for (int end : ends) {
            Map<String, Integer> rows = new HashMap<>();
            sorted.subList(start, end).forEach(moment -> rows.merge(moment.key(), 1, Integer::sum));
            if (!learned.suffices(rows)) {
                return false;
            }
            start = end;
        }
        return true;
    }
}
