package sluice.framework.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.conditional.ExitAnswers;
import sluice.framework.predict.internal.layer.Softmax;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.TargetScale;

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
        checkClasses();
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

    /** A number per row. */
    double[] numbers() {
        TargetScale scale = TaskProvenance.scale(network.provenance(), task)
                .orElseThrow(() -> new InputException(
                        "task %s tells classes apart and predicts no numbers: ask for classes".formatted(task)));
        return scale.numbers(rows.size() == 0 ? new float[0] : network.logits(task, rows));
    }

    private void checkClasses() {
        if (TaskProvenance.scale(network.provenance(), task).isPresent()) {
            throw new InputException("task %s predicts numbers and has no classes: ask for numbers".formatted(task));
        }
    }

    /** Per row, how likely each class is. */
    double[][] probabilities() {
        checkClasses();
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
