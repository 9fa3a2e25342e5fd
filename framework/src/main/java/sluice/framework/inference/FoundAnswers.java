package sluice.framework.inference;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import sluice.framework.result.TestAnswers;
import sluice.tasks.OutputLayout;
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
        network.answer(task.test(), found, (row, probabilities, label) -> {
            int place = found.tasks()[row];
            for (int c = 0; c < probabilities.length; c++) {
                all.probabilities()[row * outputs + output(asTask, place, c)] = probabilities[c];
            }
            answers.probabilities()[row] = all.probabilities()[
                    row * outputs + layout.output(index, task.test().label(row))];
            if (found.typicality()[row] >= threshold) {
                answers.answers()[row] = layout.label(index, output(asTask, place, label));
            }
        });
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
