package sluice.framework.internal.loop;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.DivergedException;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Walks a model through a task sequence: the untrained row, then each task, its epochs and steps, and the row after it.
 * Stops at a loss that is not finite, tells evaluation time from training time, and tells a listener of everything in order.
 * What was learned can be asked for at any time, also after a listener has ended the training by an exception.
 */
public final class TrainingLoop {
    private final TaskSequence sequence;
    private final SequenceRun run;
    private final TrainingListener listener;
    private final TrainingTime time = new TrainingTime();
    private final List<TaskSummary> learned = new ArrayList<>();
    private AccuracyMatrix matrix;

    /**
     * @param empty the matrix, without any cell
     * @param sequence the tasks
     * @param run the model that is taught them
     * @param listener told of progress
     */
    public TrainingLoop(AccuracyMatrix empty, TaskSequence sequence, SequenceRun run, TrainingListener listener) {
        this.matrix = empty;
        this.sequence = sequence;
        this.run = run;
        this.listener = listener;
    }

    /**
     * Runs from the untrained row to the last.
     *
     * @return this loop
     * @throws DivergedException if a loss becomes NaN or infinite; that task is rolled back
     * @throws CancellationException if the listener throws one; a task that was not learned by then is rolled back
     */
    public TrainingLoop run() {
        evaluate(0);
        for (int stretch = 0; stretch < run.stretches(); stretch++) {
            int row = learn(stretch);
            listener.taskConsolidated(learned.get(stretch));
            evaluate(row);
        }
        return this;
    }

    /** {@return accuracies that are known so far} */
    public AccuracyMatrix matrix() {
        return matrix;
    }

    /** {@return what each task took that was learned so far} */
    public ImmutableList<TaskSummary> learned() {
        return ImmutableList.copyOf(learned);
    }

    /** {@return seconds of evaluation so far} */
    public double evaluationSeconds() {
        return time.evaluationSeconds();
    }

    /** Learns a task or several at once, and says which row of the matrix comes after it. */
    private int learn(int stretch) {
        try (TaskRun task = run.begin(stretch)) {
            Optional<InterimModel> interim;
            try {
                listener.taskStarted(task.task(), task.position(), task.announcedSteps());
                time.beginTask();
                task.start();
                interim = task.interim().map(time::evaluated);
                train(task, interim);
                task.end();
                learned.add(task.consolidate(time.endTask()));
            } catch (DivergedException | CancellationException unfinished) {
                task.rollBack();
                throw unfinished;
            }
            interim.ifPresent(model -> listener.betweenSteps(task.plan().steps(), model));
            return task.position();
        }
    }

    private void train(TaskRun task, Optional<InterimModel> interim) {
        TrainingPlan plan = task.plan();
        long steps = plan.steps();
        long done = 0;
        tellBetween(done, interim);
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            task.beginEpoch(epoch);
            int ofEpoch = plan.steps(epoch);
            for (int step = 0; step < ofEpoch; step++) {
                double loss = task.step(step);
                if (task.descends() && !Double.isFinite(loss)) {
                    throw new DivergedException(task.task(), epoch + 1, step + 1, loss);
                }
                listener.stepDone(epoch + 1, loss, task.accuracy());
                done++;
                if (done < steps) {
                    tellBetween(done, interim);
                }
            }
            task.endEpoch(epoch, time);
        }
    }

    private void tellBetween(long done, Optional<InterimModel> interim) {
        if (interim.isPresent()) {
            listener.betweenSteps(done, interim.get());
        }
    }

    /** Fills the row after so many tasks: every cell that is wanted, by answering all test examples. */
    private void evaluate(int row) {
        run.beforeRow(row);
        matrix = time.evaluated(() -> filled(row));
        listener.rowEvaluated(matrix, row);
    }

    private AccuracyMatrix filled(int row) {
        AccuracyMatrix filled = matrix;
        int tasks = sequence.tasks().size();
        for (int j = 0; j < tasks; j++) {
            if (run.measures(row, j)) {
                Task task = sequence.tasks().get(j);
                Tested tested = run.test(row, j);
                filled = filled.with(row, j + 1, tested.correct(), task.test().size());
                if (row == tasks) {
                    tested.answers().get().ifPresent(listener::answered);
                }
            }
        }
        return filled;
    }
}
