package sluice.framework.layer.pooling;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.kernel.PoolingWindows;
import sluice.framework.internal.layer.CompiledWeights;
import sluice.framework.internal.layer.StepLayer;

/** What of each square of positions of a map goes on, after bias and ReLU. */
public enum Pooling {
    /** The largest value. */
    MAX("") {
        @Override
        public PoolingStep step(StepLayer layer, int side) {
            return new MaxPoolingStep(layer);
        }

        @Override
        public void predict(
                Lane lane, NativeMatrix products, PoolingWindows tile, NativeMatrix maps, CompiledWeights weights) {
            lane.maxPooling().maxBiasAndRelu(products, tile, maps, 0, weights.units(), weights.all(), weights.biases());
        }
    },

    /** The mean. */
    AVERAGE(", pooling=average") {
        @Override
        public PoolingStep step(StepLayer layer, int side) {
            return new AveragePoolingStep(layer, side);
        }

        @Override
        public void predict(
                Lane lane, NativeMatrix products, PoolingWindows tile, NativeMatrix maps, CompiledWeights weights) {
            lane.averagePooling()
                    .biasReluAndMean(products, tile, maps, 0, weights.units(), weights.all(), weights.biases());
        }
    };

    private final String geometry;

    Pooling(String geometry) {
        this.geometry = geometry;
    }

    /** What digests of tasks take in: the same for ever, whatever a constant is called. */
    public String geometry() {
        return geometry;
    }

    /**
     * What it does in the training step of a task.
     *
     * @param side positions of a side of a square
     */
    public abstract PoolingStep step(StepLayer layer, int side);

    /**
     * What it does in a prediction.
     *
     * @param products [units, positions of the tile * batch], without biases
     * @param tile squares of it
     * @param maps [units, squares * batch], overwritten in the tile's part
     */
    public abstract void predict(
            Lane lane, NativeMatrix products, PoolingWindows tile, NativeMatrix maps, CompiledWeights weights);
}
