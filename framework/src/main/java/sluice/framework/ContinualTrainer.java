package sluice.framework;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.account.BudgetKept;
import sluice.framework.account.LayerCapacity;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.step.TaskTraining;
import sluice.framework.layer.DenseLayer;
import sluice.framework.layer.InputShape;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.network.Retention;
import sluice.framework.network.RetentionException;
import sluice.framework.network.TaskProvenance;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.Hardening;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.gating.Progress;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Teaches a gated network the tasks of a sequence, one after another: train weights, head and gates of a task on its own
 * examples, fix the units that its gates open, freeze what they use, go on. No example of an earlier task is seen again
 * in training; every task is evaluated again after every task.
 *
 * @param gates how gates are drawn and learned
 * @param training how weights are learned
 * @param threads threads that a step is shared out over, in [1, 256]; the bits of the result depend on it
 * @param growth when hidden layers are widened
 * @param evaluation which cells of the accuracy matrix are measured
 */
public record ContinualTrainer(
        GateSettings gates, TrainingSettings training, int threads, Growth growth, Evaluation evaluation) {
    /** The name of this way of learning in matrices and reports. */
    public static final String STRATEGY = "gates";

    /** Checks the range. */
    public ContinualTrainer {
        Lanes.checkCount(threads);
        checkNotNull(growth, "growth");
        checkNotNull(evaluation, "evaluation");
    }

    /** A trainer with the defaults of {@link GateSettings#DEFAULT} and {@link TrainingSettings#DEFAULT}. */
    public ContinualTrainer() {
        this(GateSettings.DEFAULT, TrainingSettings.DEFAULT);
    }

    /**
     * A trainer that uses OPENBLAS_NUM_THREADS threads where the environment has it, else one per physical core.
     *
     * @param gates how gates are drawn and learned
     * @param training how weights are learned
     */
    public ContinualTrainer(GateSettings gates, TrainingSettings training) {
        this(gates, training, Lanes.usualCount());
    }

    /**
     * A trainer of a network of fixed width, which measures every task after every task.
     *
     * @param gates how gates are drawn and learned
     * @param training how weights are learned
     * @param threads threads that a step is shared out over, in [1, 256]; the bits of the result depend on it
     */
    public ContinualTrainer(GateSettings gates, TrainingSettings training, int threads) {
        this(gates, training, threads, Growth.NONE, Evaluation.ALL);
    }

    /**
     * @param other when hidden layers are widened
     * @return this trainer with it
     */
    public ContinualTrainer withGrowth(Growth other) {
        return new ContinualTrainer(gates, training, threads, other, evaluation);
    }

    /**
     * @param other which cells of the accuracy matrix are measured
     * @return this trainer with it
     */
    public ContinualTrainer withEvaluation(Evaluation other) {
        return new ContinualTrainer(gates, training, threads, growth, other);
    }

    /**
     * Trains, silently.
     *
     * @param network taught in place; may have learned other tasks before
     * @param sequence the tasks, with names that the network does not know yet and its number of features
     * @return the network and the accuracy matrix
     * @throws DivergedException if the loss becomes NaN or infinite
     * @throws IllegalArgumentException if network and sequence do not fit each other
     */
    public ContinualResult train(GatedNetwork network, TaskSequence sequence) {
        return train(network, sequence, TrainingListener.SILENT);
    }

    /**
     * Trains and tells a listener.
     *
     * @param network taught in place; may have learned other tasks before
     * @param sequence the tasks, with names that the network does not know yet and its number of features
     * @param listener told of progress
     * @return the network and the accuracy matrix
     * @throws DivergedException if the loss becomes NaN or infinite; the network is then as it was before that task
     * @throws TrainingStoppedException if the listener throws a CancellationException after a task was learned; the network is
     *     then as it was before the task that was not
     * @throws RetentionException if something frozen moved, which would be a bug
     * @throws IllegalArgumentException if network and sequence do not fit each other
     */
    public ContinualResult train(GatedNetwork network, TaskSequence sequence, TrainingListener listener) {
        checkFit(network, sequence);
        int known = network.learned();
        Retention retention = new Retention(network);
        ImmutableList.Builder<TaskSummary> summaries = ImmutableList.builder();
        AccuracyMatrix matrix = AccuracyMatrix.empty(STRATEGY, network.seed(), sequence.names());
        try (Lanes lanes = Lanes.start(threads)) {
            Evaluator evaluator = new Evaluator(network, sequence, gates, evaluation, lanes, listener);
            try {
                ImmutableList<Integer> grown = grow(network, sequence, retention, listener);
                matrix = evaluator.evaluate(matrix, 0);
                listener.rowEvaluated(matrix, 0);
                for (int t = 0; t < sequence.tasks().size(); t++) {
                    TaskSummary summary =
                            learn(network, sequence, t, known + t, retention, grown, evaluator, lanes, listener);
                    summaries.add(summary);
                    listener.taskConsolidated(summary);
                    if (t + 1 < sequence.tasks().size()) {
                        grown = grow(network, sequence, retention, listener);
                    }
                    matrix = evaluator.evaluate(matrix, t + 1);
                    listener.rowEvaluated(matrix, t + 1);
                }
                return new ContinualResult(network, matrix, summaries.build(), evaluator.seconds());
            } catch (CancellationException stopped) {
                ImmutableList<TaskSummary> learned = summaries.build();
                if (learned.isEmpty()) {
                    throw stopped;
                }
                throw new TrainingStoppedException(
                        new ContinualResult(network, matrix, learned, evaluator.seconds()), stopped);
            }
        }
    }

    private void checkFit(GatedNetwork network, TaskSequence sequence) {
        checkArgument(
                sequence.scenario() == Scenario.TASK,
                "a gated network has a head per task and must be told the task, sequence %s has scenario %s",
                sequence.name(),
                sequence.scenario());
        InputShape.check(network.layers().get(0), sequence.shape());
        checkArgument(
                network.normalisation().equals(sequence.normalisation()),
                "the network normalises by %s, the sequence by %s",
                network.normalisation(),
                sequence.normalisation());
        for (int units : network.hidden()) {
            checkArgument(
                    gates.groups() <= units, "a layer of %s units cannot lie in %s groups", units, gates.groups());
            checkArgument(
                    gates.budget().limit(units) >= 1,
                    "a layer of %s units has none open with a budget of %s: make it wider, or the budget larger",
                    units,
                    gates.budget());
        }
        for (String name : sequence.names()) {
            checkArgument(!network.tasks().contains(name), "the network has learned task %s already", name);
        }
    }

    /** Widens layers for the next task, and proves that no earlier one noticed. */
    private ImmutableList<Integer> grow(
            GatedNetwork network, TaskSequence sequence, Retention retention, TrainingListener listener) {
        if (growth.equals(Growth.NONE)) {
            return ImmutableList.of();
        }
        List<Integer> before = network.hidden();
        ImmutableList<Integer> wider = growth.widths(network.capacity());
        network.grow(wider);
        network.renewUnused();
        retention.verify();
        if (wider.equals(before)) {
            return ImmutableList.of();
        }
        listener.networkGrown(before, wider);
        TrainingWarnings.ofAbsurdGrowth(network, before, sequence.features(), listener);
        return IntStream.range(0, wider.size())
                .mapToObj(l -> wider.get(l) - before.get(l))
                .collect(ImmutableList.toImmutableList());
    }

    private TaskSummary learn(
            GatedNetwork network,
            TaskSequence sequence,
            int index,
            int position,
            Retention retention,
            ImmutableList<Integer> grown,
            Evaluator evaluator,
            Lanes lanes,
            TrainingListener listener) {
        Task task = sequence.tasks().get(index);
        TrainingWarnings.ofFullLayers(network, sequence, index, listener);
        TaskState state = network.initialState(task, gates, position);
        List<DenseLayer> before =
                network.layers().stream().map(DenseLayer::copy).toList();
        try (TaskTraining running = new TaskTraining(
                network.layers(),
                state,
                network.consolidated(),
                task.train(),
                network.normalisation(),
                gates,
                training,
                new RandomStreams(network.seed()),
                position,
                lanes)) {
            listener.taskStarted(task.name(), index + 1, running.plan().steps());
            Stopwatch watch = Stopwatch.createStarted();
            InterimModel interim = evaluator.interim(state, running, watch);
            runEpochs(running, task, interim, listener);
            running.writeBack();
            double seconds = watch.elapsed(TimeUnit.NANOSECONDS) / 1e9;
            Subnetwork subnetwork = gates.subnetwork(state.logits(), network.consolidated());
            checkFinite(network, state, subnetwork, task, running.plan());
            Optional<Hardening> hardening = harden(network, state, subnetwork, task, running.progress(), lanes);
            TrainingWarnings.ofHardening(task, hardening, listener);
            network.consolidate(ConsolidatedTask.of(state, subnetwork, counts(state, running.progress())), subnetwork);
            TaskProvenance.note(network, sequence, task);
            TrainingWarnings.ofClosedLayers(network, task, listener);
            TrainingWarnings.ofUndecidedGates(network, task, gates, listener);
            long unchanged = retention.verify();
            String digest = retention.record(task);
            listener.betweenSteps(running.steps(), interim);
            return new TaskSummary(
                    task.name(),
                    openUnits(network.subnetwork(task.name())),
                    running.steps(),
                    seconds,
                    running.account(),
                    digest,
                    hardening,
                    unchanged,
                    grown,
                    capacity(network, state, running));
        } catch (DivergedException | CancellationException unfinished) {
            for (int l = 0; l < before.size(); l++) {
                network.layers().get(l).set(before.get(l));
            }
            throw unfinished;
        }
    }

    private ImmutableList<ConsolidatedTask.GateCount> counts(TaskState state, Progress end) {
        double slope = gates.slope().at(end);
        return state.logits().stream()
                .map(logits -> gates.count(logits, slope))
                .collect(ImmutableList.toImmutableList());
    }

    /** What the task took, and how its budget was kept. */
    private ImmutableList<LayerCapacity> capacity(GatedNetwork network, TaskState state, TaskTraining running) {
        double slope = gates.slope().at(running.progress());
        ImmutableList<LayerCapacity> taken = Streams.zip(
                        network.capacity().tasks().get(state.name()).stream(),
                        state.logits().stream(),
                        (layer, logits) -> layer.with(gates.histogram(logits, slope)))
                .collect(ImmutableList.toImmutableList());
        if (!gates.budget().limits()) {
            return taken;
        }
        Subnetwork wanted =
                gates.reuse().allowed(state.subnetwork(), network.consolidated().without(state.name()));
        return IntStream.range(0, taken.size())
                .mapToObj(l -> taken.get(l)
                        .with(new BudgetKept(
                                gates.budget().share(),
                                gates.budget().limit(taken.get(l).units()),
                                running.budget(l).expected(),
                                wanted.layers().get(l).size(),
                                running.budget(l).lambda())))
                .collect(ImmutableList.toImmutableList());
    }

    /** The accuracy before and after relaxed gates become binary. */
    private Optional<Hardening> harden(
            GatedNetwork network, TaskState state, Subnetwork subnetwork, Task task, Progress end, Lanes lanes) {
        if (!gates.relaxed()) {
            return Optional.empty();
        }
        double slope = gates.slope().at(end);
        List<double[]> values = state.logits().stream()
                .map(logits -> gates.testValues(logits, slope))
                .toList();
        float[] relaxed = network.relaxedLogits(state, values, task.test(), lanes);
        float[] binary = network.freshLogits(state, subnetwork, task.test(), lanes);
        double examples = task.test().size();
        return Optional.of(
                new Hardening(Evaluator.correct(relaxed, task) / examples, Evaluator.correct(binary, task) / examples));
    }

    /** The loss of a step is that before its update: the last update shows in the outputs only. */
    private static void checkFinite(
            GatedNetwork network, TaskState state, Subnetwork subnetwork, Task task, TrainingPlan plan) {
        boolean finite = state.logits().stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
        float[] outputs =
                finite ? network.freshLogits(state, subnetwork, Retention.sample(task.train())) : new float[0];
        for (float output : outputs) {
            finite &= Float.isFinite(output);
        }
        if (!finite) {
            throw new DivergedException(task.name(), plan.epochs(), plan.lastSteps(), Double.NaN);
        }
    }

    private static void runEpochs(TaskTraining running, Task task, InterimModel interim, TrainingListener listener) {
        TrainingPlan plan = running.plan();
        listener.betweenSteps(0, interim);
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            running.beginEpoch(epoch);
            for (int step = 0; step < plan.steps(epoch); step++) {
                double loss = running.step(step);
                if (!Double.isFinite(loss)) {
                    throw new DivergedException(task.name(), epoch + 1, step + 1, loss);
                }
                listener.stepDone(epoch + 1, loss, running.accuracy());
                if (running.steps() < plan.steps()) {
                    listener.betweenSteps(running.steps(), interim);
                }
            }
        }
    }

    private static ImmutableList<Integer> openUnits(Subnetwork subnetwork) {
        return subnetwork.layers().stream().map(UnitSet::size).collect(ImmutableList.toImmutableList());
    }
}
