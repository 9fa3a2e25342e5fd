package sluice.framework.layer.convolution;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.kernel.PatchGrid;
import sluice.framework.internal.kernel.PoolingWindows;
import sluice.framework.internal.layer.CompiledWeights;
import sluice.framework.internal.layer.PredictionBuffers;
import sluice.framework.internal.layer.PredictionLayer;
import sluice.framework.layer.pooling.Pooling;

/** Maps, tile after tile. */
final class ConvolutionPrediction implements PredictionLayer {
    private final CompiledWeights weights;
    private final PatchGrid grid;
    private final Pooling pooling;
    private final ConvTiles tiles;
    private final int room;
    private final NativeMatrix input;
    private final NativeMatrix output;
    private final NativeMatrix maps;
    private final NativeMatrix patches;
    private final NativeMatrix products;

    /**
     * @param values [units below * values, room]
     */
    ConvolutionPrediction(
            CompiledWeights weights, PooledGrid convolution, NativeMatrix values, PredictionBuffers buffers) {
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
    public void multiply(Lane lane, int batch) {
        for (int t = 0; t < tiles.count(); t++) {
            PoolingWindows tile = tiles.get(t);
            lane.patches().gather(grid, tile.tile(), room, input, 0, weights.below(), patches);
            weights.multiply(lane, patches, products, tile.fullLength());
            pooling.predict(lane, products, tile, maps, weights);
        }
    }

    @Override
    public void activate(Lane lane) {
        // done with each tile
    }

    @Override
    public NativeMatrix output() {
        return output;
    }
}
