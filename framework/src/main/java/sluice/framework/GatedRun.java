package sluice.framework;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import sluice.framework.conditional.ExitAnswers;
import sluice.framework.conditional.ExitUse;
import sluice.framework.conditional.TaskExitCurve;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.loop.HeldOut;
import sluice.framework.internal.loop.PredictedNumbers;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.loop.Tested;
import sluice.framework.internal.loop.ToldRun;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Layer;
import sluice.framework.loss.Softmax;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.network.NetworkExits;
import sluice.framework.network.NetworkState;
import sluice.framework.network.Retention;
import sluice.framework.optimizer.Validation;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.ValidationScore;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A gated network while it is taught a sequence: grows between tasks, and answers for tasks learned or not. */
final class GatedRun implements ToldRun {
    final ContinualTrainer trainer;
    final GatedNetwork network;
    /** The tasks, without what is held out of them. */
    final TaskSequence sequence;

    private final ImmutableList<Examples> heldOut;
    private Retention retention;
    final Lanes lanes;
    final TrainingListener listener;
    private int known;
    private final TaskExitCurve curve = new TaskExitCurve();
    private final GaterUses gaters;
    private final long mostKept;
    private boolean toldTooLarge;
    /** What checkpoints hold of tasks while the next is learned. */
    private Optional<NetworkState> atBegin = Optional.empty();

    private final List<ExitUse> uses = new ArrayList<>();
    private ImmutableList<Integer> grown = ImmutableList.of();
    private IntConsumer whenLearned = index -> {};

    /**
     * Takes the tasks that the network knows now for those before the sequence.
     *
     * @param mostKept bytes that layers may take so that checkpoints are kept; 0 where nobody asks for any
     */
    GatedRun(
            ContinualTrainer trainer,
            GatedNetwork network,
            TaskSequence sequence,
            Lanes lanes,
            TrainingListener listener,
            long mostKept) {
        this.mostKept = mostKept;
        this.trainer = trainer;
        this.network = network;
        this.retention = new Retention(network);
        this.known = network.parts().learned();
        Optional<HeldOut> held = trainer.training()
                .validation()
                .map(validation -> HeldOut.of(
                        sequence,
                        validation.share(),
                        0,
                        t -> new RandomStreams(network.seed())
                                .stream(HeldOut.STREAM, network.parts().learned() + t)));
        this.sequence = held.map(HeldOut::training).orElse(sequence);
        this.heldOut = held.map(HeldOut::examples).orElse(ImmutableList.of());
        this.lanes = lanes;
        this.listener = listener;
        this.gaters = new GaterUses(sequence);
    }

    /** Passes without a better answer to held-out examples after which a task ends; empty where none are held out. */
    OptionalInt patience() {
        return trainer.training().validation().stream()
                .mapToInt(Validation::patience)
                .findFirst();
    }

    Examples heldOut(int index) {
        return heldOut.get(index);
    }

    Retention retention() {
        return retention;
    }

    GateSettings gates() {
        return trainer.gates();
    }

    @Override
    public Lanes lanes() {
        return lanes;
    }

    @Override
    public void whenLearned(IntConsumer done) {
        whenLearned = done;
    }

    void learned(int index) {
        whenLearned.accept(index);
    }

    @Override
    public int stretches() {
        return sequence.tasks().size();
    }

    @Override
    public TaskRun begin(int index) {
        TrainingWarnings.ofFullLayers(network, sequence, index, gates(), listener);
        tellWhereTooLarge(index);
        atBegin = keepsState() ? Optional.of(new NetworkState(network)) : Optional.empty();
        return new GatedTaskRun(this, index, known + index, grown);
    }

    @Override
    public boolean endsBetweenSteps() {
        return true;
    }

    @Override
    public boolean keepsState() {
        return bytes() <= mostKept;
    }

    private long bytes() {
        return NetworkState.bytes(network.parts());
    }

    private void tellWhereTooLarge(int index) {
        if (mostKept > 0 && !toldTooLarge && !keepsState()) {
            toldTooLarge = true;
            TrainingWarnings.ofNoCheckpoints(sequence, index, bytes(), mostKept, listener);
        }
    }

    @Override
    public void state(State state, int stretch) {
        if (!state.restores()) {
            state.ints(
                    "grown",
                    Ints.toArray(
                            grown.isEmpty()
                                    ? Collections.nCopies(network.hidden().size(), 0)
                                    : grown));
            atBegin.orElseThrow().keep(state.part("network"));
            return;
        }
        int[] widened = new int[network.hidden().size()];
        state.ints("grown", widened);
        grown = Ints.asList(widened).stream().allMatch(units -> units == 0)
                ? ImmutableList.of()
                : ImmutableList.copyOf(Ints.asList(widened));
        NetworkState.restore(network, state.part("network"));
        known = network.parts().learned() - stretch;
        retention = new Retention(network);
        sequence.tasks().subList(0, stretch).forEach(retention::record);
    }

    @Override
    public void beforeRow(int row) {
        if (row < sequence.tasks().size()) {
            grown = grow();
        }
    }

