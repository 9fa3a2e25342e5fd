package sluice.framework.conditional;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.dense.DenseMap;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.ParameterUpdate;

/**
 * An affine map of all its outputs for every row: of units that are all computed a dense one, of gated units one block of a
 * {@link BlockMap}.
 */
final class UnitsMap implements AutoCloseable {
    private final Optional<DenseMap> dense;
    private final Optional<BlockMap> blocks;
    private final BlockProducts products;
    private final BlockRows all;
    private final int inputs;
    private final int outputs;

    /**
     * An untrained map.
     *
     * @param gated whether some units below may not be computed
     * @param rows most rows
     * @param running moments per parameter
     */
    UnitsMap(int inputs, int outputs, boolean gated, int rows, int running, RandomGenerator random) {
        if (gated) {
            BlockMap map = new BlockMap(inputs, outputs, running);
            map.fill(random);
            this.dense = Optional.empty();
            this.blocks = Optional.of(map);
            this.products = new BlockProducts(rows, Math.max(inputs, outputs));
        } else {
            this.dense = Optional.of(new DenseMap(inputs, outputs, running, random));
            this.blocks = Optional.empty();
            this.products = null;
        }
        this.all = BlockRows.whole(outputs, rows);
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** Units of its outputs. */
    Units outputs(NativeMatrix values, NativeMatrix gradients) {
        return new Units(values, gradients, all);
    }

    private static Columns columns(NativeMatrix matrix, Units x) {
        return new Columns(matrix, 0, x.count());
    }

    void forward(Lane lane, Units x, Units y, int rows) {
        all.openAll(rows);
        dense.ifPresent(map -> map.forward(lane, columns(x.values(), x), y.values(), rows));
        blocks.ifPresent(map -> map.forward(lane, products, x, y, rows));
    }

    /** From the gradient at y to that of the map, and, if there is one, to that at x, to which it is added. */
    void backward(Lane lane, Units x, Units y, int rows) {
        boolean learnsBelow = x.gradients() != null;
        dense.ifPresent(map -> {
            map.formGradient(lane, columns(x.values(), x), y.gradients(), rows);
            if (learnsBelow) {
                map.addInputGradient(lane, y.gradients(), columns(x.gradients(), x), rows);
            }
        });
        blocks.ifPresent(map -> {
            map.formGradient(lane, products, x, y, rows);
            if (learnsBelow) {
                map.addInputGradient(lane, products, x, y);
            }
        });
    }

    void move(Lane lane, ParameterUpdate update) {
        dense.ifPresent(map -> map.move(lane, update));
        blocks.ifPresent(map -> map.move(lane, update, all));
    }

    /** Moves weights alone. */
    void moveWeights(Lane lane, ParameterUpdate update) {
        dense.ifPresent(map -> map.moveWeights(lane, update));
        blocks.ifPresent(map -> map.moveWeights(lane, update));
    }

    /** Weights input by input, then biases. */
    float[] parameters() {
        return dense.map(DenseMap::parameters)
                .orElseGet(() -> turned(blocks.orElseThrow().parameters(), outputs, inputs));
    }

    /** The gradient as it was formed last, in the same order. */
    float[] gradient() {
        return dense.map(DenseMap::gradient)
                .orElseGet(() -> turned(blocks.orElseThrow().gradient(), outputs, inputs));
    }

    /** Tells weights, biases and moments. */
    void state(State state) {
        dense.ifPresent(map -> map.state(state));
        blocks.ifPresent(map -> map.state(state));
    }

    /** Takes up parameters as {@link #parameters} gives them. */
    void set(float[] parameters) {
        dense.ifPresent(map -> map.set(parameters));
        blocks.ifPresent(map -> map.set(turned(parameters, inputs, outputs)));
    }

    /** Parameters with the matrix transposed; the vector of biases behind it stays as it is. */
    static float[] turned(float[] parameters, int rows, int columns) {
        float[] turned = parameters.clone();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                turned[c * rows + r] = parameters[r * columns + c];
            }
        }
        return turned;
    }

    @Override
    public void close() {
        dense.ifPresent(DenseMap::close);
        blocks.ifPresent(BlockMap::close);
        if (products != null) {
            products.close();
        }
    }
}
