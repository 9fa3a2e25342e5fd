package sluice.framework.internal.step;

import sluice.framework.internal.kernel.BatchLoss;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.layer.GradientFactors;
import sluice.framework.internal.layer.UnitLearning;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Layer;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.framework.optimizer.TrainingSettings;

/** A task's head in the training step: a dense layer over the open units below, and a loss. */
final class HeadStep implements AutoCloseable {
    private final Layer head;
    private final UnitOrder classes;
    private final UnitOrder below;
    private final WorkingWeights weights;
    private final FreeBlocks learning;
    private final UnitLearning biasLearning;
    private final BatchLoss loss;
    private final Activations input;
    private final NativeMatrix logits;
    private final GradientFactors factors;
    private final float[] dBiases;
    private int right;

    /**
     * @param input the last hidden layer
     * @param loss of its outputs
     * @param batch examples of the largest mini-batch
     */
    HeadStep(
            Layer head,
            LayerInput input,
            BatchLoss loss,
            TrainingSettings settings,
            ParameterUpdate update,
            int batch) {
        this.head = head;
        this.input = input.values();
        this.loss = loss;
        this.classes = UnitOrder.outputs(head.units());
        this.below = input.below();
        this.weights = new WorkingWeights(head, classes, below, update.moments());
        this.learning = new FreeBlocks(weights, classes, below, update, settings.clips());
        this.biasLearning = new UnitLearning(head.biases(), update);
        this.logits = NativeMatrix.allocate(head.units(), batch);
        this.factors = new GradientFactors(logits, input.values());
        this.dBiases = new float[head.units()];
    }

    WorkingWeights weights() {
        return weights;
    }

    /** {@code W x}; the biases come in with the loss. */
    void forward(Lane lane, int batch) {
        int from = lane.first(0, head.units());
        int to = lane.end(0, head.units());
        int column = below.first() * head.span();
        input.right(lane.gemm().left(weights.weights(), from, column), column)
                .into(logits, from, 0)
                .multiply(to - from, batch, below.open() * head.span());
    }

    /** Mean loss of the batch; {@code losses} receives each example's own. */
    double loss(Lane lane, int[] labels, int batch, double[] losses) {
        double mean = lane.passes().loss(loss, logits, head.biases(), batch, labels, losses, dBiases);
        right = lane.passes().right();
        return mean;
    }

    /** Examples of the batch whose own class was the likeliest when the loss was formed last. */
    int right() {
        return right;
    }

    /** The gradient at the output of the layer below. */
    void inputGradient(Lane lane, GatedLayerStep lower, int batch) {
        int from = lower.firstRow(lane) * head.span();
        int to = lower.endRow(lane) * head.span();
        lane.gemm()
                .leftTransposed(weights.weights(), 0, from)
                .right(logits, 0, 0)
                .into(lower.outputGradient(), from, 0)
                .multiply(to - from, batch, head.units());
    }

    /** Forms this lane's part of the weight gradient, to be clipped. */
    void formGradient(Lane lane, int batch) {
        learning.form(lane, factors, batch);
    }

    double gradientNorm(Lane lane) {
        double sum = learning.squares(lane);
        for (float gradient : dBiases) {
            sum += (double) gradient * gradient;
        }
        return sum;
    }

    /** Moves this lane's part of the weights. */
    void moveWeights(Lane lane, int batch, float scale) {
        learning.move(lane, factors, batch, scale);
    }

    void moveBiases(float scale) {
        biasLearning.move(classes.units(), 0, head.units(), dBiases, scale);
    }

    /** Multiply-adds per example between the classes and so many units below. */
    long work(int countBelow) {
        return (long) head.units() * countBelow * head.span();
    }

    /** Weights to the open units below. */
    long freeWeights() {
        return learning.size();
    }

    int units() {
        return head.units();
    }

    /** Writes the weights to the head. It may be called at any time, and training goes on. */
    void writeBack() {
        weights.writeBack();
    }

    /** Tells what it has learned and what learning hangs on, once all is written back and the order below is told. */
    void state(State state) {
        state.floats("weights", head.weights());
        state.floats("biases", head.biases());
        weights.state(state);
        biasLearning.state(state.part("biases"));
    }

    @Override
    public void close() {
        learning.close();
        weights.close();
        logits.close();
    }
}
