package sluice.framework.predict.internal.layer;

import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.PredictionKernels;

/** Units that have one value each. */
record FullPrediction(CompiledWeights weights, FloatMatrix input, FloatMatrix output) implements PredictionLayer {
    @Override
    public void multiply(PredictionKernels kernels, int batch) {
        weights.multiply(kernels, input, output, batch);
    }

    @Override
    public void activate(PredictionKernels kernels) {
        weights.activate(kernels, output);
    }
}
