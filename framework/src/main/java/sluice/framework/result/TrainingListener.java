package sluice.framework.result;

import java.util.List;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Reference;
import sluice.evaluation.regression.RegressionMatrix;

/**
 * Told of the progress of a training, in order, on the training thread. Every method does nothing by default.
 *
 * <p>Progress is {@link #stepDone} against the steps of {@link #taskStarted}, task after task; a slow listener slows the training, and one
 * that shows something elsewhere hands it on. A training ends early by {@link #control}, which says what becomes of the task, or by a
 * {@link java.util.concurrent.CancellationException} that any method throws: a task that is not consolidated by then is rolled back, and the
 * exception, or one that has what was learned, is thrown on.
 */
public interface TrainingListener {
    /** Listens to nothing. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * A row of the accuracy matrix is known; row 0 is the untrained network.
     *
     * @param matrix everything known so far
     * @param afterTask the row, from 0
     */
    default void rowEvaluated(AccuracyMatrix matrix, int afterTask) {}

    /**
     * A row of errors is known, where the tasks predict numbers; told before {@link #rowEvaluated}, whose matrix has no cells then.
     *
     * @param errors everything known so far
     * @param afterTask the row, from 0
     */
    default void errorsEvaluated(RegressionMatrix errors, int afterTask) {}

    /**
     * A task begins.
     *
     * @param task its name
     * @param position its place in the sequence, from 1
     * @param steps training steps that it will take, at the most where examples are held out that may end it earlier
     */
    default void taskStarted(String task, int position, long steps) {}

    /**
     * Hidden layers were widened, before a task that would have found too few free units.
     *
     * @param before units per hidden layer until now, lowest first
     * @param now units per hidden layer
     */
    default void networkGrown(List<Integer> before, List<Integer> now) {}

    /**
     * A step is done. Called often: do little.
     *
     * @param epoch from 1
     * @param loss mean loss of the batch before the step; NaN where nothing descends a loss
     * @param accuracy share of the batch that was answered right before the step, in [0, 1]; NaN where it is not known
     */
    default void stepDone(int epoch, double loss, double accuracy) {}

    /** {@return who is asked between steps whether the training goes on; asked for when it begins} */
    default Optional<TrainingControl> control() {
        return Optional.empty();
    }

    /**
     * A pass over the training examples of a task has ended, and those that are held out were answered.
     *
     * @param pass from 1
     * @param score how they were answered
     */
    default void validated(int pass, ValidationScore score) {}

    /**
     * The training of the task that was started goes on from a checkpoint.
     *
     * @param place where that was taken, in words
     * @param steps of the task that were done then
     */
    default void resumed(String place, long steps) {}

    /**
     * The model stands between two steps of a task's training, and may be asked how well it does on this task and those before
     * it in the sequence: before the first step, after each but the last, and once more when the task is trained and what was to be kept
     * of it is kept. Never told where all tasks are learned at once, or nothing is learned step by step. Called often: ask
     * seldom.
     *
     * @param steps of the task that are done, from 0 to as many as it takes
     * @param model to be asked during the call alone
     */
    default void betweenSteps(long steps, InterimModel model) {}

    /**
     * A task is trained and consolidated, and every consolidated task was found unchanged.
     *
     * @param summary what it took
     */
    default void taskConsolidated(TaskSummary summary) {}

    /**
     * A model that the result is held against begins to be trained, after the training itself; one that is known already
     * does not. Its steps are told by {@link #referenceStepDone} alone.
     *
     * @param reference what is trained
     * @param steps training steps that it will take
     */
    default void referenceStarted(Reference reference, long steps) {}

    /** A step of a reference is done. Called often: do little. */
    default void referenceStepDone() {}

    /**
     * A step of exits before a task's subnetwork is done, which is part of no epoch of the task; may throw a CancellationException to end
     * the training.
     */
    default void exitStepDone() {}

    /**
     * A reference is trained, or has diverged.
     *
     * @param reference what was trained
     */
    default void referenceEnded(Reference reference) {}

    /**
     * What was answered to the test examples of a task in the last row of the accuracy matrix, before that row is told.
     *
     * @param answers one per test example
     */
    default void answered(TestAnswers answers) {}

    /** {@return whether it is to be told what is answered in rows of the accuracy matrix before the last} */
    default boolean asksAfterEachTask() {
        return false;
    }

    /**
     * What was answered to the test examples of a task that was learned, in a row of the accuracy matrix between the first and the
     * last, before that row is told; if it {@link #asksAfterEachTask}.
     *
     * @param after the task that was learned last
     * @param answers one per test example
     */
    default void answered(String after, TestAnswers answers) {}

    /**
     * A network that generates is being evaluated. Called often: do little.
     *
     * @param begun images of which the bound is known or being computed
     * @param all images
     */
    default void imagesEvaluated(int begun, int all) {}

    /** Called again and again while images that were asked for are judged. */
    default void judging() {}

    /**
     * Something will surprise.
     *
     * @param message one line on something that will surprise
     */
    default void warning(String message) {}
}
