package sluice.framework.binary;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.WorkAccount;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.internal.step.FullyConnectedStep;
import sluice.framework.internal.step.MiniBatches;
import sluice.framework.internal.step.UnitOrder;
import sluice.framework.layer.Layer;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.Progress;

/**
 * Training of a network whose hidden units are binary neurons: owns every buffer that a step needs, so that a step
 * allocates nothing. {@link #step} is the whole algorithm. The layers hold the trained weights after {@link #writeBack}.
 */
final class ClassifierTraining implements AutoCloseable {
    /** What feeding an input costs, in multiply-adds: what decides whether lanes share it. */
    private static final long ENTRY_COST = 100;

    private final TrainingSettings settings;
    private final Lanes lanes;
    private final MiniBatches batches;
    private final TrainingPlan plan;
    private final FullyConnectedStep hidden;
    private final BinaryUnits units;
    private final FullyConnectedStep head;
    private final ParameterUpdate update;
    private final WorkAccount account;
    private final double[] losses;

    private final Lanes.Job feeding;
    private final Lanes.Job hiddenForward = this::hiddenForward;
    private final Lanes.Job headForward = this::headForward;
    private final Lanes.Job headBackward = this::headBackward;
    private final Lanes.Job forming = this::formGradients;
    private final Lanes.Job moving = this::move;
    private Progress[] epoch = {Progress.START};
    private long steps;
    private int batch;
    private float scale;

    /** Takes over the mini-batches, and closes them. */
    ClassifierTraining(
            Layer hiddenLayer,
            Layer headLayer,
            MiniBatches batches,
            ClassifierTrainer trainer,
            RandomStreams streams,
            Lanes lanes) {
        this.settings = trainer.training();
        this.lanes = lanes;
        this.update = settings.optimizer().begin();
        this.batches = batches;
        this.plan = TrainingPlan.of(settings.length(), batches.perEpoch());
        Activations examples = new Activations.OfExamples(batches.values());
        this.feeding = batches::feed;
        this.hidden = new FullyConnectedStep(
                hiddenLayer, UnitOrder.inputs(batches.active()), examples, update, batches.size(), settings.clips());
        this.units = new BinaryUnits(
                trainer.estimator(), trainer.layout(batches.size()), trainer.slope(), streams.stream("gates", 0, 0));
        Activations unitValues = new Activations.OfExamples(units.values());
        int[] all = IntStream.range(0, hiddenLayer.units()).toArray();
        this.head = new FullyConnectedStep(
                headLayer, UnitOrder.inputs(all), unitValues, update, batches.size(), settings.clips());
        this.account = new WorkAccount(List.of(hiddenLayer, headLayer));
        this.losses = new double[batches.size()];
    }

    /** The epochs, and the steps of each. */
    TrainingPlan plan() {
        return plan;
    }

    /** Tells all that it goes on from, between two steps. */
    void state(State state) {
        if (!state.restores()) {
            writeBack();
        }
        steps = state.count("steps", steps);
        batches.state(state.part("batches"));
        account.state(state.part("account"));
        hidden.state(state.part("hidden"));
        units.state(state.part("units"));
        head.state(state.part("head"));
    }

    /** Goes on with a pass over the examples, in the order that it has. */
    void continueEpoch(int number) {
        epoch = plan.progress(number);
    }

    /** Begins a pass over the examples, in a new order. */
    void beginEpoch(int number) {
        continueEpoch(number);
        batches.shuffle();
    }

    /**
     * One training step.
     *
     * @param index step of the epoch, from 0
     * @return the mean loss of the batch under the units that the weights learn from
     */
    double step(int index) {
        batch = batches.begin(index);
        lanes.run(feeding, ENTRY_COST * batch * hidden.inputs());
        lanes.run(hiddenForward, count(hidden));
        account.forward(0, count(hidden));
        units.draw(epoch[index], batch);
        double loss = 0;
        for (int probe : units.probes()) {
            loss = run(probe);
            if (!Double.isFinite(loss)) {
                return loss;
            }
        }
        units.gradient(lanes.caller(), hidden.values(), hidden.biasGradient(), batch);
        steps++;
        update.beginStep(steps, settings.learningRateFactor().at(epoch[index]));
        scale = clipScale();
        lanes.run(moving, weightGradients());
        account.weightGradient(0, count(hidden));
        account.weightGradient(1, count(head));
        account.step(batch);
        return loss;
    }

    /** Multiply-adds of one product of a layer's weights with the batch. */
    private long count(FullyConnectedStep layer) {
        return batch * layer.size();
    }

    private long weightGradients() {
        return count(hidden) + count(head);
    }

    /** The share of the last step's batch that was answered right before the step, in [0, 1]. */
    double accuracy() {
        return (double) lanes.caller().passes().right() / batch;
    }

    /** Logits of the units, the same for all probes. */
    private void hiddenForward(Lane lane) {
        hidden.forward(lane, batch);
        units.receive(lane, hidden.values(), hidden.biases(), batch);
    }

    /** Pushes a probe through the head and tells the units what came of it. */
    private double run(int probe) {
        units.read(lanes.caller(), probe, batch);
        lanes.run(headForward, count(head));
        account.forward(1, count(head));
        double loss = lanes.caller()
                .passes()
                .loss(
                        settings.loss(),
                        head.values(),
                        head.biases(),
                        batch,
                        batches.labels(),
                        losses,
                        head.biasGradient());
        units.answer(probe, losses, batch);
        if (units.needsUpstream(probe) && Double.isFinite(loss)) {
            lanes.run(headBackward, count(head));
            account.inputGradient(1, count(head));
            units.answerUpstream(lanes.caller(), probe, batch);
        }
        return loss;
    }

    private void headForward(Lane lane) {
        head.forward(lane, batch);
    }

    private void headBackward(Lane lane) {
        head.inputGradient(lane, units.valueGradient(), batch);
    }

    private float clipScale() {
        if (!settings.clips()) {
            return 1;
        }
        lanes.run(forming, weightGradients());
        double norm = Math.sqrt(hidden.gradientNorm(lanes.caller()) + head.gradientNorm(lanes.caller()));
        return norm > settings.gradientClip() ? (float) (settings.gradientClip() / norm) : 1;
    }

    private void formGradients(Lane lane) {
        hidden.formGradient(lane, batch);
        head.formGradient(lane, batch);
    }

    private void move(Lane lane) {
        hidden.moveWeights(lane, batch, scale);
        head.moveWeights(lane, batch, scale);
        if (lane.index() == 0) {
            hidden.moveBiases(scale);
            head.moveBiases(scale);
        }
    }

    /** Writes all weights to the layers. It may be called at any time, and training goes on. */
    void writeBack() {
        hidden.writeBack();
        head.writeBack();
    }

    long steps() {
        return steps;
    }

    /** What was done so far, per layer. */
    ImmutableList<LayerAccount> account() {
        return account.layers();
    }

    @Override
    public void close() {
        hidden.close();
        units.close();
        head.close();
        batches.close();
    }
}
