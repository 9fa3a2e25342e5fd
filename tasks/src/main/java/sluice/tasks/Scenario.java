package sluice.tasks;

import java.util.List;

/**
 * What is known of the task at test, and so what an output stands for: the three scenarios of continual learning (van de
 * Ven and Tolias 2019, "Three scenarios for continual learning", table 1).
 */
public enum Scenario {
    /** The task is known: every task has outputs of its own. */
    TASK {
        @Override
        Object meaning(int task, int label, int original) {
            return List.of(task, label);
        }
    },
    /** The task is unknown and need not be told: the labels of all tasks mean the same, and share their outputs. */
    DOMAIN {
        @Override
        Object meaning(int task, int label, int original) {
            return label;
        }
    },
    /** The task is unknown and must be told with the class: an output per class, whichever tasks have it. */
    CLASS {
        @Override
        Object meaning(int task, int label, int original) {
            return original;
        }
    };

    /** What the output of a label stands for; labels that mean the same share an output. */
    abstract Object meaning(int task, int label, int original);
}
