package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Exits before the subnetworks of tasks, after cascades of classifiers (Viola & Jones 2001): when a task's subnetwork is fixed, a small
 * network of the task's own is trained as an {@link ExitTrainer} trains one, on the task's examples, and rules are chosen on
 * examples that it was not trained on. The subnetwork was, so that it seems a little better there than it is, and rules lean to it.
 *
 * @param layers hidden layers of the small network, lowest first; above the last there is always an exit
 * @param inputNoise standard deviation of the Gaussian noise that training adds to normalised features, at least 0
 * @param heldOut share of each class's training examples, by lot, that rules are chosen on, in (0, 1)
 * @param budget mean multiply-adds that an example may take where a task is tested, the subnetwork's among them; {@link
 *     ExitTrainer#NO_BUDGET} for as many as held-out examples gain from
 */
public record EarlyExits(ImmutableList<ExitLayer> layers, double inputNoise, double heldOut, long budget) {
    /** Checks the ranges, and that the layers fit on each other. */
    public EarlyExits {
        new ExitTrainer(layers, inputNoise, heldOut, ExitTrainer.NO_BUDGET, TrainingSettings.DEFAULT);
        checkArgument(budget >= 1, "budget must be at least 1, got %s", budget);
    }

    /**
     * Checks that they can be trained so.
     *
     * @param training of each part
     * @throws IllegalArgumentException if not: batches of one, or clipped gradients
     */
    public void check(TrainingSettings training) {
        trainer(training);
    }

    /**
     * Exits of a task, and what it took to train them.
     *
     * @param exits the exits
     * @param account multiply-adds, all layers together
     */
    public record Trained(TaskExits exits, LayerAccount account) {}

    /**
     * Trains the exits of a task.
     *
     * @param sequence the tasks
     * @param index which, from 0
     * @param training how long each part is trained, by which optimiser
     * @param seed of initialisation, shuffling and noise
     * @param subnetwork of the task, consolidated
     * @param listener told after every step; may end the training
     * @return the exits
     * @throws DivergedException if the loss becomes NaN or infinite
     * @throws IllegalArgumentException if the budget is below the first exit's cost, or the training does not suit them
     */
    public Trained train(
            TaskSequence sequence,
            int index,
            TrainingSettings training,
            long seed,
            TaskExits.Subnetwork subnetwork,
            TrainingListener listener) {
        Task task = sequence.tasks().get(index);
        TaskSequence alone =
                TaskSequence.of(sequence.name(), sequence.normalisation(), task).withShape(sequence.shape());
        ExitTrainer trainer = trainer(training);
        long least = trainer.shape(alone).multiplyAdds(0);
        checkArgument(
                budget >= least,
                "a budget of %s multiply-adds is below the %s that every example takes to the first exit",
                budget,
                least);
        ExitRun run = new ExitRun(trainer, trainer.shape(alone), alone, seed);
        TaskSummary summary = train(run, listener);
        ExitModel model = run.now();
        Examples heldOut =
                task.train().select(trainer.heldOut(task, seed).stream().toArray(), label -> label);
        ImmutableSortedMap<Long, ExitRule> rules = ExitRules.of(ExitTable.of(model, heldOut, subnetwork));
        MultiplyAdds done =
                summary.account().stream().map(LayerAccount::done).reduce(MultiplyAdds.NONE, MultiplyAdds::plus);
        return new Trained(new TaskExits(model, rules, budget), new LayerAccount("exits", done, MultiplyAdds.NONE));
    }

    /** All parts, without any evaluation. */
    private static TaskSummary train(ExitRun run, TrainingListener listener) {
        try (TaskRun parts = run.begin(0)) {
            TrainingPlan plan = parts.plan();
            for (int epoch = 0; epoch < plan.epochs(); epoch++) {
                parts.beginEpoch(epoch);
                for (int step = 0; step < plan.steps(epoch); step++) {
                    double loss = parts.step(step);
                    if (!Double.isFinite(loss)) {
                        throw new DivergedException(parts.task(), epoch + 1, step + 1, loss);
                    }
                    listener.exitStepDone();
                }
            }
            parts.end();
            return parts.consolidate(0);
        }
    }

    /**
     * {@return what training the exits of a task takes}
     *
     * @param sequence the tasks
     * @param index which, from 0
     * @param training how long each part is trained
     */
    public ExitTrainer.Work work(TaskSequence sequence, int index, TrainingSettings training) {
        TaskSequence alone = TaskSequence.of(
                        sequence.name(),
                        sequence.normalisation(),
                        sequence.tasks().get(index))
                .withShape(sequence.shape());
        return trainer(training).work(alone, 0);
    }

    private ExitTrainer trainer(TrainingSettings training) {
        return new ExitTrainer(layers, inputNoise, heldOut, ExitTrainer.NO_BUDGET, training);
    }

    /**
     * {@return multiply-adds of an example that none of a task's heads is sure of, before its subnetwork}
     *
     * @param sequence the tasks
     * @param task one of them
     */
    public long multiplyAdds(TaskSequence sequence, Task task) {
        ExitShape shape = new ExitShape(sequence.shape(), task.classes().size(), layers);
        return shape.multiplyAdds(shape.exits() - 1);
    }

    /**
     * {@return why they cannot serve the tasks, and what would mend it, if so}
     *
     * @param sequence the tasks
     */
    public Optional<String> misfit(TaskSequence sequence) {
        for (Task task : sequence.tasks()) {
            try {
                ExitShape shape = new ExitShape(sequence.shape(), task.classes().size(), layers);
                Optional<String> large = shape.tooLarge();
                if (large.isPresent()) {
                    return large;
                }
                long least = shape.multiplyAdds(0);
                if (budget < least) {
                    return Optional.of(
                            "a budget of %,d multiply-adds is below the %,d that every example of task %s takes to the first exit: allow more, or make the lowest layers smaller"
                                    .formatted(budget, least, task.name()));
                }
            } catch (IllegalArgumentException unfit) {
                return Optional.of("task %s: %s".formatted(task.name(), unfit.getMessage()));
            }
        }
        return Optional.empty();
    }
}
