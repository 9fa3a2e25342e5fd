package sluice.framework.experiment;

import sluice.framework.result.TrainingListener;

/**
 * Told of the progress of a comparison. Several runs go at once, each on a thread of its own: a run's begin and the
 * progress of its training are told in order on that run's thread, at the same time as those of other runs. The ends of
 * runs are told one at a time, in the order in which they come, on whichever run's thread it is.
 */
public interface ComparisonListener {
    /** Hears of nothing. */
    ComparisonListener SILENT = new ComparisonListener() {
        @Override
        public TrainingListener runStarted(PlannedRun run) {
            return TrainingListener.SILENT;
        }

        @Override
        public void runEnded(ComparedRun run) {}
    };

    /**
     * Something will surprise.
     *
     * @param line what will surprise in some variants, though nothing is wrong with them; told before the first run
     */
    default void warning(String line) {}

    /**
     * Called for several runs at once.
     *
     * @param run that begins
     * @return whom to tell of the progress of its training, on the same thread
     */
    TrainingListener runStarted(PlannedRun run);

    /**
     * Told before the first run.
     *
     * @param run that finished in an earlier, interrupted comparison, and is not done again
     */
    default void runReused(ComparedRun.Finished run) {}

    /**
     * Told before the first run.
     *
     * @param run that failed in an earlier comparison, and is done again
     */
    default void runRepeated(ComparedRun.Failed run) {}

    /**
     * Never called for two runs at once.
     *
     * @param run that ended, well or not; its files are written
     */
    void runEnded(ComparedRun run);
}
