package sluice.framework.internal.dense;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.ParameterUpdate;

/** An affine map of rows of a matrix, {@code y = x W + b}, with its gradient and the moments of its optimiser. */
public final class DenseMap implements AutoCloseable {
    private final NativeMatrix weightMemory;
    private final NativeMatrix gradientMemory;
    private final float[] biases;
    /** By moment, row and column. */
    private final float[][][] moments;

    private final float[] biasGradient;
    private final float[][] biasMoments;
    private int inputs;
    private int outputs;
    private NativeMatrix weights;
    private NativeMatrix gradient;

    /**
     * An untrained map, by Glorot's uniform weights (Glorot and Bengio 2010, eq. 16).
     *
     * @param running moments per parameter; -1 for a map that is only read
     */
    public DenseMap(int inputs, int outputs, int running, RandomGenerator random) {
        this(inputs, outputs, running);
        fill(Math.sqrt(6.0 / (inputs + outputs)), random);
    }

    private void fill(double limit, RandomGenerator random) {
        float[] row = new float[outputs];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < outputs; j++) {
                row[j] = (float) (limit * (2 * random.nextDouble() - 1));
            }
            weights.put(i, 0, row, 0, outputs);
        }
    }

    /** A map of zeros. */
    public DenseMap(int inputs, int outputs, int running) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.weightMemory = NativeMatrix.allocate(inputs, outputs);
        this.biases = new float[outputs];
        boolean trained = running >= 0;
        this.gradientMemory = trained ? NativeMatrix.allocate(inputs, outputs) : null;
        this.weights = weightMemory;
        this.gradient = gradientMemory;
        this.moments = new float[Math.max(0, running)][inputs][outputs];
        this.biasGradient = new float[trained ? outputs : 0];
        this.biasMoments = new float[Math.max(0, running)][outputs];
    }

    /**
     * Becomes a smaller map, or grows again up to the size that it was made with. What it held is lost; its moments, which
     * have the size that it was made with, must not be used afterwards.
     */
    public void resize(int newInputs, int newOutputs) {
        inputs = newInputs;
        outputs = newOutputs;
        weights = weightMemory.part(newInputs, newOutputs);
        gradient = gradientMemory.part(newInputs, newOutputs);
    }

    /** Features that it takes. */
    public int inputs() {
        return inputs;
    }

    /** Units that it gives. */
    public int outputs() {
        return outputs;
    }

    /** As many as the map was made with; those after its last output are of no meaning. */
    public float[] biases() {
        return biases;
    }

    /** The gradient of biases as it was formed last; as long as {@link #biases}. */
    public float[] biasGradient() {
        return biasGradient;
    }

    /** The gradient of weights as it was formed last. */
    public NativeMatrix weightGradient() {
        return gradient;
    }

    /** Its weights [inputs, outputs], not a copy. */
    public NativeMatrix weights() {
        return weights;
    }

    /** Multiply-adds per row. */
    public long multiplyAdds() {
        return (long) inputs * outputs;
    }

    /** {@code y = x W + b}, x being columns of a matrix. */
    public void forward(Lane lane, Columns x, NativeMatrix y, int rows) {
        for (int row = 0; row < rows; row++) {
            y.put(row, 0, biases, 0, outputs);
        }
        lane.gemm()
                .left(x.matrix(), 0, x.first())
                .right(weights, 0, 0)
                .into(y, 0, 0)
                .multiply(rows, outputs, inputs, 1, 1);
    }

    /** Takes {@code dL/dy} of rows: overwrites the gradient of weights and biases. */
    public void formGradient(Lane lane, Columns x, NativeMatrix dy, int rows) {
        lane.gemm()
                .leftTransposed(x.matrix(), 0, x.first())
                .right(dy, 0, 0)
                .into(gradient, 0, 0)
                .multiply(inputs, outputs, rows);
        Arrays.fill(biasGradient, 0);
        for (int row = 0; row < rows; row++) {
            float[] values = lane.rows().read(dy, row, 0, outputs);
            for (int j = 0; j < outputs; j++) {
                biasGradient[j] += values[j];
            }
        }
    }

    /** Adds {@code dL/dx} of the last inputs, as many as there are columns to add it to. */
    public void addInputGradient(Lane lane, NativeMatrix dy, Columns dx, int rows) {
        lane.gemm()
                .left(dy, 0, 0)
                .rightTransposed(weights, inputs - dx.count(), 0)
                .into(dx.matrix(), 0, dx.first())
                .multiply(rows, dx.count(), outputs, 1, 1);
    }

    /** Moves weights and biases by their gradient. */
    public void move(Lane lane, ParameterUpdate update) {
        moveWeights(lane, update);
        update.move(biases, biasMoments, biasGradient, 0, outputs);
    }

    /** Moves weights alone: biases stay where they are. */
    public void moveWeights(Lane lane, ParameterUpdate update) {
        lane.rows().update(update, weights, moments, gradient, 0, inputs, 0, outputs, 1);
    }

    /** The gradient as it was formed last: weights row by row, then biases. */
    public float[] gradient() {
        float[] all = new float[(inputs + 1) * outputs];
        gradient.get(0, 0, all, 0, inputs * outputs);
        System.arraycopy(biasGradient, 0, all, inputs * outputs, outputs);
        return all;
    }

    /** Weights row by row, then biases. */
    public float[] parameters() {
        float[] all = new float[(inputs + 1) * outputs];
        weights.get(0, 0, all, 0, inputs * outputs);
        System.arraycopy(biases, 0, all, inputs * outputs, outputs);
        return all;
    }

    /** Tells weights, biases and moments. */
    public void state(State state) {
        state.matrix("weights", weights);
        state.floats("biases", biases);
        for (int i = 0; i < moments.length; i++) {
            state.matrix("moment-" + (i + 1), moments[i]);
            state.floats("bias-moment-" + (i + 1), biasMoments[i]);
        }
    }

    /** Takes up parameters as {@link #parameters} gives them. */
    public void set(float[] parameters) {
        weights.put(0, 0, parameters, 0, inputs * outputs);
        System.arraycopy(parameters, inputs * outputs, biases, 0, outputs);
    }

    @Override
    public void close() {
        weightMemory.close();
        if (gradientMemory != null) {
            gradientMemory.close();
        }
    }
}
