package sluice.evaluation.report;

/**
 * How often a class was taken for another.
 *
 * @param task whose test data were asked
 * @param actual the class
 * @param predicted the answer; "unknown" for none
 * @param count at least 1
 */
record ConfusionCount(String task, String actual, String predicted, int count) {}
