package sluice.tasks.csv;

import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.List;
import sluice.tasks.InputException;
import sluice.tasks.TargetScale;

/** Holds numbers that are to be predicted against those of training rows, task by task. */
final class CsvTargets {
    private final String column;
    private final ListMultimap<String, CsvRow> trained = LinkedListMultimap.create();

    /**
     * @param column that has the numbers
     * @param train all training rows
     */
    CsvTargets(String column, List<CsvRow> train) {
        this.column = column;
        train.forEach(row -> trained.put(row.task(), row));
    }

    static double[] of(List<CsvRow> rows) {
        return rows.stream().mapToDouble(CsvRow::target).toArray();
    }

    /**
     * @param task a task that has training rows
     * @throws InputException if all have one number
     */
    void checkVaries(String task) {
        List<CsvRow> rows = trained.get(task);
        CsvRow first = rows.get(0);
        if (rows.stream().allMatch(row -> row.target() == first.target())) {
            throw first.place()
                    .error(
                            column,
                            "every training row%s has the target %s, from this one on, so that there is nothing to learn: add other rows%s, or name another target"
                                    .formatted(
                                            TaskClass.of(task),
                                            TaskRanges.text(first.target()),
                                            TaskClass.of(task).isEmpty() ? "" : ", leave the task out"));
        }
    }

    /** Adds what is wrong with test rows whose numbers are out of all proportion to those of their tasks' training rows. */
    void check(List<CsvRow> test, TableProblems problems) {
        for (String task : trained.keySet()) {
            TargetScale scale = TargetScale.of(of(trained.get(task)));
            test.stream()
                    .filter(row -> row.task().equals(task) && !Float.isFinite(scale.scaled(row.target())))
                    .forEach(row -> problems.add(
                            column,
                            "too far " + task,
                            row.place()
                                    .error(
                                            column,
                                            "the target %s is too far from those of the training rows%s: mend it, or leave the row out"
                                                    .formatted(TaskRanges.text(row.target()), TaskClass.of(task))),
                            row.place()));
        }
    }
}
