package sluice.framework.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import sluice.framework.account.LayerCapacity;
import sluice.framework.result.TaskSummary;

/** What tasks took of a gated network, a row per task; of a long sequence the first and the last ones. */
final class CapacityTable {
    private static final int MOST = 16;
    private static final int FIRST = 5;

    private CapacityTable() {}

    static String text(List<TaskSummary> tasks, Terminal terminal) {
        FigureTable table = new FigureTable("units per layer", "width", "new", "reused", "free", "reuse", "undecided");
        for (int t = 0; t < tasks.size(); t++) {
            if (tasks.size() > MOST && t == FIRST) {
                t = tasks.size() - MOST + FIRST + 1;
                table.add("...", "", "", "", "", "", "");
            }
            TaskSummary task = tasks.get(t);
            table.add(
                    task.task(),
                    each(task, LayerCapacity::units),
                    each(task, LayerCapacity::newUnits),
                    each(task, LayerCapacity::reusedUnits),
                    each(task, LayerCapacity::freeUnits),
                    String.format(Locale.ROOT, "%.2f", task.reuse()),
                    each(task, LayerCapacity::undecidedGates));
        }
        return table.text(terminal);
    }

    private static String each(TaskSummary task, ToIntFunction<LayerCapacity> figure) {
        return task.capacity().stream()
                .map(layer -> Integer.toString(figure.applyAsInt(layer)))
                .collect(Collectors.joining(" "));
    }
}
