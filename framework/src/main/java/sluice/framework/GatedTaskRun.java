package sluice.framework;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.framework.account.BudgetKept;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.LayerCapacity;
import sluice.framework.conditional.EarlyExits;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.internal.step.TaskExamples;
import sluice.framework.internal.step.TaskInNetwork;
import sluice.framework.internal.step.TaskTraining;
import sluice.framework.layer.Layer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.network.Retention;
import sluice.framework.network.TaskProvenance;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.Binarisation;
import sluice.framework.result.DivergedException;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.ValidationScore;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/** A gated network while it learns one task: weights, head and gates, until the subnetwork is fixed and frozen. */
final class GatedTaskRun implements TaskRun {
    private static final String HIDDEN = "hidden";

    private final GatedRun run;
    private final GatedNetwork network;
    private final GateSettings gates;
    private final int index;
    private final int position;
    private final ImmutableList<Integer> grown;
    private final Task task;
    private TaskState state;
    private final List<Layer> before;
    private final TaskTraining training;
    private Optional<EarlyExits.Trained> exits = Optional.empty();

    /**
     * @param index place of the task in the sequence, from 0
     * @param position place of the task in the network, from 0
     * @param grown units that were added to each layer before it
     */
    GatedTaskRun(GatedRun run, int index, int position, ImmutableList<Integer> grown) {
        this.run = run;
        this.network = run.network;
        this.gates = run.gates();
        this.index = index;
        this.position = position;
        this.grown = grown;
        this.task = run.sequence.tasks().get(index);
        this.state = network.parts().initialState(task, gates, position);
        this.before = network.parts().layers().stream().map(Layer::copy).toList();
        this.training = new TaskTraining(
                new TaskInNetwork(network.parts().layers(), state, network.consolidated()),
                new TaskExamples(task.train(), network.normalisation(), run.sequence.shape()),
                gates,
                run.trainer.training().weighted(task, run.sequence),
                new TaskStreams(new RandomStreams(network.seed()), position),
                run.lanes);
    }

    @Override
    public String task() {
        return task.name();
    }

    @Override
    public int position() {
        return index + 1;
    }

    @Override
    public TrainingPlan plan() {
        return training.plan();
    }

    @Override
    public Optional<InterimModel> interim() {
        return Optional.of(new InterimSubnetwork(network, run.sequence, gates, state, training, run.lanes));
    }

    @Override
    public void beginEpoch(int epoch) {
        training.beginEpoch(epoch);
    }

