package sluice.framework.experiment;

import java.util.function.BooleanSupplier;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.result.ForwardingListener;
import sluice.framework.result.TrainingListener;

/** Passes everything on, and ends a training at its next step once nobody wants its result any more. */
final class StoppableListener extends ForwardingListener {
    private final BooleanSupplier stopped;
    private final BooleanSupplier stoppedAtStep;
    private AccuracyMatrix rows;
    private RegressionMatrix errors;

    /**
     * @param listener who is told
     * @param stopped whether the training is to end
     */
    StoppableListener(TrainingListener listener, BooleanSupplier stopped) {
        this(listener, stopped, stopped);
    }

    /**
     * Lets a step pass where a checkpoint is to be taken before the end.
     *
     * @param listener who is told
     * @param stopped whether the training is to end
     * @param stoppedAtStep whether it is to end at a step of a task
     */
    StoppableListener(TrainingListener listener, BooleanSupplier stopped, BooleanSupplier stoppedAtStep) {
        super(listener);
        this.stopped = stopped;
        this.stoppedAtStep = stoppedAtStep;
    }

    @Override
    public void errorsEvaluated(RegressionMatrix known, int afterTask) {
        errors = known;
        super.errorsEvaluated(known, afterTask);
    }

    @Override
    public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
        rows = matrix;
        super.rowEvaluated(matrix, afterTask);
    }

    @Override
    public void stepDone(int epoch, double loss, double accuracy) {
        checkWanted(stoppedAtStep);
        super.stepDone(epoch, loss, accuracy);
    }

    @Override
    public void referenceStepDone() {
        checkWanted();
        super.referenceStepDone();
    }

    @Override
    public void exitStepDone() {
        checkWanted();
        super.exitStepDone();
    }

    @Override
    public void imagesEvaluated(int begun, int all) {
        checkWanted();
        super.imagesEvaluated(begun, all);
    }

    @Override
    public void judging() {
        checkWanted();
        super.judging();
    }

    private void checkWanted() {
        checkWanted(stopped);
    }

    private void checkWanted(BooleanSupplier ended) {
        if (ended.getAsBoolean()) {
            throw new RunStoppedException(rows, errors);
        }
    }
}
