package sluice.framework.discriminant;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.loop.Tested;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Task;

/**
 * Accuracy of a model on every task, and of the last model how its probabilities keep what they promise: expected
 * calibration error over 15 bins of equal width (Guo et al. 2017, eq. 3), negative log-likelihood, and what it abstains from.
 */
final class DiscriminantEvaluation {
    private static final int BINS = 15;

    private final Components components;
    private final Lanes lanes;
    private final double[] confidence = new double[BINS];
    private final long[] right = new long[BINS];
    private long examples;
    private long answered;
    private long answeredRight;
    private double loss;

    DiscriminantEvaluation(Components components, Lanes lanes) {
        this.components = components;
        this.lanes = lanes;
    }

    /** Right answers where nothing is known: the answer is the first output. */
    int untrained(Task task, int index) {
        return (int) IntStream.range(0, task.test().size())
                .filter(i -> components.output(index, task.test().label(i)) == 0)
                .count();
    }

    /**
     * Asks for all test examples of a task; figures are those of all tasks since they were reset.
     *
     * @param index its place among all tasks that are taught
     */
    Tested.Classes test(DiscriminantModel model, Task task, int index) {
        TestAnswers.Outputs outputs = TestAnswers.Outputs.of(
                IntStream.range(0, model.labels().size())
                        .mapToObj(output -> components.label(index, output))
                        .toList(),
                task.test().size());
        TestAnswers answers = TestAnswers.of(task).with(outputs);
        return new Tested.Classes(correct(model, answers, outputs, index), () -> Optional.of(answers));
    }

    /** A row begins. */
    void reset() {
        Arrays.fill(confidence, 0);
        Arrays.fill(right, 0);
        examples = 0;
        answered = 0;
        answeredRight = 0;
        loss = 0;
    }

    private int correct(DiscriminantModel model, TestAnswers answers, TestAnswers.Outputs outputs, int index) {
        Task task = answers.task();
        int[] correct = {0};
        model.forEach(task.test(), lanes, FeatureUse.RUN, (example, probabilities) -> {
            int wanted = components.output(index, task.test().label(example));
            int answer = model.answer(probabilities);
            correct[0] += note(probabilities, answer, wanted) ? 1 : 0;
            answers.probabilities()[example] = (float) probabilities[wanted];
            for (int output = 0; output < probabilities.length; output++) {
                outputs.probabilities()[example * probabilities.length + output] = (float) probabilities[output];
            }
            if (answer >= 0) {
                answers.answers()[example] = components.label(index, answer);
            }
        });
        return correct[0];
    }

    private boolean note(double[] probabilities, int answer, int wanted) {
        int likeliest = DiscriminantModel.likeliest(probabilities);
        double p = probabilities[likeliest];
        int bin = Math.min(BINS - 1, (int) (p * BINS));
        confidence[bin] += p;
        right[bin] += likeliest == wanted ? 1 : 0;
        loss -= Math.log(Math.max(probabilities[wanted], Double.MIN_NORMAL));
        examples++;
        answered += answer >= 0 ? 1 : 0;
        answeredRight += answer == wanted ? 1 : 0;
        return answer == wanted;
    }

    /** Of the last row, by their names in metrics.csv; none where nothing was tested. */
    ImmutableMap<String, Double> figures() {
        if (examples == 0) {
            return ImmutableMap.of();
        }
        double ece = 0;
        for (int b = 0; b < BINS; b++) {
            ece += Math.abs(right[b] - confidence[b]) / examples;
        }
        ImmutableMap.Builder<String, Double> figures = ImmutableMap.builder();
        figures.put("ece", ece);
        figures.put("nll", loss / examples);
        figures.put("answered", (double) answered / examples);
        if (answered > 0) {
            figures.put("answered_accuracy", (double) answeredRight / answered);
        }
        return figures.buildOrThrow();
    }
}
