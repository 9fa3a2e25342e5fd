package sluice.framework.predict.internal.layer;

import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.PatchGrid;

/**
 * Where a convolution's kernel lies, and what becomes of the positions. What does not fill a square at the right and the
 * lower edge is left out.
 *
 * @param grid of the kernel on the maps below
 * @param pool positions of a side of a square, 1 for no pooling
 * @param pooling what of a square goes on
 */
public record PooledGrid(PatchGrid grid, int pool, SquarePooling pooling) implements LayerGeometry {
    /** Fewer than of dense layers: maps are to stay in the cache. */
    private static final int PREDICTION_BATCH = 64;

    /** {@return values of a column of a map} */
    public int height() {
        return grid.rows() / pool;
    }

    /** {@return values of a row of a map} */
    public int width() {
        return grid.columns() / pool;
    }

    /** {@return values of a map} */
    public int values() {
        return height() * width();
    }

    @Override
    public int weightsPerUnitBelow() {
        return grid.taps();
    }

    @Override
    public int positions() {
        return values() * pool * pool;
    }

    @Override
    public boolean seesAllBelow() {
        return false;
    }

    @Override
    public int predictionBatch() {
        return PREDICTION_BATCH;
    }

    @Override
    public PredictionLayer prediction(CompiledWeights weights, FloatMatrix input, PredictionBuffers buffers) {
        return new ConvolutionPrediction(weights, this, input, buffers);
    }
}
