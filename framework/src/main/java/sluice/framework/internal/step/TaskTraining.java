package sluice.framework.internal.step;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.WorkAccount;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.predict.CompiledLayer;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Layer;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.BudgetMultiplier;
import sluice.gating.Progress;
import sluice.tasks.Examples;

/**
 * Training of one task: owns every buffer that a step needs, so that a step allocates nothing. {@link #step} is the whole
 * algorithm. {@link #writeBack} brings what is trained to the network.
 */
public final class TaskTraining implements AutoCloseable {
    /** What drawing and moving a gate costs, in multiply-adds: what decides whether lanes share it. */
    private static final long GATE_COST = 1_000;

    private final TrainingSettings settings;
    private final Lanes lanes;
    private final MiniBatches batches;
    private final TrainingPlan plan;
    private final LayerInput examples;
    private final GatedLayerStep[] layers;
    private final HeadStep head;
    private final ParameterUpdate update;
    private final WorkAccount account;
    private final double[] losses;
    private final long gates;
    private final int[] probes;
    private final StepArrangement arrangement;
    private final StepMove move;
    private final StepGates gating;

    private final Lanes.Job drawing = this::draw;
    private final Lanes.Job[] forward;
    private final Lanes.Job[] backward;
    private final Lanes.Job[] activating;
    private final Lanes.Job[] gatingAgain;
    private long steps;
    private Progress[] epoch = {Progress.START};
    private Progress progress = Progress.START;
    private int probe;
    private int batch;
    private int lowest;

    /**
     * @param network what learns, and the task
     * @param from what it learns from
     * @param gateSettings how gates are drawn and learned
     * @param settings how weights are learned
     * @param streams of the task
     * @param lanes that share a step; not closed
     */
    public TaskTraining(
            TaskInNetwork network,
            TaskExamples from,
            GateSettings gateSettings,
            TrainingSettings settings,
            TaskStreams streams,
            Lanes lanes) {
        this.settings = settings;
        this.lanes = lanes;
        this.update = settings.optimizer().begin();
        Layer bottom = network.hidden().get(0);
        boolean every = bottom.connection().takesEveryInput();
        this.batches = every
                ? MiniBatches.asMaps(from.examples(), from.normalisation(), settings.batchSize(), streams.shuffling())
                : MiniBatches.asRows(from.examples(), from.normalisation(), settings.batchSize(), streams.shuffling());
        this.plan = batches.plan(settings.length());
        this.examples = new LayerInput(
                UnitOrder.inputs(every ? CompiledLayer.allOf(bottom.below()) : batches.active()),
                every ? new Activations.OfUnits(batches.values()) : new Activations.OfExamples(batches.values()));
        this.layers = new GatedLayerStep[network.hidden().size()];
        StepSettings step = new StepSettings(update, settings.clips(), batches.size(), lanes.count());
        this.gating = StepGates.of(network, from, gateSettings, settings.optimizer(), streams, batches);
        for (int l = 0; l < layers.length; l++) {
            layers[l] = new GatedLayerStep(
                    network.hidden().get(l),
                    network.state().own().get(l),
                    UnitOrder.ofLayer(network.consolidated().used(l)),
                    input(l),
                    gating.of(l),
                    step);
        }
        this.head = new HeadStep(
                network.state().head(),
                input(layers.length),
                batches.loss(settings.loss()),
                settings,
                update,
                batches.size());
        this.losses = new double[batches.size()];
        this.probes = layers[0].gates().evaluationOrder();
        this.gates = network.units();
        List<Layer> all = new ArrayList<>(network.hidden());
        all.add(network.state().head());
        this.account = new WorkAccount(all);
        this.arrangement = new StepArrangement(layers, head, lanes);
        this.move = new StepMove(layers, head, settings, account, lanes);
        this.forward = new Lanes.Job[all.size()];
        this.backward = new Lanes.Job[all.size()];
        this.activating = new Lanes.Job[layers.length];
        this.gatingAgain = new Lanes.Job[layers.length];
        for (int l = 0; l < all.size(); l++) {
            int layer = l;
            forward[l] = lane -> forward(lane, layer);
            backward[l] = lane -> backward(lane, layer);
        }
        for (int l = 0; l < layers.length; l++) {
            GatedLayerStep layer = layers[l];
            activating[l] = lane -> activate(lane, layer);
            gatingAgain[l] = lane -> layer.gate(lane, probe, batch);
        }
    }

    /** Gaters as they are, of the units that the logits open; none where gates do not look at the example. */
    public Optional<TaskGaters> gaters() {
        return gating.gaters();
    }

    /** The epochs, and the steps of each. */
    public TrainingPlan plan() {
        return plan;
    }

    /** Tells all that training goes on from, between steps, but for hidden layers' weights and biases, to which all is written back. */
    public void state(State state) {
        if (!state.restores()) {
            writeBack();
        }
        steps = state.count("steps", steps);
        batches.state(state.part("batches"));
        account.state(state.part("account"));
        for (int l = 0; l < layers.length; l++) {
            layers[l].state(state.part("layer-" + (l + 1)));
        }
        head.state(state.part("head"));
    }

    /** Becomes what it was after an earlier pass, for good; what was done since stays counted. */
    public void backTo(int number, Snapshot then) {
        Snapshot work = Snapshot.of(account::state);
        then.restore(this::state);
        work.restore(account::state);
        progress = plan.last(number);
    }

