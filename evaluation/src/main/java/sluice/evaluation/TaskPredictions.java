package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;

/**
 * What was answered to the test rows of a task, and how likely each class was held to be.
 *
 * @param task its name
 * @param classes that could be answered, each once: those of the task, and of others where the task was not told
 * @param actual per row the position of its class among these
 * @param predicted per row the position of the answer among these, or {@link #UNKNOWN}
 * @param probabilities [rows, classes], row-major, each in [0, 1]; empty where the learner has none
 */
public record TaskPredictions(
        String task, ImmutableList<String> classes, int[] actual, int[] predicted, float[] probabilities) {
    /** In place of an answer where no class was likely enough. */
    public static final int UNKNOWN = -1;

    /** Checks the sizes, and that there is at least one row. */
    public TaskPredictions {
        checkArgument(actual.length >= 1, "task %s has no test rows", task);
        for (int own : actual) {
            checkArgument(
                    own >= 0 && own < classes.size(),
                    "classes of rows must be in [0, %s), got %s",
                    classes.size(),
                    own);
        }
        checkArgument(
                predicted.length == actual.length, "there are %s rows and %s answers", actual.length, predicted.length);
        checkArgument(
                probabilities.length == 0 || probabilities.length == (long) actual.length * classes.size(),
                "%s rows of %s classes have %s probabilities",
                actual.length,
                classes.size(),
                probabilities.length);
    }

    /** {@return how many test rows there are} */
    public int rows() {
        return actual.length;
    }

    /** {@return whether probabilities are known} */
    public boolean hasProbabilities() {
        return probabilities.length > 0;
    }

    /**
     * {@return how likely the row was held to be of a class, in [0, 1]}
     *
     * @param row from 0
     * @param of position among {@link #classes}
     */
    public float probability(int row, int of) {
        return probabilities[row * classes.size() + of];
    }

    /** {@return how well its classes are told apart} */
    public ClassificationReport report() {
        return ClassificationReport.of(classes, names(actual), names(predicted));
    }

    /** What is answered where nothing is has no name that a class could have. */
    private List<String> names(int[] positions) {
        return Arrays.stream(positions)
                .mapToObj(position -> position == UNKNOWN ? "" : classes.get(position))
                .toList();
    }
}
