package sluice.framework.predict.internal.layer;

import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.framework.predict.internal.kernel.PoolingWindows;
import sluice.framework.predict.internal.kernel.PredictionKernels;

/** Maps, tile after tile. */
final class ConvolutionPrediction implements PredictionLayer {
    private final CompiledWeights weights;
    private final PatchGrid grid;
    private final SquarePooling pooling;
    private final ConvTiles tiles;
    private final int room;
    private final FloatMatrix input;
    private final FloatMatrix output;
    private final FloatMatrix maps;
    private final FloatMatrix patches;
    private final FloatMatrix products;

    /**
     * @param values [units below * values, room]
     */
    ConvolutionPrediction(
            CompiledWeights weights, PooledGrid convolution, FloatMatrix values, PredictionBuffers buffers) {
        int below = Math.max(1, weights.below());
        int units = Math.max(1, weights.units());
        this.weights = weights;
        this.grid = convolution.grid();
        this.pooling = convolution.pooling();
        this.room = values.columns();
        this.tiles = new ConvTiles(convolution, below, units, room);
        this.input = values.view(below, values.rows() / below * room);
        this.maps = buffers.take(units, Math.multiplyExact(convolution.values(), room));
        this.output = maps.view(units * convolution.values(), room);
        this.patches = buffers.take(below * grid.taps(), tiles.columns());
        this.products = buffers.take(units, tiles.columns());
    }

    @Override
    public void multiply(PredictionKernels kernels, int batch) {
        for (int t = 0; t < tiles.count(); t++) {
            PoolingWindows tile = tiles.get(t);
            kernels.patches().gather(grid, tile.tile(), room, input, 0, weights.below(), patches);
            weights.multiply(kernels, patches, products, tile.fullLength());
            pooling.predict(kernels, products, tile, maps, weights);
        }
    }

    @Override
    public void activate(PredictionKernels kernels) {
        // done with each tile
    }

    @Override
    public FloatMatrix output() {
        return output;
    }
}
