package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.Evaluation;
import sluice.framework.internal.state.State;
import sluice.tasks.Task;

/** The accuracy matrix of what learns on: rows of earlier runs, and earlier tasks asked again in those of this one. */
final class ContinuedMatrix {
    private final ImmutableList<String> known;
    private final EarlierTasks earlier;
    private final ImmutableList<Task> asked;
    private final Evaluation evaluation;
    /** By row of this run, correct answers to the tasks asked. */
    private final Map<Integer, int[]> correct = new HashMap<>();

    /**
     * @param known tasks that were learned in earlier runs
     * @param earlier what is at hand of them
     * @param asked those of them that are asked again, in their order
     * @param evaluation which cells are measured
     */
    ContinuedMatrix(
            ImmutableList<String> known, EarlierTasks earlier, ImmutableList<Task> asked, Evaluation evaluation) {
        this.known = known;
        this.earlier = earlier;
        this.asked = asked;
        this.evaluation = evaluation;
    }

    /** What of it cannot be had, if anything; where tasks predict numbers, of the matrix of errors. */
    Optional<String> gap(String run, boolean ofNumbers) {
        return earlier.gap(run, known, asked.size(), ofNumbers);
    }

    /** Tasks that were learned in earlier runs. */
    ImmutableList<String> known() {
        return known;
    }

    /** Errors that earlier runs measured, where they are at hand. */
    Optional<RegressionMatrix> measured() {
        return earlier.errorsOf(known);
    }

    /** Tasks that are asked again. */
    ImmutableList<Task> asked() {
        return asked;
    }

    /** Whether any is asked again after so many of this run's tasks. */
    boolean asksAfter(int afterTask, int tasks) {
        return asked.stream().anyMatch(task -> measures(task, afterTask, tasks));
    }

    /** Takes correct answers to the tasks asked. */
    void counted(int afterTask, int[] answers) {
        correct.put(afterTask, answers);
    }

    /** Tells the answers of so many rows of this run. */
    void state(State state, int rows) {
        for (int row = 1; row <= rows; row++) {
            int[] counts = correct.getOrDefault(row, new int[asked.size()]);
            state.ints("asked-" + row, counts);
            correct.put(row, counts);
        }
    }

    /** Whether a task is asked again after so many of so many tasks of this run. */
    boolean measures(Task task, int afterTask, int tasks) {
        return evaluation.measures(known.size() + afterTask, known.indexOf(task.name()) + 1, known.size() + tasks);
    }

    /** The matrix of all tasks, of which the last were learned in this run. */
    AccuracyMatrix with(AccuracyMatrix learned) {
        int before = known.size();
        AccuracyMatrix all = AccuracyMatrix.empty(
                learned.strategy(),
                learned.seed(),
                ImmutableList.<String>builder()
                        .addAll(known)
                        .addAll(learned.tasks())
                        .build());
        all = earlier.rowsInto(all, known).withCells(learned, before);
        for (int row = 1; row <= learned.tasks().size(); row++) {
            if (learned.isMeasured(row)) {
                all = withAsked(all, row, learned.tasks().size());
            }
        }
        return all;
    }

    private AccuracyMatrix withAsked(AccuracyMatrix matrix, int row, int tasks) {
        // rows before a checkpoint that was gone on from: nothing of the tasks has changed since, bit for bit
        int[] counts = correct.getOrDefault(
                row,
                correct.isEmpty() ? new int[0] : correct.values().iterator().next());
        AccuracyMatrix with = matrix;
        for (int t = 0; t < counts.length; t++) {
            Task task = asked.get(t);
            if (measures(task, row, tasks)) {
                with = with.with(
                        known.size() + row,
                        known.indexOf(task.name()) + 1,
                        counts[t],
                        task.test().size());
            }
        }
        return with;
    }
}
