package sluice.framework.script;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.Map;
import java.util.OptionalInt;
import sluice.framework.internal.loop.HeldOut;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Validation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Tasks by which settings are chosen: a part of each task's training examples is held out and takes the place of its test examples, which
 * are not looked at.
 *
 * @param heldOut share of each class's training examples, in (0, 0.5]
 * @param tasks the first so many tasks alone; all where it is empty
 */
public record Selection(double heldOut, OptionalInt tasks) {
    /** A fifth of all tasks' examples. */
    public static final Selection DEFAULT = new Selection(0.2, OptionalInt.empty());

    /** The same examples are held out for all seeds and settings that are held against each other. */
    private static final RandomStreams STREAMS = new RandomStreams(0);

    /** Checks the ranges. */
    public Selection {
        checkArgument(
                heldOut > 0 && heldOut <= Validation.MOST,
                "heldOut must be in (0, %s], got %s",
                Validation.MOST,
                heldOut);
        checkArgument(tasks.orElse(1) >= 1, "tasks must be at least 1, got %s", tasks.orElse(1));
    }

    /**
     * {@return these tasks, to be trained on fewer examples and tested on the others}
     *
     * @param sequence all tasks
     * @throws IllegalArgumentException if a task has too few examples for one to be held out
     */
    public TaskSequence of(TaskSequence sequence) {
        int count = Math.min(tasks.orElse(Integer.MAX_VALUE), sequence.tasks().size());
        TaskSequence first = sequence.withTasks(sequence.tasks().subList(0, count));
        HeldOut held = HeldOut.of(first, heldOut, 0, task -> STREAMS.stream("selection", task));
        ImmutableList<Task> judged = Streams.zip(
                        held.training().tasks().stream(),
                        held.examples().stream(),
                        (task, examples) -> new Task(task.name(), task.classes(), task.train(), examples))
                .collect(ImmutableList.toImmutableList());
        return first.withTasks(judged);
    }

    /** As a script has it. */
    Map<String, Object> settings() {
        return tasks.isPresent() ? Map.of("held_out", heldOut, "tasks", tasks.getAsInt()) : Map.of("held_out", heldOut);
    }
}
