package sluice.framework;

/** Which cells of the accuracy matrix are measured; the others are missing, and metrics that need them undefined. */
public enum Evaluation {
    /** Every task after every task, learned or not. */
    ALL {
        @Override
        public boolean measures(int afterTask, int task, int tasks) {
            return true;
        }
    },
    /** After every task those learned so far: nothing of what was not learned yet. */
    LEARNED {
        @Override
        public boolean measures(int afterTask, int task, int tasks) {
            return task <= afterTask;
        }
    },
    /** Each task when it was just learned, and all after the last: time grows linearly with the number of tasks. */
    ENDS {
        @Override
        public boolean measures(int afterTask, int task, int tasks) {
            return task == afterTask || afterTask == tasks;
        }
    };

    /**
     * {@return whether the row has the task}
     *
     * @param afterTask row of the matrix, from 0
     * @param task number of a task, from 1
     * @param tasks in all
     */
    public abstract boolean measures(int afterTask, int task, int tasks);
}
