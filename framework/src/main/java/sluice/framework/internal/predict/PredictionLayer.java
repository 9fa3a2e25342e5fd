package sluice.framework.internal.predict;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.kernel.Squares;
import sluice.framework.layer.Connection;
import sluice.framework.layer.ConvTiles;

/** A compiled layer with what one thread writes to, which is not its own, while it predicts through it. */
sealed interface PredictionLayer {
    /** {@code W x}, without biases; of a convolution all that it does. */
    void multiply(Lane lane, int batch);

    /** {@code relu(output + b)}, unless {@link #multiply} has done that. */
    void activate(Lane lane);

    /** [units * values, room]. */
    NativeMatrix output();

    /** Units that have one value each. */
    record Dense(CompiledLayer layer, NativeMatrix input, NativeMatrix output) implements PredictionLayer {
        @Override
        public void multiply(Lane lane, int batch) {
            layer.multiply(lane, input, output, batch);
        }

        @Override
        public void activate(Lane lane) {
            layer.activate(lane, output);
        }
    }

    /** Maps, tile after tile. */
    final class Conv implements PredictionLayer {
        private final CompiledLayer layer;
        private final Connection.Convolution convolution;
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
        Conv(CompiledLayer layer, Connection.Convolution convolution, NativeMatrix values, PredictionBuffers buffers) {
            int below = Math.max(1, layer.below());
            int units = Math.max(1, layer.units());
            this.layer = layer;
            this.convolution = convolution;
            this.room = values.columns();
            this.tiles = new ConvTiles(convolution, below, units, room);
            this.input = values.view(below, values.rows() / below * room);
            this.maps = buffers.take(units, Math.multiplyExact(convolution.outputs(), room));
            this.output = maps.view(units * convolution.outputs(), room);
            this.patches = buffers.take(below * convolution.span(), tiles.columns());
            this.products = buffers.take(units, tiles.columns());
        }

        @Override
        public void multiply(Lane lane, int batch) {
            for (int t = 0; t < tiles.count(); t++) {
                Squares tile = tiles.get(t);
                lane.patches().gather(convolution.grid(), tile.tile(), room, input, 0, layer.below(), patches);
                layer.multiply(lane, patches, products, tile.fullLength());
                lane.maxPooling().maxBiasAndRelu(products, tile, maps, 0, layer.units(), layer.all(), layer.biases());
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
}
