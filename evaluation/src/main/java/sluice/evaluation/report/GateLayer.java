package sluice.evaluation.report;

/**
 * The gates of one layer for one task.
 *
 * @param task its name
 * @param layer from 1
 * @param units of the layer when the task was consolidated, at least 1
 * @param open the task's open units as ranges, ascending from 0, separated by blanks: {@code 0-12 15 20-22}; may be empty
 * @param probabilities counts of gates by open probability in ten bins, separated by blanks; empty if unknown
 */
record GateLayer(String task, int layer, int units, String open, String probabilities) {}
