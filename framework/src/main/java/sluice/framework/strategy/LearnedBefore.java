package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.Evaluation;
import sluice.framework.internal.state.State;
import sluice.framework.internal.state.StateMisfitException;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** The tasks that a {@link PlainRun} need not learn, as its network did in earlier runs. */
final class LearnedBefore {
    private final PriorLearner prior;
    private final TaughtLearner taught;
    private final ImmutableList<String> names;
    private final ContinuedMatrix matrix;

    LearnedBefore(PriorLearner prior) {
        this.prior = prior;
        this.taught = prior.load();
        this.names = taught.taskNames();
        this.matrix =
                new ContinuedMatrix(names, prior.earlier(), prior.earlier().asked(names, taught::fits), Evaluation.ALL);
    }

    /** How many they are. */
    int tasks() {
        return names.size();
    }

    /** They and then others. */
    TaskSequence with(TaskSequence next) {
        return taught.before(next, matrix.asked());
    }

    /** Where all tasks of {@link #with} come from. */
    ImmutableMap<String, String> provenance(TaskSequence all) {
        return taught.provenance(all);
    }

    /** Tells what cannot be had, and what is another now. */
    void tell(TrainingListener listener, NamedSettings strategy) {
        matrix.gap(prior.run().toString(), false).ifPresent(listener::warning);
        prior.changed(taught, strategy).ifPresent(listener::warning);
    }

    /** Gives what was remembered after the last of them. */
    void restore(Consumer<State> told) {
        try {
            taught.snapshot().restoreWider(told, taught.outputs());
        } catch (StateMisfitException misfit) {
            throw prior.misfit(
                    "cannot be gone on with, as its learner is another than the script's (%s): write its strategy"
                            .formatted(misfit.getMessage()));
        }
    }

    /**
     * Asks those again that are at hand.
     *
     * @param afterTask so many tasks of this run are learned
     * @param correct how many test examples of a task, by its place from 0, are answered right
     */
    void ask(int afterTask, ToIntFunction<Integer> correct) {
        matrix.counted(
                afterTask,
                matrix.asked().stream()
                        .map(Task::name)
                        .map(names::indexOf)
                        .mapToInt(correct)
                        .toArray());
    }

    /** Tells what they said after so many tasks of this run. */
    void state(State state, int afterTask) {
        matrix.state(state, afterTask);
    }

    /** The matrix of all tasks. */
    AccuracyMatrix with(AccuracyMatrix learned) {
        return matrix.with(learned);
    }
}
