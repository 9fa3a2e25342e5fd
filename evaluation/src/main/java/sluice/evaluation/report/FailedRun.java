package sluice.evaluation.report;

/**
 * A run of a comparison that has no results.
 *
 * @param strategy its variant
 * @param seed of the run
 * @param reason one line
 */
public record FailedRun(String strategy, long seed, String reason) {}
