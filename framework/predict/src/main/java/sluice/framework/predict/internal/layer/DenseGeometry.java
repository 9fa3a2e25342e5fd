package sluice.framework.predict.internal.layer;

import sluice.framework.predict.internal.kernel.FloatMatrix;

/**
 * Every unit sees every value below.
 *
 * @param span values of each unit below
 */
public record DenseGeometry(int span) implements LayerGeometry {
    private static final int PREDICTION_BATCH = 64;

    @Override
    public int weightsPerUnitBelow() {
        return span;
    }

    @Override
    public int positions() {
        return 1;
    }

    @Override
    public boolean seesAllBelow() {
        return true;
    }

    @Override
    public int predictionBatch() {
        return PREDICTION_BATCH;
    }

    @Override
    public PredictionLayer prediction(CompiledWeights weights, FloatMatrix input, PredictionBuffers buffers) {
        return new FullPrediction(weights, input, buffers.take(Math.max(1, weights.units()), input.columns()));
    }
}
