package sluice.framework.inference;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.TrainingStoppedException;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Teaches a gated network the tasks of a sequence, as a {@link ContinualTrainer} does, where nobody tells the task at test: from sums over the
 * tasks' training examples it learns to find the task of an example, and the subnetwork of that task answers.
 *
 * @param trainer teaches the network
 * @param inference how tasks are found, and which examples are of none
 */
public record UntoldTrainer(ContinualTrainer trainer, InferenceSettings inference) {
    /** Checks that tasks are found, and answered by whole subnetworks. */
    public UntoldTrainer {
        checkArgument(inference.task().isPresent(), "inference must say how tasks are found");
        checkArgument(trainer.exits().isEmpty(), "subnetworks of tasks that are found have no exits before them");
    }

    /**
     * Trains, or goes on with a training of the same settings and sequence from a checkpoint.
     *
     * @param network taught in place; knows no task
     * @param sequence the tasks, of scenario domain or class
     * @param listener told of progress
     * @param checkpoints what to go on from, and who takes others
     * @return the network, what finds tasks, and the accuracy matrix
     * @throws IllegalArgumentException if the network knows a task, or network and sequence do not fit each other
     * @throws sluice.tasks.InputException if a task has too few examples
     * @throws TrainingStoppedException with an {@link UntoldResult} as its result, as {@link ContinualTrainer#train(GatedNetwork, TaskSequence, TrainingListener, Checkpoints)} does
     */
    public UntoldResult train(
            GatedNetwork network, TaskSequence sequence, TrainingListener listener, Checkpoints checkpoints) {
        checkArgument(sequence.scenario() != Scenario.TASK, "scenario task tells the task: use a ContinualTrainer");
        checkArgument(network.tasks().isEmpty(), "a network that knows tasks already was not told what they look like");
        checkArgument(
                !inference.task().equals(Optional.of(TaskChoice.GRADIENT))
                        || (SuperposedSubnetworks.fits(network.parts().layers())
                                && trainer.growth() != Growth.SEPARATE
                                && trainer.gates().gater().isEmpty()),
                "gradient lays subnetworks over each other, of shared, fully connected layers without normalisation or gaters");
        TaskFinder.check(sequence);
        try (Answering answering = new Answering()) {
            try {
                ContinualResult told = trainer.train(network, sequence, listener, checkpoints, run -> {
                    answering.run = Optional.of(new UntoldRun(run, network, sequence, inference));
                    return answering.run.get();
                });
                return result(told, network, sequence, answering.run.orElseThrow());
            } catch (TrainingStoppedException stopped) {
                throw stopped.within(ended(stopped.learned(), network, sequence, answering.run.orElseThrow()));
            }
        }
    }

    /** Closes what answers, however the training ends. */
    private static final class Answering implements AutoCloseable {
        private Optional<UntoldRun> run = Optional.empty();

        @Override
        public void close() {
            run.ifPresent(UntoldRun::close);
        }
    }

    /** Without figures, as the last row may not have been asked to its end. */
    private UntoldResult ended(ContinualResult told, GatedNetwork network, TaskSequence sequence, UntoldRun run) {
        TaskFinder finder = run.finder();
        return new UntoldResult(
                told,
                model(told, network, sequence, finder),
                ImmutableMap.of(),
                ToldStrangers.NONE,
                finder.explanation(),
                finder.bytes());
    }

    private Optional<InferredModel> model(
            ContinualResult told, GatedNetwork network, TaskSequence sequence, TaskFinder finder) {
        int learned = told.tasks().size();
        boolean finds = learned > 0 && inference.task().orElseThrow() != TaskChoice.GIVEN;
        return finds ? Optional.of(InferredModel.of(network, sequence, inference, finder, learned)) : Optional.empty();
    }

    private UntoldResult result(ContinualResult told, GatedNetwork network, TaskSequence sequence, UntoldRun run) {
        TaskFinder finder = run.finder();
        Optional<InferredModel> model = model(told, network, sequence, finder);
        ToldStrangers strangers = model.map(asked -> ToldStrangers.of(
                        asked, sequence, inference.strangers(), run.figures().typicality()))
                .orElse(ToldStrangers.NONE);
        return new UntoldResult(told, model, run.figures().metrics(), strangers, finder.explanation(), finder.bytes());
    }
}
