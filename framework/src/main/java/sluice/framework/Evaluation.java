package sluice.framework;

/** Which cells of the accuracy matrix are measured; the others are missing, and metrics that need them undefined. */
public enum Evaluation {
    /** Every task after every task, learned or not. */
    ALL {
        @Override
        boolean measures(int afterTask, int task, int tasks) {
            return true;
        }
    },
    /** After every task those learned so far: nothing of what was not learned yet. */
    LEARNED {
        @Override
        boolean measures(int afterTask, int task, int tasks) {
            return task <= afterTask;
        }
    },
    /** Each task when it was just learned, and all after the last: time grows linearly with the number of tasks. */
    ENDS {
        @Override
        boolean measures(int afterTask, int task, int tasks) {
            return task == afterTask || afterTask == tasks;
        }
    };

    /** Whether row {@code afterTask}, from 0, has task number {@code task}, from 1. */
    abstract boolean measures(int afterTask, int task, int tasks);
}
