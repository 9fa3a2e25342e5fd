package sluice.framework.predict.internal.layer;

import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.PoolingWindows;
import sluice.framework.predict.internal.kernel.PredictionKernels;

/** What of each square of positions of a map goes on in a prediction, after bias and ReLU. */
public enum SquarePooling {
    /** The largest value. */
    LARGEST {
        @Override
        void predict(
                PredictionKernels kernels,
                FloatMatrix products,
                PoolingWindows tile,
                FloatMatrix maps,
                CompiledWeights weights) {
            kernels.maxPooling()
                    .maxBiasAndRelu(products, tile, maps, 0, weights.units(), weights.all(), weights.biases());
        }
    },

    /** The mean. */
    MEAN {
        @Override
        void predict(
                PredictionKernels kernels,
                FloatMatrix products,
                PoolingWindows tile,
                FloatMatrix maps,
                CompiledWeights weights) {
            kernels.averagePooling()
                    .biasReluAndMean(products, tile, maps, 0, weights.units(), weights.all(), weights.biases());
        }
    };

    /**
     * What it does in a prediction.
     *
     * @param products [units, positions of the tile * batch], without biases
     * @param tile squares of it
     * @param maps [units, squares * batch], overwritten in the tile's part
     */
    abstract void predict(
            PredictionKernels kernels,
            FloatMatrix products,
            PoolingWindows tile,
            FloatMatrix maps,
            CompiledWeights weights);
}
