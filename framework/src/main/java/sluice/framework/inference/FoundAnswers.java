package sluice.framework.inference;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import sluice.framework.loss.Softmax;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Examples;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputRange;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * What the subnetworks of the tasks say of test examples that these were found to be of.
 *
 * @param layout of the outputs of the sequence
 * @param sequence the tasks
 * @param threshold typicality below which an example is of no task that is known, in [0, 1]
 */
public record FoundAnswers(OutputLayout layout, TaskSequence sequence, double threshold) {
    /** A network that has learned tasks. */
    @FunctionalInterface
    public interface Subnetworks {
        /**
         * {@return logits of a task for examples, row-major}
         *
         * @param place of the task among those that are learned
         * @param examples raw features
         */
        float[] logits(int place, Examples examples);
    }

    /**
     * {@return the answers to the test examples of a task}
     *
     * @param index place of the task in the sequence
     * @param found the task of each test example, among those that are learned
     * @param asTask by place of a learned task, that of a task of the sequence that has its classes
     * @param network answers
     */
    public TestAnswers of(int index, FoundTasks found, IntUnaryOperator asTask, Subnetworks network) {
        Task task = sequence.tasks().get(index);
        int outputs = layout.count();
        TestAnswers.Outputs all = TestAnswers.Outputs.of(
                IntStream.range(0, outputs)
                        .mapToObj(output -> layout.label(index, output))
                        .toList(),
                task.test().size());
        TestAnswers answers = TestAnswers.of(task).with(all);
        int[] asked = Arrays.stream(found.tasks()).distinct().sorted().toArray();
        for (int place : asked) {
            int[] rows = IntStream.range(0, found.tasks().length)
                    .filter(row -> found.tasks()[row] == place)
                    .toArray();
            float[] logits = network.logits(place, task.test().select(rows, label -> label));
            int classes = logits.length / rows.length;
            float[] probabilities = new float[classes];
            for (int r = 0; r < rows.length; r++) {
                int row = rows[r];
                Softmax.probabilities(logits, r * classes, new OutputRange(0, classes), probabilities, 0);
                int best = 0;
                for (int c = 0; c < classes; c++) {
                    best = probabilities[c] > probabilities[best] ? c : best;
                    all.probabilities()[row * outputs + output(asTask, place, c)] = probabilities[c];
                }
                answers.probabilities()[row] = all.probabilities()[
                        row * outputs + layout.output(index, task.test().label(row))];
                if (found.typicality()[row] >= threshold) {
                    answers.answers()[row] = layout.label(index, output(asTask, place, best));
                }
            }
        }
        return answers;
    }

    /** {@return outputs in the place of those of a task, where every learned task has all of them in their order} */
    private int output(IntUnaryOperator asTask, int place, int position) {
        int task = asTask.applyAsInt(place);
        return task == ALL_OUTPUTS ? position : layout.output(task, position);
    }

    /** In the place of a task of the sequence, where a learned task has all outputs. */
    public static final int ALL_OUTPUTS = -1;
}
