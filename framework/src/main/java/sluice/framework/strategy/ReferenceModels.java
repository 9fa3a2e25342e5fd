package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.Set;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Reference;
import sluice.evaluation.ReferenceAccuracies;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * What a network comes to that learns the tasks of a sequence without their order, so that a strategy's result can be
 * held against it: {@code ForgettingReport.of(result.matrix()).against(ReferenceModels.of(sequence, setup, kinds))}.
 */
public final class ReferenceModels {
    private ReferenceModels() {}

    /**
     * Trains plain networks of the setup's shape, each with the setup's seed, and tests them on every task. {@link
     * Reference#JOINT} is one network that takes as many steps as all tasks together, on the examples of all; {@link
     * Reference#INDEPENDENT} is a fresh network per task, whose outputs are this task's classes.
     *
     * @param sequence the tasks, of any scenario
     * @param setup as the strategy has it that is held against the references
     * @param kinds which references; not {@link Reference#UNTRAINED}, as row 0 of every accuracy matrix is that
     * @return an accuracy per kind and task
     * @throws sluice.framework.result.DivergedException if a loss becomes NaN or infinite
     * @throws IllegalArgumentException if the untrained reference is asked for
     */
    public static ReferenceAccuracies of(TaskSequence sequence, Setup setup, Set<Reference> kinds) {
        return of(sequence, setup, kinds, TrainingListener.SILENT);
    }

    /**
     * The same, told of.
     *
     * @param sequence the tasks, of any scenario
     * @param setup as the strategy has it that is held against the references
     * @param kinds which references; not {@link Reference#UNTRAINED}, as row 0 of every accuracy matrix is that
     * @param listener told of each reference and its steps, not of tasks and rows
     * @return an accuracy per kind and task
     * @throws sluice.framework.result.DivergedException if a loss becomes NaN or infinite
     * @throws IllegalArgumentException if the untrained reference is asked for
     */
    public static ReferenceAccuracies of(
            TaskSequence sequence, Setup setup, Set<Reference> kinds, TrainingListener listener) {
        ReferenceAccuracies references = ReferenceAccuracies.empty(setup.seed());
        for (Reference kind : kinds) {
            checkArgument(
                    kind != Reference.UNTRAINED,
                    "reference %s needs no training: it is row 0 of the accuracy matrix",
                    kind.word());
            listener.referenceStarted(kind, steps(kind, sequence, setup));
            try {
                references = kind == Reference.JOINT
                        ? joint(sequence, setup, references, listener)
                        : independent(sequence, setup, references, listener);
            } finally {
                listener.referenceEnded(kind);
            }
        }
        return references;
    }

    private static long steps(Reference kind, TaskSequence sequence, Setup setup) {
        Curriculum curriculum = kind == Reference.JOINT ? Curriculum.JOINT : Curriculum.TASK_BY_TASK;
        return Phase.of(curriculum, sequence, setup.training()).stream()
                .mapToLong(Phase::steps)
                .sum();
    }

    private static ReferenceAccuracies joint(
            TaskSequence sequence, Setup setup, ReferenceAccuracies others, TrainingListener listener) {
        AccuracyMatrix matrix = learn(Curriculum.JOINT, sequence, setup, listener);
        ReferenceAccuracies references = others;
        for (int task = 1; task <= sequence.tasks().size(); task++) {
            references = with(references, Reference.JOINT, matrix, task);
        }
        return references;
    }

    private static ReferenceAccuracies independent(
            TaskSequence sequence, Setup setup, ReferenceAccuracies others, TrainingListener listener) {
        ReferenceAccuracies references = others;
        for (Task task : Iterables.filter(sequence.tasks(), Task::isTested)) {
            TaskSequence alone = new TaskSequence(
                    task.name(),
                    ImmutableList.of(task),
                    sequence.scenario(),
                    sequence.normalisation(),
                    sequence.checksums(),
                    sequence.shape());
            AccuracyMatrix matrix = learn(Curriculum.TASK_BY_TASK, alone, setup, listener);
            references = with(references, Reference.INDEPENDENT, matrix, 1);
        }
        return references;
    }

    private static AccuracyMatrix learn(
            Curriculum curriculum, TaskSequence sequence, Setup setup, TrainingListener listener) {
        TrainingListener steps = new TrainingListener() {
            @Override
            public void stepDone(int epoch, double loss, double accuracy) {
                listener.referenceStepDone();
            }
        };
        return new FineTuning(curriculum).learn(sequence, setup, steps).matrix();
    }

    /** Adds what the last row says of a task, if it is tested. */
    private static ReferenceAccuracies with(
            ReferenceAccuracies references, Reference kind, AccuracyMatrix matrix, int task) {
        return matrix.cell(matrix.tasks().size(), task)
                .map(cell -> references.with(kind, matrix.tasks().get(task - 1), cell.correct(), cell.total()))
                .orElse(references);
    }
}
