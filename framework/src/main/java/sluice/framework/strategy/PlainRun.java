package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
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
import sluice.framework.network.NetworkShape;
import sluice.framework.network.TaskProvenance;
import sluice.framework.optimizer.Validation;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.PlainAnswers;
import sluice.framework.plain.PlainModel;
import sluice.framework.result.LearningStoppedException;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.ValidationScore;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.OutputLayout;
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
    /** Asks for examples of its tasks. */
    final AskedNetwork asked;

    private final Optional<LearnedBefore> before;
    private final boolean mayRollBack;
    private boolean gone;

    private PlainRun(
            PlainStrategy strategy,
            TaskSequence all,
            Optional<LearnedBefore> before,
            Setup setup,
            PlainTraining training,
            boolean mayRollBack) {
        this.mayRollBack = mayRollBack;
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
        training.weigh(LossWeights.of(setup.training().classWeights(), sequence, first, training.outputs()));
        this.learner = strategy.begin(training);
        this.shuffling = new RandomStreams(setup.seed()).stream("shuffling");
        this.curriculum = strategy.curriculum();
        this.phases = Phase.of(curriculum, sequence, setup.training());
        this.batch = batch(strategy, setup, sequence);
        this.asked = new AskedNetwork(
                sequence, training, learner, new Batch(evaluatedAtOnce(setup, sequence), sequence.features()));
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
        checkNumbers(strategy, sequence);
        strategy.check(sequence);
        setup.training().classWeights().check(sequence);
        before.ifPresent(known -> known.tell(listener, named(strategy)));
        int rows = Math.max(batch(strategy, setup, sequence).capacity(), evaluatedAtOnce(setup, sequence));
        boolean keeps = keepsLearner(strategy, checkpoints) && !sequence.isRegression();
        try (Lanes lanes = Lanes.start(setup.threads());
                PlainTraining training = new PlainTraining(sequence, setup, rows, lanes, keeps)) {
            PlainRun run = new PlainRun(
                    strategy,
                    sequence,
                    before,
                    setup,
                    training,
                    listener.control().isPresent());
            run.takeUp();
            AccuracyMatrix empty = AccuracyMatrix.empty(strategy.name(), setup.seed(), next.names());
            TrainingLoop loop = new TrainingLoop(empty, next, run, listener);
            run.learn(loop, checkpoints);
            return run.result(strategy, loop, keeps);
        }
    }

    /** {@link RegressionStrategies} says which do: here nobody may know all strategies. */
    private static void checkNumbers(PlainStrategy strategy, TaskSequence sequence) {
        if (sequence.isRegression()
                && !strategy.inScenario(sequence.scenario()).traits().takes(StrategyTraits.Setting.REGRESSION)) {
            throw new InputException(
                    "%s tells classes apart, and these tasks predict numbers: choose another strategy, such as er"
                            .formatted(strategy.name()));
        }
    }

    private static Batch batch(PlainStrategy strategy, Setup setup, TaskSequence sequence) {
        int size = setup.training().batchSize();
        return new Batch(size + strategy.extraRows(size), sequence.features());
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
            throw before.<CancellationException>map(known -> new LearningStoppedException(
                            known.with(loop.results().matrix()), stopped))
                    .orElse(stopped);
        }
    }

    private StrategyResult result(PlainStrategy strategy, TrainingLoop loop, boolean keepsLearner) {
        // a model may have other parameters than what learns on
        int taughtTasks = loop.results().learned().isEmpty()
                ? first
                : phases.get(first + loop.results().learned().size() - 1).last() + 1;
        Optional<TaughtLearner> taught = keepsLearner
                        && learner.keepsState()
                        && taughtTasks == sequence.tasks().size()
                ? Optional.of(TaughtLearner.of(
                        named(strategy),
                        setup,
                        shape(setup, sequence),
                        sequence,
                        provenance(taughtTasks),
                        Snapshot.of(this::remembered)))
                : Optional.empty();
        return new StrategyResult(
                before.map(known -> known.with(loop.results().matrix()))
                        .orElse(loop.results().matrix()),
                Optional.of(loop.results().errors()).filter(errors -> sequence.isRegression()),
                loop.results().learned(),
                loop.results().evaluationSeconds(),
                learner.memoryBytes(),
                taughtTasks == 0 || gone ? Optional.empty() : learner.capacity(taughtTasks),
                taughtTasks == 0 || gone
                        ? Optional.empty()
                        : learner.answering().map(answering -> model(strategy.name(), answering, taughtTasks)),
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

    /** As it answers after so many tasks. */
    private PlainModel model(String strategy, Answering answering, int known) {
        ImmutableList<PlainModel.KnownTask> all = sequence.tasks().stream()
                .map(task -> new PlainModel.KnownTask(task.name(), task.classes()))
                .collect(ImmutableList.toImmutableList());
        return new PlainModel(
                strategy,
                sequence.scenario(),
                setup.seed(),
                shape(setup, sequence),
                sequence.normalisation(),
                all.subList(0, known),
                all.subList(known, all.size()),
                training.network().parameters().clone(),
                answering,
                provenance(known));
    }

    private ImmutableMap<String, String> provenance(int known) {
        if (before.isPresent()) {
            return before.get().provenance(sequence);
        }
        ImmutableMap.Builder<String, String> provenance = ImmutableMap.builder();
        sequence.tasks().subList(0, known).forEach(task -> provenance.putAll(TaskProvenance.of(sequence, task)));
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

    @Override
    public boolean endsBetweenSteps() {
        return true;
    }

    /** All that is remembered now, if it may be wanted back. */
    Optional<Snapshot> keptBefore() {
        return mayRollBack && learner.keepsState() ? Optional.of(Snapshot.of(this::remembered)) : Optional.empty();
    }

    /** What was learned since is not there any more; nor what was learned before, where that was not kept. */
    void backTo(Optional<Snapshot> before) {
        gone = before.isEmpty();
        before.ifPresent(then -> {
            training.begin(Math.max(0, training.task() - 1));
            then.restore(this::remembered);
        });
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
                    task -> asked.correct(
                            task,
                            training.outputs().testing(task, first + row),
                            sequence.tasks().get(task).test())));
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

    /** Passes without a better answer to held-out examples after which a stretch ends; empty where none are held out. */
    OptionalInt patience() {
        return validation.stream().mapToInt(Validation::patience).findFirst();
    }

    /** How what is held out of the tasks of a phase is answered. */
    ValidationScore validate(Phase phase) {
        return asked.validate(phase, heldOut);
    }

    @Override
    public Tested test(int row, int place) {
        return asked.test(first + place, first + row);
    }
}
