package sluice.framework.internal.step;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.WorkAccount;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.GateTraining;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.predict.CompiledLayer;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.layer.Layer;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.BudgetMultiplier;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Progress;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * Training of one task: owns every buffer that a step needs, so that a step allocates nothing. {@link #step} is the whole
 * algorithm. {@link #writeBack} brings what is trained to the network.
 */
public final class TaskTraining implements AutoCloseable {
    /** What drawing and moving a gate costs, in multiply-adds: what decides whether lanes share it. */
    private static final long GATE_COST = 1_000;

    /** What moving a weight to another place costs, likewise. */
    private static final long ENTRY_COST = 100;

    private final TrainingSettings settings;
    private final Lanes lanes;
    private final MiniBatches batches;
    private final TrainingPlan plan;
    private final UnitOrder inputs;
    private final Activations examples;
    private final GatedLayerStep[] layers;
    private final HeadStep head;
    private final ParameterUpdate update;
    private final WorkAccount account;
    private final double[] losses;
    private final long gates;
    private final int[] probes;
    private final boolean clipped;

    private final Lanes.Job drawing = this::draw;
    private final Lanes.Job movingColumns = this::moveColumns;
    private final Lanes.Job movingRows = this::moveRows;
    private final Lanes.Job[] forward;
    private final Lanes.Job[] backward;
    private final Lanes.Job[] activating;
    private final Lanes.Job[] gating;
    private final Lanes.Job forming = this::formGradients;
    private final Lanes.Job adding = this::addGradients;
    private final Lanes.Job moving = this::move;
    private long steps;
    private Progress[] epoch = {Progress.START};
    private Progress progress = Progress.START;
    private int probe;
    private int batch;
    private int lowest;
    private long weightGradients;
    private float scale;

    public TaskTraining(
            List<Layer> hidden,
            TaskState task,
            ConsolidatedSubnetworks consolidated,
            Examples examples,
            Normalisation normalisation,
            GateSettings gateSettings,
            TrainingSettings settings,
            RandomStreams streams,
            int position,
            Lanes lanes) {
        this.settings = settings;
        this.lanes = lanes;
        this.update = settings.optimizer().begin();
        boolean every = hidden.get(0).connection().takesEveryInput();
        RandomGenerator shuffling = streams.stream("shuffling", position);
        this.batches = every
                ? MiniBatches.asMaps(examples, normalisation, settings.batchSize(), shuffling)
                : MiniBatches.asRows(examples, normalisation, settings.batchSize(), shuffling);
        this.plan = TrainingPlan.of(settings.length(), batches.perEpoch());
        this.examples =
                every ? new Activations.OfUnits(batches.values()) : new Activations.OfExamples(batches.values());
        this.inputs = UnitOrder.inputs(every ? CompiledLayer.allOf(hidden.get(0).below()) : batches.active());
        this.layers = new GatedLayerStep[hidden.size()];
        this.clipped = settings.clips();
        for (int l = 0; l < layers.length; l++) {
            GateTraining gatesOfLayer = new GateTraining(
                    gateSettings,
                    task.logits().get(l),
                    consolidated.used(l),
                    layers.length,
                    batches.size(),
                    streams.stream("gates", position, l));
            layers[l] = new GatedLayerStep(
                    hidden.get(l),
                    task.own().get(l),
                    UnitOrder.ofLayer(consolidated.used(l)),
                    below(l),
                    input(l),
                    gatesOfLayer,
                    update,
                    gateSettings.granularity(),
                    batches.size(),
                    clipped,
                    lanes.count());
        }
        this.head =
                new HeadStep(task.head(), below(layers.length), input(layers.length), settings, update, batches.size());
        this.losses = new double[batches.size()];
        this.probes = layers[0].gates().evaluationOrder();
        this.gates = hidden.stream().mapToLong(Layer::units).sum();
        List<Layer> all = new ArrayList<>(hidden);
        all.add(task.head());
        this.account = new WorkAccount(all);
        this.forward = new Lanes.Job[all.size()];
        this.backward = new Lanes.Job[all.size()];
        this.activating = new Lanes.Job[layers.length];
        this.gating = new Lanes.Job[layers.length];
        for (int l = 0; l < all.size(); l++) {
            int layer = l;
            forward[l] = lane -> forward(lane, layer);
            backward[l] = lane -> backward(lane, layer);
        }
        for (int l = 0; l < layers.length; l++) {
            GatedLayerStep layer = layers[l];
            activating[l] = lane -> activate(lane, layer);
            gating[l] = lane -> layer.gate(lane, probe, batch);
        }
    }

    /** The epochs, and the steps of each. */
    public TrainingPlan plan() {
        return plan;
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
        lanes.run(drawing, GATE_COST * gates + ENTRY_COST * batch * batches.inputs());
        arrange();
        double loss = 0;
        for (int next : probes) {
            probe = next;
            loss = run(next == probes[0]);
            if (!Double.isFinite(loss)) {
                return loss;
            }
        }
        countWeightGradients();
        steps++;
        update.beginStep(steps, settings.learningRateFactor().at(progress));
        form();
        scale = clipScale();
        lanes.run(moving, GATE_COST * gates + weightGradients);
        account.step(batch);
        return loss;
    }

    /** The share of the last step's batch that was answered right before the step, in [0, 1]. */
    public double accuracy() {
        return (double) head.right() / batch;
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

    /** Rows and columns follow the gates: columns first, everywhere, and then rows, as these are written back by columns. */
    private void arrange() {
        boolean changed = false;
        for (GatedLayerStep layer : layers) {
            layer.arrange();
            changed |= layer.order().changed();
        }
        if (changed) {
            long entries = head.weights().beginMove();
            for (GatedLayerStep layer : layers) {
                entries += layer.weights().beginMove();
            }
            lanes.run(movingColumns, ENTRY_COST * entries);
            lanes.run(movingRows, ENTRY_COST * entries);
        }
    }

    private void moveColumns(Lane lane) {
        for (GatedLayerStep layer : layers) {
            layer.weights().moveColumns(lane);
        }
        head.weights().moveColumns(lane);
    }

    private void moveRows(Lane lane) {
        for (GatedLayerStep layer : layers) {
            layer.weights().moveRows(lane);
        }
    }

    /** The lowest layer's units, before their gates, are the same for all probes of a step. */
    private void forward(boolean firstOfStep) {
        if (!firstOfStep) {
            gate(0);
        }
        for (int l = firstOfStep ? 0 : 1; l <= layers.length; l++) {
            long multiplyAdds =
                    batch * (l < layers.length ? layers[l].work(layers[l].observed()) : head.work(below(l).open()));
            lanes.run(forward[l], multiplyAdds);
            account.forward(l, multiplyAdds);
            if (l < layers.length && layers[l].goesOnApart()) {
                lanes.run(activating[l], (long) batch * layers[l].valuesToActivate());
            }
        }
    }

    private void gate(int l) {
        lanes.run(gating[l], (long) batch * layers[l].observedValues());
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

    private void countWeightGradients() {
        weightGradients = 0;
        for (int l = lowest; l <= layers.length; l++) {
            long multiplyAdds = batch * (l < layers.length ? layers[l].freeWork() : head.freeWeights());
            account.weightGradient(l, multiplyAdds);
            weightGradients += multiplyAdds;
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

    /** Forms gradients that cannot be formed while weights move: those of convolutions, or all where they are clipped. */
    private void form() {
        long work = 0;
        for (int l = lowest; l < layers.length; l++) {
            work += clipped || layers[l].formsApart() ? batch * layers[l].freeWork() : 0;
        }
        if (work > 0 || clipped) {
            lanes.run(forming, work);
            lanes.run(adding, work);
        }
    }

    private void formGradients(Lane lane) {
        for (int l = lowest; l < layers.length; l++) {
            if (clipped || layers[l].formsApart()) {
                layers[l].formGradient(lane, batch);
            }
        }
        if (clipped) {
            head.formGradient(lane, batch);
        }
    }

    private void addGradients(Lane lane) {
        for (int l = lowest; l < layers.length; l++) {
            layers[l].addGradients(lane);
        }
    }

    private float clipScale() {
        if (!clipped) {
            return 1;
        }
        double squares = head.gradientNorm(lanes.caller());
        for (int l = lowest; l < layers.length; l++) {
            squares += layers[l].freeGradientNorm(lanes.caller());
        }
        double norm = Math.sqrt(squares);
        return norm > settings.gradientClip() ? (float) (settings.gradientClip() / norm) : 1;
    }

    /** Everything that a step writes: weights row by row, biases and gate logits layer by layer. */
    private void move(Lane lane) {
        for (int l = lowest; l < layers.length; l++) {
            layers[l].moveWeights(lane, batch, scale);
        }
        head.moveWeights(lane, batch, scale);
        if (lane.index() == 0) {
            head.moveBiases(scale);
        }
        for (int l = lane.index(); l < layers.length; l += lane.count()) {
            if (l >= lowest) {
                layers[l].moveBiases(scale);
            }
            layers[l].gates().update(steps);
        }
    }

    private Activations input(int l) {
        return l == 0 ? examples : layers[l - 1].output();
    }

    private UnitOrder below(int l) {
        return l == 0 ? inputs : layers[l - 1].order();
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
        return account.layers();
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
