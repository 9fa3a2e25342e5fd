package sluice.framework.experiment;

import java.util.List;
import java.util.function.BooleanSupplier;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Reference;
import sluice.framework.TaskSummary;
import sluice.framework.TrainingListener;

/** Passes everything on, and ends a training at its next step once nobody wants its result any more. */
final class StoppableListener implements TrainingListener {
    private final TrainingListener listener;
    private final BooleanSupplier stopped;
    private AccuracyMatrix rows;

    /**
     * @param listener who is told
     * @param stopped whether the training is to end
     */
    StoppableListener(TrainingListener listener, BooleanSupplier stopped) {
        this.listener = listener;
        this.stopped = stopped;
    }

    @Override
    public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
        rows = matrix;
        listener.rowEvaluated(matrix, afterTask);
    }

    @Override
    public void networkGrown(List<Integer> before, List<Integer> now) {
        listener.networkGrown(before, now);
    }

    @Override
    public void taskStarted(String task, int position, long steps) {
        listener.taskStarted(task, position, steps);
    }

    @Override
    public void stepDone(int epoch, double loss) {
        checkWanted();
        listener.stepDone(epoch, loss);
    }

    private void checkWanted() {
        if (stopped.getAsBoolean()) {
            throw new RunStoppedException(rows);
        }
    }

    @Override
    public void taskConsolidated(TaskSummary summary) {
        listener.taskConsolidated(summary);
    }

    @Override
    public void referenceStarted(Reference reference, long steps) {
        listener.referenceStarted(reference, steps);
    }

    @Override
    public void referenceStepDone() {
        checkWanted();
        listener.referenceStepDone();
    }

    @Override
    public void referenceEnded(Reference reference) {
        listener.referenceEnded(reference);
    }

    @Override
    public void warning(String message) {
        listener.warning(message);
    }
}
