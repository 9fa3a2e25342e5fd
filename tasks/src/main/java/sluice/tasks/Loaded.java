package sluice.tasks;

/** Data as it was loaded: one data set that is still to be split into tasks, or tasks already. */
public sealed interface Loaded {
    /**
     * One data set, to be split by its classes.
     *
     * @param dataSet its examples; only their labels mean anything before they are {@link #prepared}
     * @param preparation what makes inputs of its values once the tasks are known
     */
    record OneSet(DataSet dataSet, Preparation preparation) implements Loaded {
        /**
         * A data set whose values are used as they are.
         *
         * @param dataSet the data set
         * @return the same, loaded
         */
        public static OneSet of(DataSet dataSet) {
            return new OneSet(dataSet, split -> dataSet);
        }

        /**
         * @param split the tasks
         * @return the data set with the values that these tasks are learned from
         * @throws InputException if the values do not suffice for that
         */
        public DataSet prepared(ClassSplit split) {
            return preparation.prepare(split);
        }
    }

    /**
     * Tasks, each with classes of its own choice.
     *
     * @param sequence the tasks
     */
    record Tasks(TaskSequence sequence) implements Loaded {}

    /** Makes inputs of a data set's values: what is fitted to a task's examples needs to know the tasks. */
    @FunctionalInterface
    interface Preparation {
        /**
         * @param split the tasks
         * @return the data set, as many examples with the same labels
         */
        DataSet prepare(ClassSplit split);
    }
}
