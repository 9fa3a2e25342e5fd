package sluice.framework.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.internal.loop.PredictedNumbers;
import sluice.framework.internal.loop.Tested;
import sluice.framework.loss.Softmax;
import sluice.framework.plain.Batch;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.ValidationScore;
import sluice.tasks.Examples;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputRange;
import sluice.tasks.TaskSequence;

/** The network of a {@link PlainRun}, while it is asked for examples of any task. */
final class AskedNetwork {
    private final TaskSequence sequence;
    private final PlainTraining training;
    private final TaskLearner learner;
    private final Batch testBatch;

    /**
     * @param sequence all tasks, those of earlier runs first
     * @param testBatch room for as many examples as are asked for at once
     */
    AskedNetwork(TaskSequence sequence, PlainTraining training, TaskLearner learner, Batch testBatch) {
        this.sequence = sequence;
        this.training = training;
        this.learner = learner;
        this.testBatch = testBatch;
    }

    /** What is answered to a task's test examples, of all tasks, when so many are learned. */
    Tested test(int task, int learned) {
        OutputLayout outputs = training.outputs();
        if (sequence.isRegression()) {
            return new Tested.Numbers(
                    predicted(task, sequence.tasks().get(task).test()).errors());
        }
        TestAnswers answers = TestAnswers.of(sequence.tasks().get(task));
        OutputRange range = outputs.testing(task, learned);
        float[] all = new float[answers.answers().length * range.size()];
        int[] asks = {0};
        int correct = ask(task, range, answers.task().test(), (asked, scores, at) -> {
            int start = at * outputs.count();
            System.arraycopy(scores, start + range.from(), all, asks[0] * range.size(), range.size());
            answers.answers()[asks[0]] = outputs.label(task, range.largest(scores, start));
            answers.probabilities()[asks[0]++] =
                    (float) Softmax.probability(scores, start, range.from(), range.to(), asked.target(at));
        });
        return Tested.of(correct, () -> learner.hasProbabilities() ? answers.with(likely(all, range, task)) : answers);
    }

    private PredictedNumbers predicted(int task, Examples examples) {
        int output = training.outputs().output(task, 0);
        float[] said = new float[examples.size()];
        int[] asks = {0};
        ask(
                task,
                new OutputRange(output, output + 1),
                examples,
                (asked, scores, row) ->
                        said[asks[0]++] = scores[row * training.outputs().count() + output]);
        return PredictedNumbers.of(sequence.names().get(task), examples, said);
    }

    /** Of the scores of outputs that competed. */
    private TestAnswers.Outputs likely(float[] scores, OutputRange range, int task) {
        int count = range.size();
        TestAnswers.Outputs likely = TestAnswers.Outputs.of(
                IntStream.range(range.from(), range.to())
                        .mapToObj(output -> training.outputs().label(task, output))
                        .toList(),
                scores.length / count);
        for (int start = 0; start < scores.length; start += count) {
            Softmax.probabilities(scores, start, new OutputRange(0, count), likely.probabilities(), start);
        }
        return likely;
    }

    /** How what is held out of the tasks of a phase is answered. */
    ValidationScore validate(Phase phase, List<Examples> heldOut) {
        if (sequence.isRegression()) {
            return validateNumbers(phase, heldOut);
        }
        OutputLayout outputs = training.outputs();
        int correct = 0;
        int examples = 0;
        double[] loss = {0};
        for (int task = phase.first(); task <= phase.last(); task++) {
            OutputRange range = outputs.testing(task, phase.last() + 1);
            correct += ask(
                    task,
                    range,
                    heldOut.get(task),
                    (asked, scores, row) -> loss[0] += Softmax.crossEntropy(
                            scores, row * outputs.count(), range.from(), range.to(), asked.target(row)));
            examples += heldOut.get(task).size();
        }
        return new ValidationScore(correct, examples, loss[0] / examples);
    }

    private ValidationScore validateNumbers(Phase phase, List<Examples> heldOut) {
        double squares = 0;
        int examples = 0;
        for (int task = phase.first(); task <= phase.last(); task++) {
            squares += predicted(task, heldOut.get(task)).squares();
            examples += heldOut.get(task).size();
        }
        return ValidationScore.ofNumbers(examples, squares / examples);
    }

    /** Asks the network while it learns the task before {@code learned}, of which those of earlier runs are some. */
    InterimModel interim(int learned) {
        return new Interim(learned);
    }

    private final class Interim implements InterimModel {
        private final int learned;

        Interim(int learned) {
            this.learned = learned;
        }

        @Override
        public boolean answers(int task) {
            return sequence.tasks().get(task).isTested() && !sequence.isRegression();
        }

        @Override
        public Answers ask(int task, int examples) {
            Examples sample = sample(task, examples);
            int correct = correct(task, range(task), sample);
            return new Answers(correct, sample.size());
        }

        @Override
        public float[][] features(int task, int examples) {
            int last = training.network().hiddenBlocks().size() - 1;
            int values = training.network().values(last);
            List<float[]> features = new ArrayList<>();
            AskedNetwork.this.ask(
                    task,
                    range(task),
                    sample(task, examples),
                    (asked, scores, row) -> features.add(
                            Arrays.copyOfRange(training.network().hidden(last), row * values, (row + 1) * values)));
            return features.toArray(float[][]::new);
        }

        private OutputRange range(int task) {
            return training.outputs().testing(task, learned);
        }

        private Examples sample(int task, int examples) {
            return InterimModel.spread(sequence.tasks().get(task).test(), examples);
        }
    }

    /** How many examples of a task are answered right by the outputs that compete. */
    int correct(int task, OutputRange range, Examples examples) {
        return ask(task, range, examples, (asked, scores, row) -> {});
    }

    /** Told of an example that was asked for. */
    private interface Asked {
        void answered(Batch asked, float[] scores, int row);
    }

    private int ask(int task, OutputRange range, Examples examples, Asked listening) {
        OutputLayout outputs = training.outputs();
        int[] correct = {0};
        TaskFeed feed =
                new TaskFeed(new Examples[] {examples}, new int[] {task}, sequence.normalisation(), outputs, testBatch);
        feed.forEachBatch(testBatch.capacity(), asked -> {
            float[] scores = learner.scores(asked, task);
            for (int row = 0; row < asked.size(); row++) {
                correct[0] += range.largest(scores, row * outputs.count()) == asked.target(row) ? 1 : 0;
                listening.answered(asked, scores, row);
            }
        });
        return correct[0];
    }
}
