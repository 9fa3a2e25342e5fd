package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.DivergedException;
import sluice.framework.LayerAccount;
import sluice.framework.RandomStreams;
import sluice.framework.StrategyResult;
import sluice.framework.TaskSummary;
import sluice.framework.TestAnswers;
import sluice.framework.TrainingListener;
import sluice.framework.TrainingPlan;
import sluice.framework.dense.Batch;
import sluice.framework.dense.Softmax;
import sluice.framework.kernel.Lanes;
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
        training.takeAccount(0);
        long examples = 0;
        training.begin(learned.index());
        learner.begin(learned);
        TrainingPlan plan = TrainingPlan.ofSteps(learned.steps(), learned.stepsPerPass());
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
            }
        }
        learner.end(learned);
        ImmutableList<LayerAccount> account = training.takeAccount(examples);
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
        OutputRange range = outputs.testing(task, learned);
        int[] correct = {0};
        int[] asks = {0};
        TestAnswers answers = TestAnswers.of(sequence.tasks().get(task));
        TaskFeed feed = new TaskFeed(
                new Examples[] {answers.task().test()}, new int[] {task}, sequence.normalisation(), outputs, testBatch);
        feed.forEachBatch(EVALUATED_AT_ONCE, asked -> {
            float[] scores = learner.scores(asked, task);
            for (int row = 0; row < asked.size(); row++, asks[0]++) {
                int start = row * outputs.count();
                int answer = range.largest(scores, start);
                correct[0] += answer == asked.target(row) ? 1 : 0;
                answers.answers()[asks[0]] = outputs.label(task, answer);
                answers.probabilities()[asks[0]] =
                        (float) Softmax.probability(scores, start, range.from(), range.to(), asked.target(row));
            }
        });
        if (learned == sequence.tasks().size()) {
            listener.answered(answers);
        }
        return correct[0];
    }
}
