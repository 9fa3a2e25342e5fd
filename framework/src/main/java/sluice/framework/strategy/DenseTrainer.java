package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.account.LayerAccount;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.loss.Softmax;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.plain.Batch;
import sluice.framework.result.DivergedException;
import sluice.framework.result.InterimModel;
import sluice.framework.result.StrategyResult;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.gating.Progress;
import sluice.tasks.Examples;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputRange;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** One training of a {@link DenseStrategy}: deals out batches, evaluates every task after every task, keeps the account. */
final class DenseTrainer {
    private static final int EVALUATED_AT_ONCE = 256;

    private final DenseStrategy strategy;
    private final TaskSequence sequence;
    private final Setup setup;
    private final TrainingListener listener;
    private final Stopwatch evaluating = Stopwatch.createUnstarted();
    private final Batch batch;
    private final Batch testBatch;

    DenseTrainer(DenseStrategy strategy, TaskSequence sequence, Setup setup, TrainingListener listener) {
        checkArgument(
                strategy.scenarios().contains(sequence.scenario()),
                "strategy %s cannot serve the %s-incremental scenario",
                strategy.name(),
                sequence.scenario());
        strategy.check(sequence);
        this.strategy = strategy;
        this.sequence = sequence;
        this.setup = setup;
        this.listener = listener;
        int size = setup.training().batchSize();
        this.batch = new Batch(size + strategy.extraRows(size), sequence.features());
        this.testBatch = new Batch(EVALUATED_AT_ONCE, sequence.features());
    }

    StrategyResult train() {
        int rows = Math.max(batch.capacity(), EVALUATED_AT_ONCE);
        try (Lanes lanes = Lanes.start(setup.threads());
                DenseTraining training = new DenseTraining(sequence, setup, rows, lanes)) {
            TaskLearner learner = strategy.begin(training);
            RandomGenerator shuffling = new RandomStreams(setup.seed()).stream("shuffling");
            AccuracyMatrix matrix = AccuracyMatrix.empty(strategy.name(), setup.seed(), sequence.names());
            matrix = evaluate(learner, training, matrix, 0);
            List<TaskSummary> summaries = new ArrayList<>();
            for (Phase phase : Phase.of(strategy.curriculum(), sequence, setup.training())) {
                TaskSummary summary = learn(learner, training, task(phase), shuffling);
                summaries.add(summary);
                listener.taskConsolidated(summary);
                matrix = evaluate(learner, training, matrix, phase.last() + 1);
            }
            return new StrategyResult(
                    matrix,
                    ImmutableList.copyOf(summaries),
                    evaluating.elapsed(TimeUnit.NANOSECONDS) / 1e9,
                    learner.memoryBytes());
        }
    }

    private LearnedTask task(Phase phase) {
        int[] tasks = IntStream.rangeClosed(phase.first(), phase.last()).toArray();
        Examples[] parts = IntStream.of(tasks)
                .mapToObj(t -> sequence.tasks().get(t).train())
                .toArray(Examples[]::new);
        TaskFeed feed = new TaskFeed(parts, tasks, sequence.normalisation(), OutputLayout.of(sequence), batch);
        return new LearnedTask(phase.last(), phase.steps(), setup.training().batchSize(), feed);
    }