    @Override
    public double step(int step) {
        return training.step(step);
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    @Override
    public void state(State told) {
        training.state(told);
    }

    @Override
    public void continueEpoch(int epoch, int steps) {
        training.continueEpoch(epoch, steps - 1);
    }

    @Override
    public OptionalInt patience() {
        return run.patience();
    }

    @Override
    public ValidationScore validate() {
        Examples held = run.heldOut(index);
        training.writeBack();
        TaskState now = state.with(training.gaters());
        float[] logits = network.fresh().logits(now, subnetwork(), held, run.lanes);
        return GatedRun.score(logits, held, task);
    }

    /** With hidden layers, which checkpoints hold with the network. */
    @Override
    public Snapshot moment() {
        return Snapshot.of(told -> {
            state(told);
            layers(told.part(HIDDEN));
        });
    }

    @Override
    public void backTo(int pass, Snapshot then) {
        then.part(HIDDEN).restore(this::layers);
        training.backTo(pass, then);
    }

    private void layers(State told) {
        List<Layer> layers = network.parts().layers();
        for (int l = 0; l < layers.size(); l++) {
            told.floats("weights-" + (l + 1), layers.get(l).weights());
            told.floats("biases-" + (l + 1), layers.get(l).biases());
        }
    }

    @Override
    public double accuracy() {
        return training.accuracy();
    }

    @Override
    public void end() {
        training.writeBack();
        state = state.with(training.gaters());
        Subnetwork subnetwork = subnetwork();
        checkFinite(subnetwork);
        exits = run.trainer
                .exits()
                .map(early -> early.train(
                        run.sequence,
                        index,
                        run.trainer.training(),
                        new RandomStreams(network.seed())
                                .stream("exits", position).nextLong(),
                        examples -> network.fresh().say(state, subnetwork, examples),
                        run.listener));
        run.learned(index);
    }

    private Subnetwork subnetwork() {
        return gates.subnetwork(state.logits(), network.consolidated());
    }

    @Override
    public TaskSummary consolidate(double seconds) {
        Subnetwork subnetwork = subnetwork();
        Optional<Binarisation> hardening = harden(subnetwork);
        TrainingWarnings.ofHardening(task, hardening, run.listener);
        ConsolidatedTask consolidated =
                ConsolidatedTask.of(state, subnetwork, counts()).with(exits.map(EarlyExits.Trained::exits));
        // first, as others may ask for the task as soon as it is there
        network.parts().annotate(TaskProvenance.of(run.sequence, task));
        if (run.trainer.growth() instanceof Growth.Separate) {
            network.parts().consolidateSeparately(consolidated, subnetwork);
        } else {
            network.parts().consolidate(consolidated, subnetwork);
        }
        TrainingWarnings.ofClosedLayers(network, task, gates, run.listener);
        TrainingWarnings.ofUndecidedGates(network, task, gates, run.listener);
        boolean last = index == run.stretches() - 1;
        long unchanged = last ? run.retention().verifyAll() : run.retention().verify();
        String digest = run.retention().record(task);
        return new TaskSummary(
                task.name(),
                openUnits(),
                training.steps(),
                seconds,
                account(),
                digest,
                hardening,
                unchanged,
                grown,
                capacity(),
                Optional.empty());
    }

    private ImmutableList<LayerAccount> account() {
        return Stream.concat(training.account().stream(), exits.map(EarlyExits.Trained::account).stream())
                .collect(ImmutableList.toImmutableList());
    }

    /** The loss of a step is that before its update: the last update shows in the outputs only. */
    private void checkFinite(Subnetwork subnetwork) {
        boolean finite = state.logits().stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
        float[] outputs =
                finite ? network.fresh().logits(state, subnetwork, Retention.sample(task.train())) : new float[0];
        for (float output : outputs) {
            finite &= Float.isFinite(output);
        }
        if (!finite) {
            throw new DivergedException(task.name(), plan().epochs(), plan().lastSteps(), Double.NaN);
        }
    }

    /** The accuracy before and after relaxed gates become binary. */
    private Optional<Binarisation> harden(Subnetwork subnetwork) {
        if (!gates.relaxed() || gates.gater().isPresent() || task.isRegression()) {
            return Optional.empty();
        }
        double slope = slope();
        List<double[]> values = state.logits().stream()
                .map(logits -> gates.testValues(logits, slope))
                .toList();
        Examples asked = task.isTested() ? task.test() : task.train();
        float[] relaxed = network.fresh().relaxedLogits(state, values, asked, run.lanes);
        float[] binary = network.fresh().logits(state, subnetwork, asked, run.lanes);
        int classes = task.classes().size();
        double examples = asked.size();
        return Optional.of(new Binarisation(
                GatedRun.correct(relaxed, asked, classes) / examples,
                GatedRun.correct(binary, asked, classes) / examples));
    }

    private double slope() {
        return gates.slope().at(training.progress());
    }

    /** Gates that hang on the example are not undecided, however often they are open. */
    private ImmutableList<ConsolidatedTask.GateCount> counts() {
        if (gates.gater().isPresent()) {
            return state.logits().stream()
                    .map(logits -> new ConsolidatedTask.GateCount(logits.length, 0))
                    .collect(ImmutableList.toImmutableList());
        }
        double slope = slope();
        return state.logits().stream()
                .map(logits -> gates.probabilities(logits, slope).count())
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Integer> openUnits() {
        return network.subnetwork(task.name()).layers().stream()
                .map(UnitSet::size)
                .collect(ImmutableList.toImmutableList());
    }

    /** What the task took, and how its budget was kept. */
    private ImmutableList<LayerCapacity> capacity() {
        double slope = slope();
        ImmutableList<LayerCapacity> taken = Streams.zip(
                        network.capacity().tasks().get(state.name()).stream(),
                        state.logits().stream(),
                        // what hangs on the example has no open probability of its own
                        (layer, logits) -> gates.gater().isPresent()
                                ? layer
                                : layer.with(gates.probabilities(logits, slope).histogram()))
                .collect(ImmutableList.toImmutableList());
        if (!gates.budget().limits()) {
            return taken;
        }
        Subnetwork wanted = gates.reuse().allowed(state.subnetwork(), beforeThis());
        return IntStream.range(0, taken.size())
                .mapToObj(l -> taken.get(l)
                        .with(new BudgetKept(
                                gates.budget().share(),
                                gates.budget().limit(taken.get(l).units()),
                                training.budget(l).expected(),
                                wanted.layers().get(l).size(),
                                training.budget(l).lambda())))
                .collect(ImmutableList.toImmutableList());
    }

    private ConsolidatedSubnetworks beforeThis() {
        return run.trainer.growth() instanceof Growth.Separate
                ? network.consolidated()
                : network.consolidated().without(state.name());
    }

    /** What is consolidated stays as it is. */
    @Override
    public void rollBack() {
        if (network.tasks().contains(task.name())) {
            return;
        }
        for (int l = 0; l < before.size(); l++) {
            network.parts().layers().get(l).set(before.get(l));
        }
    }

    @Override
    public void close() {
        training.close();
    }
}
