package sluice.framework.conditional;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.ParameterUpdate;

/**
 * The affine map of a gated layer, its weights unit by unit, so that those of a block lie together and those of all blocks, too.
 * Each block is multiplied, and moves, by the rows alone that have it open.
 */
final class BlockMap implements AutoCloseable {
    private final int inputs;
    private final int units;
    private final NativeMatrix weights;
    private final NativeMatrix gradient;
    /** By moment, row and column. */
    private final float[][][] moments;

    private final float[] biases;
    private final float[] biasGradient;
    private final float[][] biasMoments;

    /**
     * A map of zeros.
     *
     * @param running moments per parameter; -1 for a map that is only read
     */
    BlockMap(int inputs, int units, int running) {
        this.inputs = inputs;
        this.units = units;
        this.weights = NativeMatrix.allocate(units, inputs);
        this.gradient = running >= 0 ? NativeMatrix.allocate(units, inputs) : null;
        this.moments = new float[Math.max(0, running)][units][inputs];
        this.biases = new float[units];
        this.biasGradient = new float[units];
        this.biasMoments = new float[Math.max(0, running)][units];
    }

    /** Glorot's uniform weights (Glorot and Bengio 2010, eq. 16). */
    void fill(RandomGenerator random) {
        double limit = Math.sqrt(6.0 / (inputs + units));
        float[] row = new float[inputs];
        for (int u = 0; u < units; u++) {
            for (int i = 0; i < inputs; i++) {
                row[i] = (float) (limit * (2 * random.nextDouble() - 1));
            }
            weights.put(u, 0, row, 0, inputs);
        }
    }

    int inputs() {
        return inputs;
    }

    int units() {
        return units;
    }

    /** Sets the open blocks of y to {@code W x + b}. */
    void forward(Lane lane, BlockProducts products, Units x, Units y, int rows) {
        for (int r = 0; r < rows; r++) {
            y.values().put(r, 0, biases, 0, units);
        }
        if (y.open().isAll() && x.open().isAll()) {
            lane.gemm()
                    .left(x.values(), 0, 0)
                    .rightTransposed(weights, 0, 0)
                    .into(y.values(), 0, 0)
                    .multiply(y.open().count(0), units, inputs, 1, 1);
            return;
        }
        if (x.open().isAll()) {
            products.remember(x);
        }
        for (int b = 0; b < y.open().blocks(); b++) {
            for (int seen = 0; seen < x.open().blocks(); seen++) {
                products.forward(lane, weights, x, seen, y, b);
            }
        }
    }

    /** Forms the gradient of the open blocks from that of y. */
    void formGradient(Lane lane, BlockProducts products, Units x, Units y, int rows) {
        sumBiases(lane, y, rows);
        multiply(lane, products, x, y, new BlockProducts.Scaled(gradient, 1, 0));
    }

    /** Moves the open blocks by their gradient, which is formed as it is added: to be called with what went forward last. */
    void step(Lane lane, BlockProducts products, Units x, Units y, int rows, ParameterUpdate.Linear update) {
        sumBiases(lane, y, rows);
        multiply(lane, products, x, y, new BlockProducts.Scaled(weights, -update.rate(), update.keep()));
        int width = y.open().width();
        for (int b = 0; b < y.open().blocks(); b++) {
            if (y.open().count(b) > 0) {
                update.move(biases, biasMoments, biasGradient, b * width, (b + 1) * width);
            }
        }
    }

    private void sumBiases(Lane lane, Units y, int rows) {
        int width = y.open().width();
        Arrays.fill(biasGradient, 0);
        for (int r = 0; r < rows; r++) {
            float[] row = lane.rows().read(y.gradients(), r, 0, units);
            for (int b = 0; b < y.open().blocks(); b++) {
                for (int j = b * width; j < (b + 1) * width && y.open().isOpen(r, b); j++) {
                    biasGradient[j] += row[j];
                }
            }
        }
    }

    private void multiply(Lane lane, BlockProducts products, Units x, Units y, BlockProducts.Scaled to) {
        if (y.open().isAll() && x.open().isAll()) {
            lane.gemm()
                    .leftTransposed(y.gradients(), 0, 0)
                    .right(x.values(), 0, 0)
                    .into(to.matrix(), 0, 0)
                    .multiply(units, inputs, y.open().count(0), to.factor(), to.keep());
            return;
        }
        for (int b = 0; b < y.open().blocks(); b++) {
            for (int seen = 0; seen < x.open().blocks() && y.open().count(b) > 0; seen++) {
                products.addGradient(lane, to, x, seen, y, b);
            }
        }
    }

    /** Adds to the gradient at x what comes from y. */
    void addInputGradient(Lane lane, BlockProducts products, Units x, Units y) {
        if (y.open().isAll() && x.open().isAll()) {
            lane.gemm()
                    .left(y.gradients(), 0, 0)
                    .right(weights, 0, 0)
                    .into(x.gradients(), 0, 0)
                    .multiply(y.open().count(0), inputs, units, 1, 1);
            return;
        }
        for (int b = 0; b < y.open().blocks(); b++) {
            for (int seen = 0; seen < x.open().blocks(); seen++) {
                products.addInputGradient(lane, weights, x, seen, y, b);
            }
        }
    }

    /** Moves the blocks that some row had open; the others stay as they are. */
    void move(Lane lane, ParameterUpdate update, BlockRows open) {
        int width = open.width();
        for (int b = 0; b < open.blocks(); b++) {
            int end = b;
            while (end < open.blocks() && open.count(end) > 0) {
                end++;
            }
            if (end > b) {
                lane.rows().update(update, weights, moments, gradient, b * width, end * width, 0, inputs, 1);
                update.move(biases, biasMoments, biasGradient, b * width, end * width);
                b = end;
            }
        }
    }

    /** Moves the weights of all blocks, and no bias. */
    void moveWeights(Lane lane, ParameterUpdate update) {
        lane.rows().update(update, weights, moments, gradient, 0, units, 0, inputs, 1);
    }

    /** Weights unit by unit, then biases. */
    float[] parameters() {
        return flat(weights, biases);
    }

    /** The gradient as it was formed last; of blocks that no row had open without meaning. */
    float[] gradient() {
        return flat(gradient, biasGradient);
    }

    private float[] flat(NativeMatrix matrix, float[] vector) {
        float[] all = new float[(inputs + 1) * units];
        matrix.get(0, 0, all, 0, inputs * units);
        System.arraycopy(vector, 0, all, inputs * units, units);
        return all;
    }

    /** Tells weights, biases and moments. */
    void state(State state) {
        state.matrix("weights", weights);
        state.floats("biases", biases);
        for (int i = 0; i < moments.length; i++) {
            state.matrix("moment-" + (i + 1), moments[i]);
            state.floats("bias-moment-" + (i + 1), biasMoments[i]);
        }
    }

    /** Takes up parameters as {@link #parameters} gives them. */
    void set(float[] parameters) {
        weights.put(0, 0, parameters, 0, inputs * units);
        System.arraycopy(parameters, inputs * units, biases, 0, units);
    }

    @Override
    public void close() {
        weights.close();
        if (gradient != null) {
            gradient.close();
        }
    }
}
