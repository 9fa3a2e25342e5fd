package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.kernel.PatchGrid;
import sluice.framework.internal.kernel.Squares;
import sluice.framework.layer.Connection;
import sluice.framework.layer.ConvTiles;
import sluice.framework.layer.DenseLayer;

/**
 * Products of a convolutional layer: patches of a tile times weights, tile after tile. Forward and for the weight gradient,
 * lanes take turns at the tiles; for the gradient below, where tiles overlap, they share the maps below.
 */
final class ConvProducts implements LayerProducts {
    private final DenseLayer layer;
    private final PatchGrid grid;
    private final ConvTiles tiles;
    private final UnitOrder order;
    private final UnitOrder below;
    private final WorkingWeights weights;
    private final WeightLearning learning;
    private final NativeMatrix input;
    private final NativeMatrix units;
    private final int room;
    /** Per position of units: where in its square the largest value was. */
    private final int[] largest;
    /** Per lane: patches of a tile, products of a tile, and, from the second on, what it has formed of the gradient. */
    private final NativeMatrix[] patches;

    private final NativeMatrix[] products;
    private final NativeMatrix[] gradients;
    private int formedBy;

    /**
     * @param input [units below, values * room]
     * @param units [units, values * room], what {@link #forward} writes
     * @param room examples that there is room for
     * @param lanes threads at most
     */
    ConvProducts(
            DenseLayer layer,
            UnitOrder order,
            UnitOrder below,
            WorkingWeights weights,
            WeightLearning learning,
            NativeMatrix input,
            NativeMatrix units,
            int room,
            int lanes) {
        Connection.Convolution convolution = (Connection.Convolution) layer.connection();
        this.layer = layer;
        this.grid = convolution.grid();
        this.tiles = new ConvTiles(convolution, layer.below(), layer.units(), room);
        this.order = order;
        this.below = below;
        this.weights = weights;
        this.learning = learning;
        this.input = input;
        this.units = units;
        this.room = room;
        this.largest = new int[Math.multiplyExact(units.rows(), units.columns())];
        this.patches = new NativeMatrix[lanes];
        this.products = new NativeMatrix[lanes];
        this.gradients = new NativeMatrix[lanes];
        for (int i = 0; i < lanes; i++) {
            patches[i] = NativeMatrix.allocate(layer.inputs(), tiles.columns());
            products[i] = NativeMatrix.allocate(layer.units(), tiles.columns());
            gradients[i] = i == 0 ? learning.target() : NativeMatrix.allocate(layer.units(), layer.inputs());
        }
    }

    @Override
    public void forward(Lane lane, int first, int end, int batch) {
        NativeMatrix patch = patches[lane.index()];
        NativeMatrix product = products[lane.index()];
        for (int t = lane.index(); t < tiles.count(); t += lane.count()) {
            Squares tile = tiles.get(t);
            lane.patches().gather(grid, tile.tile(), room, input, below.first(), below.end(), patch);
            lane.gemm()
                    .left(weights.weights(), first, below.first() * layer.span())
                    .right(patch, 0, 0)
                    .into(product, 0, 0)
                    .multiplyNarrow(end - first, tile.fullLength(), below.open() * layer.span(), 1, 0);
            lane.maxPooling().maxBiasAndRelu(product, tile, units, first, end, order.units(), layer.biases(), largest);
        }
    }

    @Override
    public void inputGradient(Lane lane, NativeMatrix dz, GatedLayerStep lower, int batch) {
        int from = lower.firstRow(lane);
        int to = lower.endRow(lane);
        if (from == to) {
            return;
        }
        NativeMatrix patch = patches[lane.index()];
        NativeMatrix product = products[lane.index()];
        lane.mapPasses().clear(lower.mapGradient(), from, to);
        for (int t = 0; t < tiles.count(); t++) {
            Squares tile = tiles.get(t);
            lane.maxPooling().spread(dz, tile, order.first(), order.end(), largest, product);
            lane.gemm()
                    .leftTransposed(weights.weights(), order.first(), from * layer.span())
                    .right(product, 0, 0)
                    .into(patch, 0, 0)
                    .multiplyNarrow((to - from) * layer.span(), tile.fullLength(), order.open(), 1, 0);
            lane.patches().scatter(grid, tile.tile(), room, patch, lower.mapGradient(), from, to);
        }
    }

    @Override
    public boolean formsApart() {
        return true;
    }

    @Override
    public void form(Lane lane, NativeMatrix dz, int batch) {
        // each lane writes the same
        formedBy = Math.min(lane.count(), tiles.count());
        if (learning.size() == 0) {
            return;
        }
        NativeMatrix patch = patches[lane.index()];
        for (int t = lane.index(); t < tiles.count(); t += lane.count()) {
            Squares tile = tiles.get(t);
            float kept = t < lane.count() ? 0 : 1;
            int end = order.openFree() > 0 ? below.end() : below.boundary();
            lane.patches().gather(grid, tile.tile(), room, input, below.first(), end, patch);
            lane.maxPooling().spread(dz, tile, order.first(), order.end(), largest, products[lane.index()]);
            form(lane, tile, order.first(), order.boundary(), below.open(), kept);
            form(lane, tile, order.boundary(), order.end(), below.openFree(), kept);
        }
    }

    /** Adds a tile to the gradient of some rows at so many units below. */
    private void form(Lane lane, Squares tile, int from, int to, int count, float kept) {
        if (from < to && count > 0) {
            lane.gemm()
                    .left(products[lane.index()], from - order.first(), 0)
                    .rightTransposed(patches[lane.index()], 0, 0)
                    .into(gradients[lane.index()], from, below.first() * layer.span())
                    .multiplyNarrow(to - from, count * layer.span(), tile.fullLength(), 1, kept);
        }
    }

    @Override
    public void addUp(Lane lane) {
        int from = lane.first(order.first(), order.end(), 1);
        int to = lane.end(order.first(), order.end(), 1);
        for (int i = 1; i < formedBy; i++) {
            learning.add(lane, gradients[i], from, to);
        }
    }

    @Override
    public void move(Lane lane, NativeMatrix dz, int batch, float scale) {
        learning.moveFormed(lane, scale);
    }

    @Override
    public void close() {
        for (int i = 0; i < patches.length; i++) {
            patches[i].close();
            products[i].close();
            if (i > 0) {
                gradients[i].close();
            }
        }
    }
}
