package sluice.framework.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.conditional.ExitAnswers;
import sluice.framework.predict.internal.layer.Softmax;
import sluice.tasks.Examples;

/**
 * What a network says of rows of one task, at the task's exits where it has any.
 *
 * @param network that has learned the task
 * @param task its name
 * @param rows raw features
 */
record TaskAnswers(GatedNetwork network, String task, Examples rows) {
    /** Throws InputException where no such task was learned. */
    static TaskAnswers of(GatedNetwork network, String task, float[][] rows) {
        network.parts().state(task);
        return new TaskAnswers(
                network,
                task,
                rows.length == 0 ? Examples.none(network.inputs()) : Examples.of(rows, new int[rows.length]));
    }

    /** An original label per row. */
    int[] labels() {
        if (rows.size() == 0) {
            return new int[0];
        }
        Optional<NetworkExits> exits = NetworkExits.of(network, task);
        if (exits.isPresent()) {
            return exits.get().labels(rows);
        }
        int classes = network.classes(task).size();
        float[] logits = network.logits(task, rows);
        return IntStream.range(0, rows.size())
                .map(i -> network.classes(task).get(Softmax.largest(logits, i * classes, classes)))
                .toArray();
    }

    /** Per row, how likely each class is. */
    double[][] probabilities() {
        int classes = network.classes(task).size();
        double[][] probabilities = new double[rows.size()][classes];
        if (rows.size() == 0) {
            return probabilities;
        }
        Optional<NetworkExits> exits = NetworkExits.of(network, task);
        if (exits.isPresent()) {
            ExitAnswers said = exits.get().answer(rows, exits.get().exits().rule());
            for (int i = 0; i < said.probabilities().length; i++) {
                probabilities[i / classes][i % classes] = said.probabilities()[i];
            }
        } else {
            float[] logits = network.logits(task, rows);
            Arrays.setAll(probabilities, i -> Softmax.probabilities(logits, i * classes, classes));
        }
        return probabilities;
    }
}
