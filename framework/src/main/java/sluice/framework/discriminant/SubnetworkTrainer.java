package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.framework.ContinualTrainer;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.layer.LayerShape;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Trains a subnetwork per task, to be asked beside a discriminant where the task is not told.
 *
 * @param trainer how each task is learned
 * @param layers hidden layers, lowest first
 */
public record SubnetworkTrainer(ContinualTrainer trainer, ImmutableList<LayerShape> layers) {
    /** Checks that there is a layer. */
    public SubnetworkTrainer {
        checkArgument(!layers.isEmpty(), "there must be at least one hidden layer");
    }

    /**
     * Refuses tasks that share a class where each class must have one task.
     *
     * @param sequence tasks in the scenario class or domain
     * @throws InputException if a class is in two tasks of the scenario class: of which of them an example is then has no
     *     answer
     */
    public static void check(TaskSequence sequence) {
        Map<Integer, String> taskOf = new HashMap<>();
        for (Task task : sequence.tasks()) {
            for (int label : task.classes()) {
                String other = taskOf.putIfAbsent(label, task.name());
                if (other != null && sequence.scenario() == Scenario.CLASS) {
                    throw new InputException(
                            "class %d is in task %s and in task %s, so that their subnetworks cannot share the answer: write inference: {subnetworks: 0}"
                                    .formatted(label, other, task.name()));
                }
            }
        }
    }

    /** A network that has learned nothing. */
    GatedNetwork create(TaskSequence sequence, long seed) {
        return GatedNetwork.create(new NetworkShape(sequence.shape(), layers), sequence.normalisation(), seed);
    }

    /** Teaches the network one more task of the sequence, as if it were told at test. */
    TaskSummary learn(
            GatedNetwork network,
            TaskSequence sequence,
            Task task,
            TrainingListener listener,
            Checkpoints checkpoints) {
        TaskSequence alone = new TaskSequence(
                sequence.name(),
                ImmutableList.of(task),
                Scenario.TASK,
                sequence.normalisation(),
                sequence.checksums(),
                sequence.shape());
        return trainer.train(network, alone, new OfSteps(listener), checkpoints)
                .tasks()
                .get(0);
    }

    /** Tells of steps and of what will surprise; tasks and rows are told by whoever has the whole sequence. */
    private record OfSteps(TrainingListener listener) implements TrainingListener {
        @Override
        public void stepDone(int epoch, double loss, double accuracy) {
            listener.stepDone(epoch, loss, accuracy);
        }

        @Override
        public void networkGrown(List<Integer> before, List<Integer> now) {
            listener.networkGrown(before, now);
        }

        @Override
        public void warning(String message) {
            listener.warning(message);
        }
    }

    /** Steps that learning a task takes. */
    long steps(Task task) {
        return trainer.training().steps(task.train().size());
    }
}
