package sluice.framework.experiment;

import java.util.Optional;
import sluice.framework.strategy.EarlierTasks;
import sluice.tasks.Loaded;
import sluice.tasks.TaskSequence;
import sluice.tasks.source.DataPlace;

/** Where the tasks of a run come from. Equal ones load equal data, so that runs can share it. */
interface RunData {
    /**
     * @param place where files of data are, unless the run names a folder of its own
     * @throws sluice.tasks.InputException if the data cannot be had
     */
    Loaded load(DataPlace place);

    /**
     * What was loaded as tasks.
     *
     * @throws sluice.tasks.InputException if it cannot be such tasks
     */
    TaskSequence tasks(Loaded loaded);

    /** What equals that of other runs with the same data, whatever tasks they make of it. */
    Object key();

    /** Whether an earlier run is gone on with. */
    default boolean goesOn() {
        return false;
    }

    /**
     * What is at hand of tasks that were learned in earlier runs, if one is gone on with.
     *
     * @param loaded the run's own data
     */
    default Optional<EarlierTasks> earlier(DataPlace place, Loaded loaded) {
        return Optional.empty();
    }

    /** Whether it names the task of every example itself. */
    boolean namesTasks();

    /** Whether data without checksums is the same wherever its settings are. */
    boolean drawn();
}
