package sluice.tasks;

import com.google.common.collect.ImmutableList;

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
            return new OneSet(dataSet, tasks -> new Prepared(dataSet, ImmutableList.of(), ImmutableList.of()));
        }

        /**
         * {@return the data set with the values that such tasks are learned from}
         *
         * @param tasks the tasks that {@code dataSet} is split into, whose values mean nothing as yet
         * @throws InputException if the values do not suffice for that
         */
        public Prepared prepared(TaskSequence tasks) {
            return preparation.prepare(tasks);
        }
    }

    /**
     * Tasks, each with classes of its own choice.
     *
     * @param sequence the tasks
     */
    record Tasks(TaskSequence sequence) implements Loaded {}

    /**
     * A data set that is ready to be split.
     *
     * @param dataSet the data set
     * @param encodings how files became the features of each task; none where they were only read
     * @param notes what was done to the data that nobody asked for, a line each
     */
    record Prepared(DataSet dataSet, ImmutableList<InputEncoding> encodings, ImmutableList<String> notes) {}

    /** Makes inputs of a data set's values: what is fitted to a task's examples needs to know the tasks. */
    @FunctionalInterface
    interface Preparation {
        /**
         * {@return the data set, as many examples with the same labels}
         *
         * @param tasks the tasks; only their classes are looked at
         */
        Prepared prepare(TaskSequence tasks);
    }
}
