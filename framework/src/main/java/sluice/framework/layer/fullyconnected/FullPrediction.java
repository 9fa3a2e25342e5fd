package sluice.framework.layer.fullyconnected;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.CompiledWeights;
import sluice.framework.internal.layer.PredictionLayer;

/** Units that have one value each. */
record FullPrediction(CompiledWeights weights, NativeMatrix input, NativeMatrix output) implements PredictionLayer {
    @Override
    public void multiply(Lane lane, int batch) {
        weights.multiply(lane, input, output, batch);
    }

    @Override
    public void activate(Lane lane) {
        weights.activate(lane, output);
    }
}
