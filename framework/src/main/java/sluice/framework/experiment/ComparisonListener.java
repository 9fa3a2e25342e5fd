package sluice.framework.experiment;

import sluice.framework.TrainingListener;
import sluice.tasks.script.ComparisonScript;

/** Told of the progress of a comparison, in order, on the training thread. */
public interface ComparisonListener {
    /**
     * @param line what will surprise in some variants, though nothing is wrong with them; told before the first run
     */
    default void warning(String line) {}

    /**
     * @param run that begins
     * @param position its place among all runs, from 1
     * @return whom to tell of the progress of its training
     */
    TrainingListener runStarted(ComparisonScript.Run run, int position);

    /**
     * @param run that ended, well or not; its files are written
     */
    void runEnded(ComparedRun run);
}
