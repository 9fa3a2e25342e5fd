package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.loop.HeldOut;
import sluice.framework.internal.loop.SequenceRun;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.loop.Tested;
import sluice.framework.internal.loop.TrainingLoop;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.loss.Softmax;
import sluice.framework.network.NetworkShape;
import sluice.framework.network.TaskProvenance;
import sluice.framework.optimizer.Validation;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.PlainAnswers;
import sluice.framework.plain.PlainModel;
import sluice.framework.result.InterimModel;
import sluice.framework.result.LearningStoppedException;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.ValidationScore;
import sluice.tasks.Examples;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputRange;
import sluice.tasks.TaskSequence;

/** One training of a {@link PlainStrategy}: deals out the tasks of each phase, and answers test examples. */
final class PlainRun implements SequenceRun {
    /** All tasks, those of earlier runs first, without what is held out of them. */
    final TaskSequence sequence;

    private final ImmutableList<Examples> heldOut;
    private final Optional<Validation> validation;
    /** How many of them were learned in earlier runs. */
    final int first;

    final Setup setup;
    final PlainTraining training;
    final TaskLearner learner;
    final RandomGenerator shuffling;
    private final Curriculum curriculum;
    private final ImmutableList<Phase> phases;
    private final Batch batch;
    private final Batch testBatch;
    private final Optional<LearnedBefore> before;

    private PlainRun(
            PlainStrategy strategy,
            TaskSequence all,
            Optional<LearnedBefore> before,
            Setup setup,
            PlainTraining training,
            Batch batch) {
        this.before = before;
        this.first = before.map(LearnedBefore::tasks).orElse(0);
        this.setup = setup;
        this.validation = setup.training()
                .validation()
                .filter(held -> strategy.traits().takes(StrategyTraits.Setting.VALIDATION));
        Optional<HeldOut> held = validation.map(part -> HeldOut.of(
                all, part.share(), first, task -> new RandomStreams(setup.seed()).stream(HeldOut.STREAM, task)));
        this.sequence = held.map(HeldOut::training).orElse(all);
        this.heldOut = held.map(HeldOut::examples).orElse(ImmutableList.of());
        this.training = training;
        this.learner = strategy.begin(training);
        this.shuffling = new RandomStreams(setup.seed()).stream("shuffling");
        this.curriculum = strategy.curriculum();
        this.phases = Phase.of(curriculum, sequence, setup.training());
        this.batch = batch;
        this.testBatch = new Batch(evaluatedAtOnce(setup, sequence), sequence.features());
    }

    static StrategyResult train(
            PlainStrategy strategy,
            TaskSequence next,
            Setup setup,
            Optional<PriorLearner> prior,
            TrainingListener listener,
            Checkpoints checkpoints) {
        checkArgument(
                strategy.scenarios().contains(next.scenario()),
                "strategy %s cannot serve the %s-incremental scenario",
                strategy.name(),
                next.scenario());
        Optional<LearnedBefore> before = prior.map(LearnedBefore::new);
        TaskSequence sequence = before.map(known -> known.with(next)).orElse(next);
        strategy.check(sequence);
        before.ifPresent(known -> known.tell(listener, named(strategy)));
        int size = setup.training().batchSize();
        Batch batch = new Batch(size + strategy.extraRows(size), sequence.features());
        int rows = Math.max(batch.capacity(), evaluatedAtOnce(setup, sequence));
        boolean keeps = keepsLearner(strategy, checkpoints);
        try (Lanes lanes = Lanes.start(setup.threads());
                PlainTraining training = new PlainTraining(sequence, setup, rows, lanes, keeps)) {
            PlainRun run = new PlainRun(strategy, sequence, before, setup, training, batch);
            run.takeUp();
            AccuracyMatrix empty = AccuracyMatrix.empty(strategy.name(), setup.seed(), next.names());
            TrainingLoop loop = new TrainingLoop(empty, next, run, listener);
            run.learn(loop, checkpoints);
            return run.result(strategy, loop, keeps);
        }
    }

    private static boolean keepsLearner(PlainStrategy strategy, Checkpoints checkpoints) {
        return checkpoints.keepsLearner()
                && strategy.learnsOn()
                && (strategy.keepsLearnerUnasked() || checkpoints.asksForLearner());
    }

    private void learn(TrainingLoop loop, Checkpoints checkpoints) {
        try {
            loop.run(checkpoints);
        } catch (CancellationException stopped) {
            throw before.<CancellationException>map(
                            known -> new LearningStoppedException(known.with(loop.matrix()), stopped))
                    .orElse(stopped);
        }
    }

