package sluice.framework.internal.loop;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.random.Shuffling;
import sluice.framework.optimizer.Validation;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Tasks without the training examples that are held out of them, and those.
 *
 * @param training the tasks, with fewer training examples
 * @param examples held out of each task
 */
public record HeldOut(TaskSequence training, ImmutableList<Examples> examples) {
    /** Name of the random streams that choose, one per place among all tasks that are learned. */
    public static final String STREAM = "validation";

    /**
     * Holds a share of every class of every task out, to the nearest number, but never all.
     *
     * @param first task of which some are held out, from 0; of those before it, none are
     * @param random what chooses of a task, by its place in the sequence, from 0
     * @throws IllegalArgumentException if a task has too few examples for one to be held out
     */
    public static HeldOut of(TaskSequence sequence, double share, int first, IntFunction<RandomGenerator> random) {
        ImmutableList.Builder<Task> fewer = ImmutableList.builder();
        ImmutableList.Builder<Examples> held = ImmutableList.builder();
        for (int t = 0; t < sequence.tasks().size(); t++) {
            Task task = sequence.tasks().get(t);
            if (t < first) {
                fewer.add(task);
                held.add(task.train().select(new int[0], label -> label));
                continue;
            }
            boolean[] out = chosen(task, share, random.apply(t));
            int[] all = IntStream.range(0, out.length).toArray();
            int[] heldOut = Arrays.stream(all).filter(i -> out[i]).toArray();
            checkArgument(
                    heldOut.length > 0,
                    "none of the %s training examples of task %s is held out by a share of %s: raise it (up to %s), or hold nothing out",
                    out.length,
                    task.name(),
                    share,
                    Validation.MOST);
            fewer.add(new Task(
                    task.name(),
                    task.classes(),
                    task.train().select(Arrays.stream(all).filter(i -> !out[i]).toArray(), label -> label),
                    task.test()));
            held.add(task.train().select(heldOut, label -> label));
        }
        return new HeldOut(sequence.withTasks(fewer.build()), held.build());
    }

    private static boolean[] chosen(Task task, double share, RandomGenerator random) {
        boolean[] chosen = new boolean[task.train().size()];
        for (int c = 0; c < task.classes().size(); c++) {
            int label = c;
            int[] ofClass = IntStream.range(0, chosen.length)
                    .filter(i -> task.train().label(i) == label)
                    .toArray();
            Shuffling.shuffle(ofClass, random);
            long count = Math.min(ofClass.length - 1L, Math.round(share * ofClass.length));
            for (int i = 0; i < count; i++) {
                chosen[ofClass[i]] = true;
            }
        }
        return chosen;
    }
}
