package sluice.framework.internal.loop;

import java.util.function.IntPredicate;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * What is answered to test examples after each task.
 *
 * @param sequence the tasks
 * @param run the model that is asked
 * @param listener told of answers
 */
record RowAnswers(TaskSequence sequence, SequenceRun run, TrainingListener listener) {
    /**
     * What is measured of each task after each: accuracies where classes are told apart, errors where numbers are predicted. The other
     * matrix has no cells.
     */
    record Rows(AccuracyMatrix accuracies, RegressionMatrix errors) {
        static Rows of(AccuracyMatrix accuracies) {
            return new Rows(
                    accuracies, RegressionMatrix.empty(accuracies.strategy(), accuracies.seed(), accuracies.tasks()));
        }
    }

    /** The matrices with a row: every cell that is wanted, by answering all test examples. */
    Rows filled(Rows rows, int row) {
        return filled(rows, row, task -> run.measures(row, task));
    }

    /** The matrices whose last row, if it was begun, has every task that is learned by then, whether it was to have it or not. */
    Rows completed(Rows rows, int row) {
        return rows.accuracies().isMeasured(row) || rows.errors().isMeasured(row)
                ? filled(rows, row, task -> task < row && !isMeasured(rows, row, task + 1))
                : rows;
    }

    private static boolean isMeasured(Rows rows, int row, int task) {
        return rows.accuracies().cell(row, task).isPresent()
                || rows.errors().cells().contains(row, task);
    }

    private Rows filled(Rows rows, int row, IntPredicate wanted) {
        AccuracyMatrix accuracies = rows.accuracies();
        RegressionMatrix.Builder errors =
                RegressionMatrix.builder(accuracies.strategy(), accuracies.seed(), accuracies.tasks());
        errors.setAll(rows.errors(), 0);
        for (int j = 0; j < sequence.tasks().size(); j++) {
            Task task = sequence.tasks().get(j);
            if (task.isTested() && wanted.test(j)) {
                Tested tested = run.test(row, j);
                if (tested instanceof Tested.Classes classes) {
                    accuracies = accuracies.with(
                            row, j + 1, classes.correct(), task.test().size());
                    tell(classes, row, j);
                } else if (tested instanceof Tested.Numbers numbers) {
                    errors.set(row, j + 1, numbers.errors());
                }
            }
        }
        return new Rows(accuracies, errors.build());
    }

    /** Tells the listener of a row that is filled. */
    void tell(Rows rows, int row) {
        if (sequence.isRegression()) {
            listener.errorsEvaluated(rows.errors(), row);
        }
        listener.rowEvaluated(rows.accuracies(), row);
    }

    private void tell(Tested.Classes tested, int row, int task) {
        if (row == sequence.tasks().size()) {
            tested.answers().get().ifPresent(listener::answered);
        } else if (task < row && listener.asksAfterEachTask()) {
            String after = sequence.tasks().get(row - 1).name();
            tested.answers().get().ifPresent(answers -> listener.answered(after, answers));
        }
    }
}