    private StrategyResult result(PlainStrategy strategy, TrainingLoop loop, boolean keepsLearner) {
        // a model may have other parameters than what learns on
        Optional<TaughtLearner> taught = keepsLearner && learner.keepsState()
                ? Optional.of(TaughtLearner.of(
                        named(strategy),
                        setup,
                        shape(setup, sequence),
                        sequence,
                        provenance(),
                        Snapshot.of(this::remembered)))
                : Optional.empty();
        return new StrategyResult(
                before.map(known -> known.with(loop.matrix())).orElse(loop.matrix()),
                loop.learned(),
                loop.evaluationSeconds(),
                learner.memoryBytes(),
                learner.answering().map(answering -> model(strategy.name(), answering)),
                taught);
    }

    private static NamedSettings named(PlainStrategy strategy) {
        return new NamedSettings(strategy.name(), strategy.settings());
    }

    /** What earlier runs taught, if any did. */
    private void takeUp() {
        before.ifPresent(known -> {
            // what is remembered may be that of a task
            training.begin(first - 1);
            known.restore(this::remembered);
        });
    }

    /** Tells all that goes on with another run. */
    private void remembered(State state) {
        training.state(state.part("training"));
        learner.state(state.part("learner"));
        learner.drawn(state.part("drawn"));
        state.random("shuffling", shuffling);
    }

    private static NetworkShape shape(Setup setup, TaskSequence sequence) {
        return new NetworkShape(sequence.shape(), setup.layers());
    }

    private static int evaluatedAtOnce(Setup setup, TaskSequence sequence) {
        return PlainAnswers.atOnce(shape(setup, sequence));
    }

    private PlainModel model(String strategy, Answering answering) {
        return new PlainModel(
                strategy,
                sequence.scenario(),
                setup.seed(),
                shape(setup, sequence),
                sequence.normalisation(),
                sequence.tasks().stream()
                        .map(task -> new PlainModel.KnownTask(task.name(), task.classes()))
                        .collect(ImmutableList.toImmutableList()),
                training.network().parameters().clone(),
                answering,
                provenance());
    }

    private ImmutableMap<String, String> provenance() {
        if (before.isPresent()) {
            return before.get().provenance(sequence);
        }
        ImmutableMap.Builder<String, String> provenance = ImmutableMap.builder();
        sequence.tasks().forEach(task -> provenance.putAll(TaskProvenance.of(sequence, task)));
        return provenance.buildOrThrow();
    }

    @Override
    public int stretches() {
        return phases.size() - first;
    }

    @Override
    public boolean keepsState() {
        return learner.keepsState();
    }

    /** All state of what learns is told with the stretch, whose beginning may change it. */
    @Override
    public void state(State state, int stretch) {
        before.ifPresent(known -> known.state(state.part("before"), stretch));
    }

    @Override
    public void beforeRow(int row) {
        if (row > 0) {
            before.ifPresent(known -> known.ask(
                    row,
                    task -> ask(
                            task,
                            training.outputs().testing(task, first + row),
                            sequence.tasks().get(task).test(),
                            (asked, scores, at) -> {})));
        }
    }

    @Override
    public TaskRun begin(int stretch) {
        Phase phase = phases.get(first + stretch);
        int[] tasks = IntStream.rangeClosed(phase.first(), phase.last()).toArray();
        Examples[] parts = IntStream.of(tasks)
                .mapToObj(t -> sequence.tasks().get(t).train())
                .toArray(Examples[]::new);
        TaskFeed feed = new TaskFeed(parts, tasks, sequence.normalisation(), OutputLayout.of(sequence), batch);
        return new PlainTaskRun(
                this,
                phase,
                new LearnedTask(phase.last(), phase.steps(), setup.training().batchSize(), feed));
    }

    /** Where all tasks are learned at once, none is there that another could harm. */
    boolean isAskedBetweenSteps() {
        return curriculum != Curriculum.JOINT;
    }

    @Override
    public Tested test(int row, int place) {
        int task = first + place;
        OutputLayout outputs = training.outputs();
        TestAnswers answers = TestAnswers.of(sequence.tasks().get(task));
        OutputRange range = outputs.testing(task, first + row);
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

    /** Passes without a better answer to held-out examples after which a stretch ends; empty where none are held out. */
    OptionalInt patience() {
        return validation.stream().mapToInt(Validation::patience).findFirst();
    }

    /** How what is held out of the tasks of a phase is answered. */
    ValidationScore validate(Phase phase) {
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
            return true;
        }

        @Override
        public Answers ask(int task, int examples) {
            Examples sample = sample(task, examples);
            int correct = PlainRun.this.ask(task, range(task), sample, (asked, scores, row) -> {});
            return new Answers(correct, sample.size());
        }

        @Override
        public float[][] features(int task, int examples) {
            int last = training.network().hiddenBlocks().size() - 1;
            int values = training.network().values(last);
            List<float[]> features = new ArrayList<>();
            PlainRun.this.ask(
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

    /** Told of an example that was asked for. */
    private interface Asked {
        void answered(Batch asked, float[] scores, int row);
    }

    /** How many examples of a task are answered right by the outputs that compete. */
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