    /** Goes on with a pass over the examples, in the order that it has, after a step of it. */
    public void continueEpoch(int number, int step) {
        epoch = plan.progress(number);
        progress = epoch[step];
    }

    /** Begins a pass over the examples, in a new order. */
    public void beginEpoch(int number) {
        epoch = plan.progress(number);
        batches.shuffle();
    }

    /**
     * One training step.
     *
     * @param index step of the epoch, from 0
     * @return the mean loss of the batch, without the penalty for open gates
     */
    public double step(int index) {
        batch = batches.begin(index);
        progress = epoch[index];
        return step();
    }

    /** The same on examples that are fed: at least one, and no more than a mini-batch has. */
    public double step(Examples fed) {
        batch = batches.begin(fed);
        epoch = steps == 0 ? plan.progress(0) : epoch;
        progress = epoch[(int) Math.min(steps, epoch.length - 1L)];
        return step();
    }

    private double step() {
        lanes.run(drawing, GATE_COST * gates + StepArrangement.ENTRY_COST * batch * batches.inputs());
        arrangement.follow();
        double loss = 0;
        for (int next : probes) {
            probe = next;
            loss = run(next == probes[0]);
            if (!Double.isFinite(loss)) {
                return loss;
            }
        }
        steps++;
        update.beginStep(steps, settings.learningRateFactor().at(progress));
        move.run(
                lowest,
                batch,
                steps,
                GATE_COST * gates,
                settings.learningRateFactor().at(progress));
        account.step(batch);
        return loss;
    }

    /** The share of the last step's batch that was answered right before the step, in [0, 1]; NaN where numbers are predicted. */
    public double accuracy() {
        return batches.predicts() ? Double.NaN : (double) head.right() / batch;
    }

    /** Pushes a probe through the network and tells its estimations what came of it. */
    private double run(boolean firstOfStep) {
        forward(firstOfStep);
        double loss = head.loss(lanes.caller(), batches.labels(), batch, losses);
        for (GatedLayerStep layer : layers) {
            layer.gates().answer(probe, loss, losses);
        }
        if (Double.isFinite(loss)) {
            backward();
        }
        return loss;
    }

    /** Examples, and gates layer by layer: each has a random stream of its own. */
    private void draw(Lane lane) {
        batches.feed(lane);
        for (int l = lane.index(); l < layers.length; l += lane.count()) {
            layers[l].draw(progress, batch);
        }
    }

    /** The lowest layer's units, before their gates, are the same for all probes of a step. */
    private void forward(boolean firstOfStep) {
        if (!firstOfStep) {
            lanes.run(gatingAgain[0], (long) batch * layers[0].observedValues());
        }
        for (int l = firstOfStep ? 0 : 1; l <= layers.length; l++) {
            long multiplyAdds = batch
                    * (l < layers.length
                            ? layers[l].work(layers[l].observed())
                            : head.work(input(l).below().open()));
            lanes.run(forward[l], multiplyAdds);
            account.forward(l, multiplyAdds);
            if (l < layers.length && layers[l].goesOnApart()) {
                lanes.run(activating[l], (long) batch * layers[l].valuesToActivate());
            }
        }
    }

    private void forward(Lane lane, int l) {
        if (l == layers.length) {
            head.forward(lane, batch);
            return;
        }
        layers[l].forward(lane, batch);
        if (!layers[l].goesOnApart()) {
            activate(lane, layers[l]);
        }
    }

    private void activate(Lane lane, GatedLayerStep layer) {
        layer.activate(lane, batch);
        layer.gate(lane, probe, batch);
    }

    /** Down to the lowest layer that still learns. */
    private void backward() {
        lowest = 0;
        while (lowest < layers.length && !layers[lowest].learns(probe)) {
            lowest++;
        }
        for (int l = layers.length; l > lowest; l--) {
            int observed = layers[l - 1].observed();
            long multiplyAdds = batch
                    * (l < layers.length ? layers[l].work(layers[l].order().open(), observed) : head.work(observed));
            lanes.run(backward[l], multiplyAdds);
            account.inputGradient(l, multiplyAdds);
        }
    }

    /** From layer {@code l}, or the head, to before the ReLU of the layer below it. */
    private void backward(Lane lane, int l) {
        if (l < layers.length) {
            layers[l].inputGradient(lane, layers[l - 1], batch);
        } else {
            head.inputGradient(lane, layers[l - 1], batch);
        }
        layers[l - 1].throughGates(lane, probe, batch);
    }

    private LayerInput input(int l) {
        return l == 0 ? examples : layers[l - 1].above();
    }

    /**
     * Writes what is trained so far to the network's layers, the head and the task's logits. It may be called at any time,
     * between two steps or after the last, and training goes on with the same bits.
     */
    public void writeBack() {
        for (GatedLayerStep layer : layers) {
            layer.writeBack();
            layer.gates().writeBack();
        }
        head.writeBack();
    }

    /** How far a layer's budget was kept to. */
    public BudgetMultiplier budget(int layer) {
        return layers[layer].gates().budget();
    }

    /** When the last step was. */
    public Progress progress() {
        return progress;
    }

    public long steps() {
        return steps;
    }

    /** What was done so far, per layer. */
    public ImmutableList<LayerAccount> account() {
        return Streams.concat(account.layers().stream(), gating.account(account.examples()).stream())
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public void close() {
        for (GatedLayerStep layer : layers) {
            layer.close();
        }
        head.close();
        batches.close();
    }
}
