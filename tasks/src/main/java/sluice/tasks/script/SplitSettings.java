package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import java.util.Map;
import java.util.Optional;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.LeftOut;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** How a data set becomes tasks. {@link ScriptReader} checks the ranges. */
public sealed interface SplitSettings
        permits LeavingOut,
                SplitSettings.ClassesPerTask,
                SplitSettings.InTwos,
                SplitSettings.Groups,
                SplitSettings.Permuted,
                SplitSettings.Rotated {
    /**
     * {@return the tasks, task incremental, named after the data set}
     *
     * @param dataSet what becomes tasks
     * @param normalisation how its raw features become inputs
     * @param seed of what is drawn
     * @throws sluice.tasks.InputException if the data set cannot be split so
     */
    TaskSequence tasks(DataSet dataSet, Normalisation normalisation, long seed);

    /**
     * {@return classes that no task has}
     *
     * @param dataSet what becomes tasks
     * @param seed of what is drawn
     * @throws sluice.tasks.InputException if it lacks one of them, or has no others
     */
    default Optional<LeftOut> leftOut(DataSet dataSet, long seed) {
        return Optional.empty();
    }

    /** {@return the key that says so, within the section} */
    String key();

    /** {@return the setting as it is written in a script} */
    Map<String, Object> settings();

    /** {@return whether a class is in two tasks} */
    default boolean sharesClasses() {
        return false;
    }

    /** In which order classes are dealt to tasks. */
    enum ClassOrder {
        /** Ascending. */
        GIVEN,
        /** Drawn from the script's seed. */
        SHUFFLED,
        /** As the code of a published comparison draws it from the same seed: {@link ClassSplit#numpy}. */
        NUMPY
    }

    /**
     * As many classes to each task.
     *
     * @param count at least 1
     * @param order in which they are dealt
     */
    record ClassesPerTask(int count, ClassOrder order) implements SplitSettings {
        @Override
        public TaskSequence tasks(DataSet dataSet, Normalisation normalisation, long seed) {
            return TaskSequence.split(dataSet, normalisation, split(dataSet, seed));
        }

        private ClassSplit split(DataSet dataSet, long seed) {
            return switch (order) {
                case GIVEN -> ClassSplit.consecutive(dataSet, count);
                case SHUFFLED -> ClassSplit.shuffled(dataSet, count, seed);
                case NUMPY -> ClassSplit.numpy(dataSet, count, seed);
            };
        }

        @Override
        public String key() {
            return "classes_per_task";
        }

        @Override
        public Map<String, Object> settings() {
            return ImmutableMap.of(key(), count, "class_order", Section.word(order));
        }
    }

    /**
     * Two classes to each task, which is what is done where nothing else is written. Of an odd number the last is a task of its own in
     * scenario class; in the others, where one class would always be right, it joins the task before it.
     *
     * @param order in which they are dealt
     * @param scenario what is known of the task at test
     */
    record InTwos(ClassOrder order, Scenario scenario) implements SplitSettings {
        private static final int MOST_WRITTEN = 21;

        @Override
        public TaskSequence tasks(DataSet dataSet, Normalisation normalisation, long seed) {
            int classes = dataSet.train().distinctLabels().length;
            ClassSplit twos =
                    new ClassesPerTask(classes, order).split(dataSet, seed).inTwos();
            ClassSplit split = scenario == Scenario.CLASS ? twos : twos.withoutLastAlone();
            TaskSequence tasks = TaskSequence.split(dataSet, normalisation, split);
            if (classes % 2 == 0 || classes == 1) {
                return tasks;
            }
            return tasks.withNotes(ImmutableList.of(note(classes, twos.groups().size(), split)));
        }

        private String note(int classes, int twos, ClassSplit split) {
            int tasks = split.groups().size();
            String one = scenario == Scenario.CLASS
                    ? "the one left over is a task of its own: %d tasks".formatted(tasks)
                    : "the one left over joins the last task: %s; scenario class would make %d"
                            .formatted(tasks == 1 ? "1 task of " + classes : tasks + " tasks", twos);
            String groups = classes <= MOST_WRITTEN ? split.groups().toString() : "...";
            return "%d classes go in twos, and %s (as split: {groups: %s} has it: write other groups to deal them otherwise)"
                    .formatted(classes, one, groups);
        }

        @Override
        public String key() {
            return "classes_per_task";
        }

        @Override
        public Map<String, Object> settings() {
            return ImmutableMap.of(key(), 2, "class_order", Section.word(order));
        }
    }

    /**
     * Groups named class by class.
     *
     * @param classes a group per task
     */
    record Groups(ClassSplit classes) implements SplitSettings {
        @Override
        public TaskSequence tasks(DataSet dataSet, Normalisation normalisation, long seed) {
            return TaskSequence.split(dataSet, normalisation, classes);
        }

        @Override
        public String key() {
            return "groups";
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of(key(), classes.groups());
        }
    }

    /**
     * All of the data set in every task, with features in an order of its own.
     *
     * @param count tasks, 1 to 1000
     */
    record Permuted(int count) implements SplitSettings {
        @Override
        public TaskSequence tasks(DataSet dataSet, Normalisation normalisation, long seed) {
            return TaskSequence.permuted(dataSet, normalisation, count, seed);
        }

        @Override
        public boolean sharesClasses() {
            return count > 1;
        }

        @Override
        public String key() {
            return "permuted";
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of(key(), count);
        }
    }

    /**
     * All of the data set in every task, with images turned by an angle of its own.
     *
     * @param degrees an angle per task, counter-clockwise, -360 to 360, no two alike
     */
    record Rotated(ImmutableList<Double> degrees) implements SplitSettings {
        @Override
        public TaskSequence tasks(DataSet dataSet, Normalisation normalisation, long seed) {
            return TaskSequence.rotated(dataSet, normalisation, Doubles.toArray(degrees));
        }

        @Override
        public boolean sharesClasses() {
            return degrees.size() > 1;
        }

        @Override
        public String key() {
            return "rotated";
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of(key(), degrees);
        }
    }
}
