package sluice.tasks;

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
     * In {@link Scenario#DOMAIN} outputs go by label as soon as two tasks share one, or where there is one task; by position
     * where no two tasks share any, as in split MNIST of van de Ven and Tolias 2019.
     *
     * @param sequence tasks with their scenario
     * @return what its outputs stand for
     */
    public static OutputMeaning of(TaskSequence sequence) {
        return switch (sequence.scenario()) {
            case TASK -> CLASS_OF_TASK;
            case DOMAIN -> sequence.tasks().size() == 1 || isAnyShared(sequence) ? LABEL : POSITION;
            case CLASS -> LABEL;
        };
    }

    private static boolean isAnyShared(TaskSequence sequence) {
        Set<Integer> labels = new HashSet<>();
        for (Task task : sequence.tasks()) {
            for (int label : task.classes()) {
                if (!labels.add(label)) {
                    return true;
                }
            }
        }
        return false;
    }
}
