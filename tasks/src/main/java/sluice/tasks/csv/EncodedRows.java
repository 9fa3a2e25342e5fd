package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import sluice.tasks.Examples;

/**
 * Rows as features.
 *
 * @param values features [labels.length * features]; a missing one is 0
 * @param features per row
 * @param labels numbers of classes
 * @param missing positions of missing values in {@code values}
 * @param targets numbers that are to be predicted; not a number where classes are
 * @param tasks the task of each row
 */
record EncodedRows(
        float[] values, int features, int[] labels, BitSet missing, double[] targets, ImmutableList<String> tasks) {
    /** The rows with their values as they are. */
    Examples examples() {
        return examples(values);
    }

    /** The rows with the task of each. */
    EncodedRows inTasks(ImmutableList<String> others) {
        return new EncodedRows(values, features, labels, missing, targets, others);
    }

    /** The rows with other values. */
    Examples examples(float[] others) {
        return Examples.of(others, features, labels);
    }

    /** Where in {@code values} a row has a feature. */
    int at(int row, int feature) {
        return row * features + feature;
    }
}
