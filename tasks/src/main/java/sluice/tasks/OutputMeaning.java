package sluice.tasks;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an output of a layer that serves all tasks of a sequence stands for. */
public enum OutputMeaning {
    /** A class of one task: every task has outputs of its own. */
    CLASS_OF_TASK {
        @Override
        Object of(int task, int position, int label) {
            return List.of(task, position);
        }
    },
    /** A label, whichever tasks have it. */
    LABEL {
        @Override
        Object of(int task, int position, int label) {
            return label;
        }
    },
    /** A position among the classes of each task: whether an example is of its task's first class, or its second, ... */
    POSITION {
        @Override
        Object of(int task, int position, int label) {
            return position;
        }
    };

    /** What the output of a class stands for; classes that mean the same share an output. */
    abstract Object of(int task, int position, int label);

    /**
     * {@return what its outputs stand for}
     *
     * @param sequence tasks with their scenario
     */
    public static OutputMeaning of(TaskSequence sequence) {
        return of(
                sequence.scenario(),
                sequence.tasks().stream().map(Task::classes).collect(ImmutableList.toImmutableList()));
    }

    /**
     * In {@link Scenario#DOMAIN} outputs go by label as soon as two tasks share one, or where there is one task; by position
     * where no two tasks share any, as in split MNIST of van de Ven and Tolias 2019.
     *
     * @param scenario what is known of the task at test time
     * @param classes per task, their labels
     * @return what outputs stand for
     */
    static OutputMeaning of(Scenario scenario, ImmutableList<ImmutableList<Integer>> classes) {
        return switch (scenario) {
            case TASK -> CLASS_OF_TASK;
            case DOMAIN -> classes.size() == 1 || isAnyShared(classes) ? LABEL : POSITION;
            case CLASS -> LABEL;
        };
    }

    private static boolean isAnyShared(ImmutableList<ImmutableList<Integer>> classes) {
        Set<Integer> labels = new HashSet<>();
        return !classes.stream().flatMap(ImmutableList::stream).allMatch(labels::add);
    }
}
