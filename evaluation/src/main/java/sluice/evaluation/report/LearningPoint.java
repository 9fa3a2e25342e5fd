package sluice.evaluation.report;

/**
 * Where learning a task stood after some steps.
 *
 * @param task its name
 * @param step steps of this task done, at least 1
 * @param epoch from 1
 * @param loss mean loss since the point before, finite
 * @param accuracy share of the examples of these steps that were answered correctly, in [0, 1]; NaN if unknown
 */
record LearningPoint(String task, int step, int epoch, double loss, double accuracy) {}
