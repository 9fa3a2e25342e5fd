package sluice.evaluation.report;

/**
 * How much two tasks share of a layer.
 *
 * @param task the later task
 * @param earlier the earlier one
 * @param layer its name, such as {@code layer_1}
 * @param jaccard units open in both, of those open in either, in [0, 1]; NaN where undefined
 */
record TaskOverlap(String task, String earlier, String layer, double jaccard) {}
