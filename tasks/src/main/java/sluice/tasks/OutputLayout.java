package sluice.tasks;

import static com.google.common.base.Preconditions.checkElementIndex;
import static com.google.common.base.Preconditions.checkPositionIndex;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the tasks of a sequence use the outputs of one layer that serves all of them. Outputs are numbered in the order in
 * which the tasks first need them. Immutable.
 */
public final class OutputLayout {
    private final OutputMeaning meaning;
    private final ImmutableList<ImmutableIntArray> outputs;
    private final ImmutableIntArray known;
    private final ImmutableList<ImmutableList<Integer>> classes;

    private OutputLayout(
            OutputMeaning meaning,
            ImmutableList<ImmutableIntArray> outputs,
            ImmutableIntArray known,
            ImmutableList<ImmutableList<Integer>> classes) {
        this.meaning = meaning;
        this.outputs = outputs;
        this.known = known;
        this.classes = classes;
    }

    /**
     * {@return the layout of their outputs}
     *
     * @param sequence tasks with their scenario
     */
    public static OutputLayout of(TaskSequence sequence) {
        return of(
                sequence.scenario(),
                sequence.tasks().stream().map(Task::classes).collect(ImmutableList.toImmutableList()));
    }

    /**
     * {@return the layout of tasks' outputs}
     *
     * @param scenario what is known of the task at test time
     * @param classes per task, their labels
     */
    public static OutputLayout of(Scenario scenario, ImmutableList<ImmutableList<Integer>> classes) {
        OutputMeaning meaning = OutputMeaning.of(scenario, classes);
        Map<Object, Integer> outputOf = new HashMap<>();
        ImmutableList.Builder<ImmutableIntArray> outputs = ImmutableList.builder();
        ImmutableIntArray.Builder known = ImmutableIntArray.builder().add(0);
        for (int t = 0; t < classes.size(); t++) {
            ImmutableIntArray.Builder ofTask = ImmutableIntArray.builder();
            for (int label = 0; label < classes.get(t).size(); label++) {
                Object meant = meaning.of(t, label, classes.get(t).get(label));
                outputOf.putIfAbsent(meant, outputOf.size());
                ofTask.add(outputOf.get(meant));
            }
            outputs.add(ofTask.build());
            known.add(outputOf.size());
        }
        return new OutputLayout(meaning, outputs.build(), known.build(), classes);
    }

    /** {@return what its outputs stand for} */
    public OutputMeaning meaning() {
        return meaning;
    }

    /**
     * {@return outputs in all: {@linkplain OutputMeaning#CLASS_OF_TASK of tasks' own classes} those of all tasks
     * together, {@linkplain OutputMeaning#LABEL by label} the distinct labels of all tasks, {@linkplain
     * OutputMeaning#POSITION by position} the most classes of a task}
     */
    public int count() {
        return known.get(outputs.size());
    }

    /**
     * {@return its output, in [0, count)}
     *
     * @param task position in the sequence, from 0
     * @param label position in the task's classes
     */
    public int output(int task, int label) {
        return outputs.get(task).get(label);
    }

    /**
     * What an answer means to whoever asked of an example of a task.
     *
     * @param task position in the sequence, from 0
     * @param output in [0, count)
     * @return the original label of the task's class that has the output; of another task's class where none of its own has
     */
    public int label(int task, int output) {
        int own = outputs.get(task).indexOf(output);
        if (own >= 0) {
            return classes.get(task).get(own);
        }
        int other = IntStream.range(0, outputs.size())
                .filter(t -> outputs.get(t).contains(output))
                .findFirst()
                .orElseThrow();
        return classes.get(other).get(outputs.get(other).indexOf(output));
    }

    /**
     * What outputs stand for where they go by label or by position.
     *
     * @return by output, its label; by position that
     */
    public ImmutableList<Integer> labels() {
        Integer[] labels = new Integer[count()];
        for (int t = 0; t < outputs.size(); t++) {
            for (int position = 0; position < classes.get(t).size(); position++) {
                labels[output(t, position)] = meaning == OutputMeaning.POSITION
                        ? (Integer) position
                        : classes.get(t).get(position);
            }
        }
        return ImmutableList.copyOf(labels);
    }

    /** The labels of the classes that have an output, each once, in the order of the tasks. */
    ImmutableList<Integer> classes(int output) {
        return IntStream.range(0, outputs.size())
                .filter(t -> outputs.get(t).contains(output))
                .mapToObj(t -> classes.get(t).get(outputs.get(t).indexOf(output)))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * The outputs among which a task's classes are told apart while it is learned: for {@link Scenario#TASK} its own, else
     * those of all tasks so far, its own included.
     *
     * @param task position in the sequence, from 0
     * @return the outputs that the softmax goes over
     */
    public OutputRange learning(int task) {
        return testing(task, task);
    }

    /**
     * The outputs that compete at test: for {@link Scenario#TASK} the task's own, else those of the tasks learned so far and
     * of the tested one; where that is not learned yet, those of the tasks between are among them too, as if the sequence
     * had been learned up to it. Where all tasks have the same outputs, these are all.
     *
     * @param task the tested task's position in the sequence, from 0
     * @param learned how many tasks were learned, from 0 (none) to all
     * @return the outputs, the task's own among them
     */
    public OutputRange testing(int task, int learned) {
        checkElementIndex(task, outputs.size(), "task");
        checkPositionIndex(learned, outputs.size(), "learned");
        if (meaning == OutputMeaning.CLASS_OF_TASK) {
            return new OutputRange(known.get(task), known.get(task + 1));
        }
        return new OutputRange(0, known.get(Math.max(task + 1, learned)));
    }
}
