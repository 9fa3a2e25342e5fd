package sluice.framework.strategy;

import java.util.Arrays;
import java.util.stream.IntStream;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

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

    /** Makes sure that generators can model what the tasks have. */
    static void checkUnitInterval(String strategy, TaskSequence sequence) {
        Normalisation normalisation = sequence.normalisation();
        float[] row = new float[sequence.features()];
        for (Task task : sequence.tasks()) {
            for (int i = 0; i < task.train().size(); i++) {
                task.train().read(i, row);
                for (int j = 0; j < row.length; j++) {
                    float value = (row[j] - normalisation.shift()) * normalisation.scale();
                    if (!(value >= 0 && value <= 1)) {
                        throw new InputException(
                                "strategy %s models values in [0, 1], task %s has %s at example %d, feature %d: write data.normalisation: unit for pixels, or scale tables to [0, 1]"
                                        .formatted(strategy, task.name(), value, i + 1, j + 1));
                    }
                }
            }
        }
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
