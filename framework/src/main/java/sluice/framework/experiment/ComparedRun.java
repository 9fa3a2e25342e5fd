package sluice.framework.experiment;

import sluice.evaluation.RunMetrics;

/** What came of one run of a comparison. */
public sealed interface ComparedRun {
    /**
     * @return the variant's name
     */
    String variant();

    /**
     * @return the run's seed
     */
    long seed();

    /**
     * A run that went to its end.
     *
     * @param variant the variant's name
     * @param seed the run's seed
     * @param metrics its figures, by the names that {@code metrics.csv} has, and {@code occupancy}, the mean over the
     *     hidden layers
     */
    record Finished(String variant, long seed, RunMetrics metrics) implements ComparedRun {}

    /**
     * A run that diverged or ran out of memory.
     *
     * @param variant the variant's name
     * @param seed the run's seed
     * @param reason one line
     */
    record Failed(String variant, long seed, String reason) implements ComparedRun {}
}
