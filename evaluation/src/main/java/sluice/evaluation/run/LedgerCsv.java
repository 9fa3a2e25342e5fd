package sluice.evaluation.run;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.CsvFile;

/**
 * What each task of a run took of each hidden layer, as CSV with a line per task and layer; budgets are empty where there was
 * none. For people and spreadsheets: {@link RunRecord} holds the same.
 */
public final class LedgerCsv {
    private static final ImmutableMap<String, Function<Line, Object>> COLUMNS =
            ImmutableMap.<String, Function<Line, Object>>builder()
                    .put("task", line -> Cells.name(line.task().task()))
                    .put("layer", line -> line.layer().layer())
                    .put("units", line -> line.layer().units())
                    .put("grown", Line::grown)
                    .put("open", line -> line.layer().openUnits())
                    .put("new", line -> line.layer().newUnits())
                    .put("reused", line -> line.layer().reusedUnits())
                    .put("free", line -> line.layer().freeUnits())
                    .put("reuse", line -> line.layer().reuse())
                    .put("undecided", line -> line.layer().undecidedGates())
                    .put("seconds", line -> line.task().seconds())
                    .put("budget_units", line -> line.budget(TaskRecord.Budget::limit))
                    .put("budget_expected_share", line -> line.budget(TaskRecord.Budget::expectedShare))
                    .put("budget_wanted_units", line -> line.budget(TaskRecord.Budget::wantedUnits))
                    .put("budget_multiplier", line -> line.budget(TaskRecord.Budget::multiplier))
                    .buildOrThrow();
    private static final CsvFile FILE = new CsvFile(COLUMNS.keySet().asList());

    private LedgerCsv() {}

    private record Line(TaskRecord task, int place) {
        TaskRecord.Layer layer() {
            return task.capacity().get(place);
        }

        int grown() {
            return task.grown().isEmpty() ? 0 : task.grown().get(place);
        }

        Object budget(Function<TaskRecord.Budget, Object> figure) {
            return layer().budget().map(figure).orElse("");
        }
    }

    /**
     * Writes the header and a line per task and layer. Neither flushes nor closes.
     *
     * @param tasks in the order in which they were learned
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public static void write(List<TaskRecord> tasks, Appendable out) throws IOException {
        CSVPrinter printer = FILE.printer(out);
        for (TaskRecord task : tasks) {
            for (int place = 0; place < task.capacity().size(); place++) {
                Line line = new Line(task, place);
                printer.printRecord(
                        COLUMNS.values().stream().map(cell -> cell.apply(line)).toList());
            }
        }
    }
}
