package sluice.framework.result;

import java.util.List;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Reference;
import sluice.evaluation.regression.RegressionMatrix;

/** Passes everything on to another listener. */
public abstract class ForwardingListener implements TrainingListener {
    private final TrainingListener listener;

    /**
     * Passes on to another.
     *
     * @param listener who is told
     */
    protected ForwardingListener(TrainingListener listener) {
        this.listener = listener;
    }

    @Override
    public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
        listener.rowEvaluated(matrix, afterTask);
    }

    @Override
    public void errorsEvaluated(RegressionMatrix errors, int afterTask) {
        listener.errorsEvaluated(errors, afterTask);
    }

    @Override
    public void taskStarted(String task, int position, long steps) {
        listener.taskStarted(task, position, steps);
    }

    @Override
    public void networkGrown(List<Integer> before, List<Integer> now) {
        listener.networkGrown(before, now);
    }

    @Override
    public void resumed(String place, long steps) {
        listener.resumed(place, steps);
    }

    @Override
    public Optional<TrainingControl> control() {
        return listener.control();
    }

    @Override
    public void validated(int pass, ValidationScore score) {
        listener.validated(pass, score);
    }

    @Override
    public void exitStepDone() {
        listener.exitStepDone();
    }

    @Override
    public void stepDone(int epoch, double loss, double accuracy) {
        listener.stepDone(epoch, loss, accuracy);
    }

    @Override
    public void betweenSteps(long steps, InterimModel model) {
        listener.betweenSteps(steps, model);
    }

    @Override
    public void taskConsolidated(TaskSummary summary) {
        listener.taskConsolidated(summary);
    }

    @Override
    public void answered(TestAnswers answers) {
        listener.answered(answers);
    }

    @Override
    public boolean asksAfterEachTask() {
        return listener.asksAfterEachTask();
    }

    @Override
    public void answered(String after, TestAnswers answers) {
        listener.answered(after, answers);
    }

    @Override
    public void referenceStarted(Reference reference, long steps) {
        listener.referenceStarted(reference, steps);
    }

    @Override
    public void referenceStepDone() {
        listener.referenceStepDone();
    }

    @Override
    public void referenceEnded(Reference reference) {
        listener.referenceEnded(reference);
    }

    @Override
    public void imagesEvaluated(int begun, int all) {
        listener.imagesEvaluated(begun, all);
    }

    @Override
    public void judging() {
        listener.judging();
    }

    @Override
    public void warning(String message) {
        listener.warning(message);
    }
}
