package sluice.framework.strategy;

import java.util.Arrays;
import java.util.stream.IntStream;
import sluice.tasks.Examples;

/**
 * All training examples of a task, as networks see them, for as long as they may be looked at.
 *
 * @param values features, row by row
 * @param outputs the output that is right, per example
 * @param features of an example
 */
record TaskExamples(float[] values, int[] outputs, int features) {
    static TaskExamples of(LearnedTask task, int features) {
        float[] values = new float[Math.multiplyExact(task.size(), features)];
        int[] outputs = new int[task.size()];
        int[] filled = {0};
        task.forEachBatch(batch -> {
            System.arraycopy(batch.inputs(), 0, values, filled[0] * features, batch.size() * features);
            for (int row = 0; row < batch.size(); row++) {
                outputs[filled[0]++] = batch.target(row);
            }
        });
        return new TaskExamples(values, outputs, features);
    }

    /** The outputs that occur, ascending. */
    int[] targets() {
        return IntStream.of(outputs).distinct().sorted().toArray();
    }

    /** Examples labelled by the place of their output among {@link #targets}. */
    Examples labelled() {
        int[] targets = targets();
        return Examples.of(
                values,
                features,
                IntStream.of(outputs)
                        .map(output -> Arrays.binarySearch(targets, output))
                        .toArray());
    }

    /** The examples of an output, labelled 0. */
    Examples of(int output) {
        int[] rows = IntStream.range(0, outputs.length)
                .filter(row -> outputs[row] == output)
                .toArray();
        return labelled().select(rows, label -> 0);
    }
}