    /** Widens layers for the next task, and proves that no earlier one noticed. */
    private ImmutableList<Integer> grow() {
        if (trainer.growth().equals(Growth.NONE)) {
            return ImmutableList.of();
        }
        List<Integer> before = network.hidden();
        ImmutableList<Integer> wider = trainer.growth().widths(network.capacity());
        network.grow(wider);
        network.parts().renewUnused();
        if (trainer.growth().equals(Growth.SEPARATE)
                && network.consolidated().tasks().isEmpty()) {
            return ImmutableList.of(); // whatever is in the layers now, no task has any of it
        }
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

    @Override
    public boolean measures(int row, int task) {
        return trainer.evaluation().measures(row, task + 1, sequence.tasks().size());
    }

    @Override
    public Tested test(int row, int index) {
        Task task = sequence.tasks().get(index);
        if (index < row) {
            Optional<NetworkExits> exits = NetworkExits.of(network, task.name());
            if (exits.isPresent()) {
                if (row == sequence.tasks().size()) {
                    observe(task);
                }
                return atExits(exits.get(), task, row);
            }
        }
        if (index < row && row == sequence.tasks().size()) {
            observe(task);
        }
        float[] logits = index < row ? network.logits(task.name(), task.test(), lanes) : untrainedLogits(task, index);
        return task.isRegression()
                ? new Tested.Numbers(
                        PredictedNumbers.of(task.name(), task.test(), logits).errors())
                : Tested.of(correct(logits, task), () -> CompiledSubnetwork.answers(logits, task));
    }

    private Tested atExits(NetworkExits task, Task tested, int row) {
        Examples test = tested.test();
        ExitAnswers answers = task.answer(test, task.exits().rule());
        if (row == sequence.tasks().size()) {
            curve.add(task.exits(), task.subnetwork(), test, answers);
        }
        return Tested.of(correct(answers, test), () -> answers(answers, tested));
    }

    private static TestAnswers answers(ExitAnswers answers, Task task) {
        TestAnswers told = TestAnswers.of(task);
        for (int i = 0; i < task.test().size(); i++) {
            told.answers()[i] = task.classes().get(answers.classes()[i]);
            told.probabilities()[i] = answers.probabilities()[
                    i * task.classes().size() + task.test().label(i)];
        }
        return told.with(new TestAnswers.Outputs(task.classes(), answers.probabilities()));
    }

    /** What gaters of a task do with its test examples, and what these take, if it has no exits before them. */
    private void observe(Task task) {
        network.parts()
                .state(task.name())
                .gaters()
                .ifPresent(with -> gaters.add(
                        task,
                        network.subnetwork(task.name()),
                        with.use(
                                task.test(),
                                network.normalisation(),
                                task.classes().size())));
        if (NetworkExits.of(network, task.name()).isEmpty()) {
            uses.add(ExitUse.of(NetworkExits.subnetwork(network, task.name())
                    .say(task.test())
                    .multiplyAdds()));
        }
    }

    /** What examples took after the last task, if the sequence came to its end, and if it differs. */
    ExampleWork exampleWork() {
        ImmutableList<ExitUse> all = ImmutableList.<ExitUse>builder()
                .addAll(curve.uses())
                .addAll(uses)
                .build();
        return all.isEmpty()
                ? ExampleWork.NONE
                : new ExampleWork(all, curve.points(), denseMultiplyAdds(), gaters.uses(), gaters.shares());
    }

    /** A prediction by all units. */
    private long denseMultiplyAdds() {
        List<Layer> layers = network.parts().layers();
        Layer top = layers.get(layers.size() - 1);
        int classes = sequence.tasks().stream()
                .mapToInt(task -> task.classes().size())
                .max()
                .orElseThrow();
        return layers.stream().mapToLong(Layer::multiplyAdds).sum()
                + (long) classes * top.units() * top.connection().valuesPerUnit();
    }

    /** A task not learned yet has its initial head and gates. */
    private float[] untrainedLogits(Task task, int index) {
        TaskState state = network.parts().initialState(task, gates(), known + index);
        Subnetwork open = gates().subnetwork(state.logits(), network.consolidated());
        return network.fresh().logits(state, open, task.test(), lanes);
    }

    /** Examples that these answers tell right. */
    static int correct(ExitAnswers answers, Examples examples) {
        return (int) IntStream.range(0, examples.size())
                .filter(i -> answers.classes()[i] == examples.label(i))
                .count();
    }

    /** Test examples that these logits tell right. */
    static int correct(float[] logits, Task task) {
        return correct(logits, task.test(), task.classes().size());
    }

    /** How these logits answer held-out examples. */
    static ValidationScore score(float[] logits, Examples held, Task task) {
        if (task.isRegression()) {
            double squares = PredictedNumbers.of(task.name(), held, logits).squares();
            return ValidationScore.ofNumbers(held.size(), squares / held.size());
        }
        int classes = task.classes().size();
        double loss = IntStream.range(0, held.size())
                .mapToDouble(i -> Softmax.crossEntropy(logits, i * classes, 0, classes, held.label(i)))
                .sum();
        return new ValidationScore(correct(logits, held, classes), held.size(), loss / held.size());
    }

    /** Examples that these logits tell right. */
    static int correct(float[] logits, Examples examples, int classes) {
        return (int) IntStream.range(0, examples.size())
                .filter(i -> CompiledSubnetwork.largest(logits, i, classes) == examples.label(i))
                .count();
    }
}
