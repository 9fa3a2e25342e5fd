package sluice.tasks.script;

import java.util.Map;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;

/** How the data set's classes are dealt out to tasks. */
public sealed interface SplitSettings {
    /**
     * @param dataSet whose classes are dealt out
     * @return the groups of classes
     * @throws sluice.tasks.InputException if its classes cannot be split so
     */
    ClassSplit split(DataSet dataSet);

    /**
     * @return the key that says so, within the section
     */
    String key();

    /**
     * @return the setting as it is written in a script
     */
    Map<String, Object> settings();

    /**
     * Consecutive classes, as many to each task.
     *
     * @param count at least 1
     */
    record ClassesPerTask(int count) implements SplitSettings {
        @Override
        public ClassSplit split(DataSet dataSet) {
            return ClassSplit.consecutive(dataSet, count);
        }

        @Override
        public String key() {
            return "classes_per_task";
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of(key(), count);
        }
    }

    /**
     * Groups named class by class.
     *
     * @param classes a group per task
     */
    record Groups(ClassSplit classes) implements SplitSettings {
        @Override
        public ClassSplit split(DataSet dataSet) {
            return classes;
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
}
