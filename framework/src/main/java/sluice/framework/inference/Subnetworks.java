package sluice.framework.inference;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import sluice.framework.loss.Softmax;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.Examples;
import sluice.tasks.OutputRange;

/**
 * Subnetworks of tasks, each of which answers the examples that are found to be of its task.
 *
 * @param classes of each task
 * @param logits of examples by the subnetwork of a task at a place, [examples, classes]
 */
public record Subnetworks(List<Integer> classes, BiFunction<Integer, Examples, float[]> logits) {
    /** Those of all tasks that a network knows. */
    static Subnetworks of(GatedNetwork network) {
        List<String> tasks = network.tasks();
        return new Subnetworks(
                tasks.stream().map(task -> network.classes(task).size()).toList(),
                (place, rows) -> network.logits(tasks.get(place), rows));
    }

    /** Takes what is said of an example. */
    interface Answered {
        /**
         * @param row of the example
         * @param probabilities of the classes of the task that was found; kept by nobody else
         * @param label position of the likeliest among them, the first of equals
         */
        void take(int row, float[] probabilities, int label);
    }

    /** Asks of each example the subnetwork of the task that was found, and no other. */
    void answer(Examples examples, FoundTasks found, Answered taken) {
        for (int place : Arrays.stream(found.tasks()).distinct().sorted().toArray()) {
            int[] rows = IntStream.range(0, found.tasks().length)
                    .filter(row -> found.tasks()[row] == place)
                    .toArray();
            float[] all = logits.apply(place, examples.select(rows, label -> label));
            int count = classes.get(place);
            for (int r = 0; r < rows.length; r++) {
                float[] probabilities = new float[count];
                Softmax.probabilities(all, r * count, new OutputRange(0, count), probabilities, 0);
                taken.take(rows[r], probabilities, largest(probabilities));
            }
        }
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
