package sluice.tasks.csv;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.tasks.Printable;

/** Holds the classes and numbers of test rows against those of training rows, task by task. */
final class CsvClasses {
    private final CsvData data;
    private final String column;
    private final CsvTargets targets;
    private final SetMultimap<String, String> trained = LinkedHashMultimap.create();
    private final Map<String, CsvRow> firstOf = new LinkedHashMap<>();

    CsvClasses(CsvData data, List<CsvRow> train) {
        this.data = data;
        this.column = data.columns().predicted().column();
        this.targets = new CsvTargets(column, data.columns().hasTarget() ? train : List.of());
        train.forEach(row -> {
            trained.put(row.task(), row.label());
            firstOf.putIfAbsent(row.task(), row);
        });
    }

    /**
     * @param test all test rows
     * @throws sluice.tasks.InputException of all that is wrong, if one is of a class or task without training rows, or a task has one class,
     *     one number, or no test rows where it should have some
     */
    void check(List<CsvRow> test) {
        TableProblems problems = new TableProblems(Missing.REFUSED);
        firstOf.values().forEach(row -> problems.collect("", () -> checkSeveral(row)));
        targets.check(test, problems);
        Set<String> tested = new HashSet<>();
        for (CsvRow row : test) {
            checkTrained(row, problems);
            tested.add(row.task());
        }
        firstOf.forEach((task, row) -> {
            if (!tested.contains(task) && hasTests(task)) {
                problems.collect("", () -> {
                    throw row.place()
                            .error("the task that begins here," + named(task) + ", has no test rows: add some");
                });
            }
        });
        problems.throwIfAny();
    }

    private boolean hasTests(String task) {
        return data.files() instanceof CsvFiles.PerTask named
                ? named.tasks().stream()
                        .anyMatch(table ->
                                table.name().equals(task) && table.table().isTested())
                : data.files().parts().stream().anyMatch(CsvParts::isTested);
    }

    private void checkSeveral(CsvRow first) {
        if (data.columns().hasTarget()) {
            targets.checkVaries(first.task());
        } else if (trained.get(first.task()).size() == 1) {
            throw first.place()
                    .error(
                            column,
                            "%s is the only one in training rows, from this one on: there must be two to tell apart"
                                    .formatted(TaskClass.of(first)));
        }
    }

    private void checkTrained(CsvRow row, TableProblems problems) {
        if (data.files().taskColumn().isPresent() && !trained.containsKey(row.task())) {
            String tasks = data.files().taskColumn().get();
            problems.add(
                    tasks,
                    row.task(),
                    row.place()
                            .error(
                                    tasks,
                                    "the task %s is in no training row: add some, or leave this row out"
                                            .formatted(Printable.quoted(row.task()))),
                    row.place());
        } else if (!trained.containsEntry(row.task(), row.label())) {
            TaskClass absent = TaskClass.of(row);
            problems.add(
                    column,
                    absent.toString(),
                    row.place()
                            .error(
                                    column,
                                    "%s is in no training row: add some, or leave this row out".formatted(absent)),
                    row.place());
        }
    }

    private static String named(String task) {
        return " " + Printable.quoted(task);
    }
}