    private TaskSummary learn(
            TaskLearner learner, DenseTraining training, LearnedTask learned, RandomGenerator shuffling) {
        String name = sequence.tasks().get(learned.index()).name();
        listener.taskStarted(name, learned.index() + 1, learned.steps());
        Stopwatch watch = Stopwatch.createStarted();
        InterimNetwork interim = new InterimNetwork(
                learner, training, new Interim(learner, training, learned.index() + 1), watch, evaluating);
        long examples = 0;
        training.begin(learned.index());
        learner.begin(learned);
        TrainingPlan plan = TrainingPlan.ofSteps(learned.steps(), learned.stepsPerPass());
        tellBetween(0, interim);
        long steps = 0;
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            for (Progress progress : plan.progress(epoch)) {
                Batch next = learned.next(shuffling);
                examples += next.size();
                training.beginStep(progress);
                double loss = learner.step(next);
                if (!Double.isFinite(loss)) {
                    throw new DivergedException(name, epoch + 1, progress.step() + 1, loss);
                }
                listener.stepDone(epoch + 1, loss, training.accuracy());
                steps++;
                if (steps < learned.steps()) {
                    tellBetween(steps, interim);
                }
            }
        }
        learner.end(learned);
        ImmutableList<LayerAccount> account = interim.end(examples);
        tellBetween(steps, interim);
        return new TaskSummary(
                name,
                setup.hidden(),
                learned.steps(),
                watch.elapsed(TimeUnit.NANOSECONDS) / 1e9,
                account,
                "",
                Optional.empty(),
                0);
    }

    /** Where all tasks are learned at once, none is there that another could harm. */
    private void tellBetween(long steps, InterimNetwork interim) {
        if (strategy.curriculum() != DenseStrategy.Curriculum.JOINT) {
            interim.moved();
            listener.betweenSteps(steps, interim);
        }
    }

    /** Fills the row after so many tasks: every cell by asking of all test examples. */
    private AccuracyMatrix evaluate(TaskLearner learner, DenseTraining training, AccuracyMatrix matrix, int row) {
        evaluating.start();
        AccuracyMatrix filled = matrix;
        for (int j = 0; j < sequence.tasks().size(); j++) {
            Task task = sequence.tasks().get(j);
            int correct = correct(learner, training.outputs(), j, row);
            filled = filled.with(row, j + 1, correct, task.test().size());
        }
        evaluating.stop();
        listener.rowEvaluated(filled, row);
        return filled;
    }

    private int correct(TaskLearner learner, OutputLayout outputs, int task, int learned) {
        TestAnswers answers = TestAnswers.of(sequence.tasks().get(task));
        OutputRange range = outputs.testing(task, learned);
        int[] asks = {0};
        int correct = ask(learner, outputs, task, range, answers.task().test(), (asked, scores, row) -> {
            int start = row * outputs.count();
            answers.answers()[asks[0]] = outputs.label(task, range.largest(scores, start));
            answers.probabilities()[asks[0]++] =
                    (float) Softmax.probability(scores, start, range.from(), range.to(), asked.target(row));
        });
        if (learned == sequence.tasks().size()) {
            listener.answered(answers);
        }
        return correct;
    }

    /** Asks a network that is learning the task before {@code learned}. */
    private final class Interim implements InterimModel {
        private final TaskLearner learner;
        private final DenseTraining training;
        private final int learned;

        Interim(TaskLearner learner, DenseTraining training, int learned) {
            this.learner = learner;
            this.training = training;
            this.learned = learned;
        }

        @Override
        public boolean answers(int task) {
            return true;
        }

        @Override
        public Answers ask(int task, int examples) {
            Examples sample = sample(task, examples);
            OutputRange range = training.outputs().testing(task, learned);
            int correct =
                    DenseTrainer.this.ask(learner, training.outputs(), task, range, sample, (asked, scores, row) -> {});
            return new Answers(correct, sample.size());
        }

        @Override
        public float[][] features(int task, int examples) {
            Examples sample = sample(task, examples);
            int last = training.network().hiddenBlocks().size() - 1;
            int units = setup.hidden().get(last);
            List<float[]> features = new ArrayList<>();
            OutputRange range = training.outputs().testing(task, learned);
            DenseTrainer.this.ask(
                    learner,
                    training.outputs(),
                    task,
                    range,
                    sample,
                    (asked, scores, row) -> features.add(
                            Arrays.copyOfRange(training.network().hidden(last), row * units, (row + 1) * units)));
            return features.toArray(float[][]::new);
        }

        private Examples sample(int task, int examples) {
            return InterimModel.spread(sequence.tasks().get(task).test(), examples);
        }
    }

    /** Told of an example that was asked for. */
    private interface Asked {
        void answered(Batch asked, float[] scores, int row);
    }

    /** How many examples of a task are answered right by the outputs that compete. */
    private int ask(
            TaskLearner learner,
            OutputLayout outputs,
            int task,
            OutputRange range,
            Examples examples,
            Asked listening) {
        int[] correct = {0};
        TaskFeed feed =
                new TaskFeed(new Examples[] {examples}, new int[] {task}, sequence.normalisation(), outputs, testBatch);
        feed.forEachBatch(EVALUATED_AT_ONCE, asked -> {
            float[] scores = learner.scores(asked, task);
            for (int row = 0; row < asked.size(); row++) {
                correct[0] += range.largest(scores, row * outputs.count()) == asked.target(row) ? 1 : 0;
                listening.answered(asked, scores, row);
            }
        });
        return correct[0];
    }
}
