package sluice.framework.internal.step;

import java.util.Arrays;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.layer.GradientFactors;
import sluice.framework.internal.layer.UnitLearning;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Layer;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.gating.UnitSet;

/**
 * A dense layer in the training step of a network without gates: every output and every input is in use throughout. One
 * matrix holds the outputs {@code W x}, and after the backward pass the gradient at them. Each lane does its share of
 * the rows.
 */
public final class FullyConnectedStep implements AutoCloseable {
    private final Layer layer;
    private final UnitOrder outputs;
    private final UnitOrder inputs;
    private final WorkingWeights weights;
    private final FreeBlocks learning;
    private final UnitLearning biasLearning;
    private final Activations input;
    private final NativeMatrix values;
    private final GradientFactors factors;
    private final float[] dBiases;

    /**
     * @param inputs what is below, all of it open
     * @param input what that has to say
     * @param batch examples of the largest mini-batch
     * @param clipped whether gradients are scaled by their norm
     */
    public FullyConnectedStep(
            Layer layer, UnitOrder inputs, Activations input, ParameterUpdate update, int batch, boolean clipped) {
        this.layer = layer;
        this.input = input;
        this.outputs = UnitOrder.ofLayer(UnitSet.none(layer.units()));
        this.inputs = inputs;
        // open rows would be taken for changed ones, to be written back before any is loaded
        this.weights = new WorkingWeights(layer, outputs, inputs, update.moments());
        openAll();
        this.learning = new FreeBlocks(weights, outputs, inputs, update, clipped);
        this.biasLearning = new UnitLearning(layer.biases(), update);
        this.values = NativeMatrix.allocate(layer.units(), batch);
        this.factors = new GradientFactors(values, input);
        this.dBiases = new float[layer.units()];
    }

    private void openAll() {
        boolean[] open = new boolean[outputs.size()];
        Arrays.fill(open, true);
        outputs.arrange(open);
    }

    /** {@code W x} without the biases, then the gradient at it: [outputs, batch]. */
    public NativeMatrix values() {
        return values;
    }

    public float[] biases() {
        return layer.biases();
    }

    /** The gradient of the biases, which whoever writes the gradient into {@link #values} fills as well. */
    public float[] biasGradient() {
        return dBiases;
    }

    int outputs() {
        return layer.units();
    }

    public int inputs() {
        return inputs.open();
    }

    /** Weights that a step moves. */
    public long size() {
        return learning.size();
    }

    /** {@code W x}. */
    public void forward(Lane lane, int batch) {
        int from = lane.first(0, outputs());
        int to = lane.end(0, outputs());
        input.right(lane.gemm().left(weights.weights(), from, 0), 0)
                .into(values, from, 0)
                .multiply(to - from, batch, inputs());
    }

    /** The gradient at the input: {@code into} is [batch, inputs], and lanes share the examples. */
    public void inputGradient(Lane lane, NativeMatrix into, int batch) {
        int from = lane.first(0, batch);
        int to = lane.end(0, batch);
        lane.gemm()
                .leftTransposed(values, 0, from)
                .right(weights.weights(), 0, 0)
                .into(into, from, 0)
                .multiply(to - from, inputs(), outputs());
    }

    /** Forms this lane's part of the weight gradient, to be clipped. */
    public void formGradient(Lane lane, int batch) {
        learning.form(lane, factors, batch);
    }

    /** Squared norm of the gradient. */
    public double gradientNorm(Lane lane) {
        double sum = learning.squares(lane);
        for (float gradient : dBiases) {
            sum += (double) gradient * gradient;
        }
        return sum;
    }

    /** Moves this lane's part of the weights. */
    public void moveWeights(Lane lane, int batch, float scale) {
        learning.move(lane, factors, batch, scale);
    }

    public void moveBiases(float scale) {
        biasLearning.move(outputs.units(), 0, outputs(), dBiases, scale);
    }

    /** Writes the weights to the layer. It may be called at any time, and training goes on. */
    public void writeBack() {
        weights.writeBack();
    }

    /** Tells what it has learned and what learning hangs on, once all is written back. */
    public void state(State state) {
        state.floats("weights", layer.weights());
        state.floats("biases", layer.biases());
        weights.state(state);
        biasLearning.state(state.part("biases"));
    }

    @Override
    public void close() {
        learning.close();
        weights.close();
        values.close();
    }
}
