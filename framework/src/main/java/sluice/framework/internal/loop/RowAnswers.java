package sluice.framework.internal.loop;

import sluice.evaluation.AccuracyMatrix;
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
    /** The matrix with a row: every cell that is wanted, by answering all test examples. */
    AccuracyMatrix filled(AccuracyMatrix matrix, int row) {
        AccuracyMatrix filled = matrix;
        int tasks = sequence.tasks().size();
        for (int j = 0; j < tasks; j++) {
            Task task = sequence.tasks().get(j);
            if (task.isTested() && run.measures(row, j)) {
                Tested tested = run.test(row, j);
                filled = filled.with(row, j + 1, tested.correct(), task.test().size());
                if (row == tasks) {
                    tested.answers().get().ifPresent(listener::answered);
                } else if (j < row && listener.asksAfterEachTask()) {
                    String after = sequence.tasks().get(row - 1).name();
                    tested.answers().get().ifPresent(answers -> listener.answered(after, answers));
                }
            }
        }
        return filled;
    }
}
