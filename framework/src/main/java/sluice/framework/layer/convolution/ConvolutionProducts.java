package sluice.framework.layer.convolution;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.FreeWeights;
import sluice.framework.internal.layer.Gating;
import sluice.framework.internal.layer.LayerProducts;
import sluice.framework.internal.layer.LowerGradient;
import sluice.framework.internal.layer.OpenUnits;
import sluice.framework.internal.layer.PreActivation;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.layer.pooling.PoolingStep;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.framework.predict.internal.kernel.PoolingWindows;
import sluice.framework.predict.internal.layer.ConvTiles;
import sluice.framework.predict.internal.layer.PooledGrid;

/**
 * Products of a convolutional layer: patches of a tile times weights, tile after tile. Forward and for the weight gradient,
 * lanes take turns at the tiles; for the gradient below, where tiles overlap, they share the maps below. Where maps are
 * normalised, products of all tiles are kept until the mean and variance of each map are known.
 */
final class ConvolutionProducts implements LayerProducts {
    private final PatchGrid grid;
    private final ConvTiles tiles;
    private final int span;
    private final OpenUnits order;
    private final OpenUnits below;
    private final NativeMatrix weights;
    private final PreActivation preActivation;
    private final int channels;
    private final FreeWeights learning;
    private final NativeMatrix input;
    private final NativeMatrix units;
    private final NativeMatrix gated;
    private final NativeMatrix gradient;
    private final float[] dBiases;
    private final Gating gating;
    private final int room;
    private final PoolingStep pooling;
    /** Per lane: patches of a tile, products of a tile, and, from the second on, what it has formed of the gradient. */
    private final NativeMatrix[] patches;

    private final NativeMatrix[] products;
    private final NativeMatrix[] gradients;
    private int formedBy;
    /** Products of each tile, where they are normalised. */
    private final NativeMatrix[] whole;

    ConvolutionProducts(StepLayer layer, PooledGrid convolution, PoolingStep pooling) {
        this.grid = convolution.grid();
        this.room = layer.room();
        this.tiles = new ConvTiles(convolution, layer.below(), layer.units(), room);
        this.span = grid.taps();
        this.order = layer.order();
        this.below = layer.orderBelow();
        this.weights = layer.weights();
        this.preActivation = layer.preActivation();
        this.channels = layer.units();
        this.learning = layer.learning();
        this.input = maps(layer.input().values(), layer.below());
        this.units = layer.buffers().units();
        this.gated = layer.buffers().gated();
        this.gradient = layer.buffers().gradient();
        this.dBiases = layer.buffers().dBiases();
        this.gating = layer.gating();
        this.whole = new NativeMatrix[preActivation.normalises() ? tiles.count() : 0];
        this.pooling = pooling;
        this.patches = new NativeMatrix[layer.lanes()];
        this.products = new NativeMatrix[layer.lanes()];
        this.gradients = new NativeMatrix[layer.lanes()];
        for (int t = 0; t < whole.length; t++) {
            whole[t] = NativeMatrix.allocate(channels, tiles.get(t).fullLength());
        }
        int inputs = layer.below() * span;
        for (int i = 0; i < patches.length; i++) {
            patches[i] = NativeMatrix.allocate(inputs, tiles.columns());
            products[i] = NativeMatrix.allocate(layer.units(), tiles.columns());
            gradients[i] = i == 0 ? learning.target() : NativeMatrix.allocate(layer.units(), inputs);
        }
    }

    /** What is below as [units, values * room]. */
    private static NativeMatrix maps(NativeMatrix values, int units) {
        return values.view(units, values.rows() / units * values.columns());
    }

    @Override
    public int grain() {
        return 1;
    }

    @Override
    public boolean sharesRows() {
        return true;
    }

    @Override
    public void forward(Lane lane, int first, int end, int batch) {
        NativeMatrix patch = patches[lane.index()];
        boolean waits = preActivation.normalises();
        for (int t = lane.index(); t < tiles.count(); t += lane.count()) {
            PoolingWindows tile = tiles.get(t);
            lane.patches().gather(grid, tile.tile(), room, input, below.first(), below.end(), patch);
            NativeMatrix product = waits ? whole[t] : products[lane.index()];
            lane.gemm()
                    .left(weights, first, below.first() * span)
                    .right(patch, 0, 0)
                    .into(product, waits ? first : 0, 0)
                    .multiplyNarrow(end - first, tile.fullLength(), below.open() * span, 1, 0);
            if (!waits) {
                pooling.forward(lane, product, tile, first, end);
            }
        }
    }

    @Override
    public void activate(Lane lane, int from, int to, int batch) {
        if (preActivation.normalises()) {
            NativeMatrix product = products[lane.index()];
            preActivation.normalise(lane, whole, from, to, batch);
            for (int t = 0; t < whole.length; t++) {
                preActivation.scale(lane, whole[t], from, to, product, 0);
                pooling.forward(lane, product, tiles.get(t), from, to);
            }
        }
    }

    @Override
    public void gate(Lane lane, int from, int to, double[] values, int batch) {
        if (gating == Gating.PER_EXAMPLE) {
            lane.mapPasses().gate(units, gated, from, to, order.units(), values, batch, room, channels);
        } else {
            // all columns: what lies beyond the batch is made 0 before it is added to anything
            lane.passes().gate(units, gated, from, to, order.units(), values, units.columns(), 0);
        }
    }

    @Override
    public void throughGates(Lane lane, int from, int to, double[] values, double[] into, int batch) {
        int[] rows = order.units();
        int columns = units.columns();
        if (gating == Gating.PER_EXAMPLE) {
            lane.mapPasses().backward(gradient, units, from, to, batch, room, rows, values, into, dBiases, channels);
        } else {
            lane.mapPasses().clearBeyond(gradient, from, to, batch, room);
            if (gating == Gating.PER_BATCH) {
                lane.passes().backwardMultiplied(gradient, units, from, to, columns, rows, values, into, dBiases);
            } else {
                lane.passes().backwardShared(gradient, units, from, to, columns, rows, into, dBiases);
            }
        }
        pooling.biases(lane, from, to);
        formScaleGradient(lane, Math.max(from, order.first()), Math.min(to, order.end()));
    }

    private void formScaleGradient(Lane lane, int from, int to) {
        NativeMatrix product = products[lane.index()];
        preActivation.beginScaleGradient(from, to);
        for (int t = 0; t < whole.length; t++) {
            pooling.backward(lane, tiles.get(t), from, to, product);
            preActivation.formScaleGradient(lane, whole[t], from, to, product, 0);
        }
    }

    /** The gradient at the products of a tile, of all that is open. */
    private void backward(Lane lane, int t, NativeMatrix product) {
        pooling.backward(lane, tiles.get(t), order.first(), order.end(), product);
        if (preActivation.normalises()) {
            preActivation.backward(lane, whole[t], order.first(), order.end(), product, 0);
        }
    }

    @Override
    public void inputGradient(Lane lane, LowerGradient lower, int batch) {
        int from = lower.firstRow(lane);
        int to = lower.endRow(lane);
        if (from == to) {
            return;
        }
        NativeMatrix patch = patches[lane.index()];
        NativeMatrix product = products[lane.index()];
        lane.mapPasses().clear(lower.mapGradient(), from, to);
        for (int t = 0; t < tiles.count(); t++) {
            PoolingWindows tile = tiles.get(t);
            backward(lane, t, product);
            lane.gemm()
                    .leftTransposed(weights, order.first(), from * span)
                    .right(product, 0, 0)
                    .into(patch, 0, 0)
                    .multiplyNarrow((to - from) * span, tile.fullLength(), order.open(), 1, 0);
            lane.patches().scatter(grid, tile.tile(), room, patch, lower.mapGradient(), from, to);
        }
    }

    @Override
    public void form(Lane lane, int batch) {
        // each lane writes the same
        formedBy = Math.min(lane.count(), tiles.count());
        if (learning.size() == 0) {
            return;
        }
        NativeMatrix patch = patches[lane.index()];
        for (int t = lane.index(); t < tiles.count(); t += lane.count()) {
            PoolingWindows tile = tiles.get(t);
            float kept = t < lane.count() ? 0 : 1;
            int end = order.openFree() > 0 ? below.end() : below.boundary();
            lane.patches().gather(grid, tile.tile(), room, input, below.first(), end, patch);
            backward(lane, t, products[lane.index()]);
            form(lane, tile, order.first(), order.boundary(), below.open(), kept);
            form(lane, tile, order.boundary(), order.end(), below.openFree(), kept);
        }
    }

    /** Adds a tile to the gradient of some rows at so many units below. */
    private void form(Lane lane, PoolingWindows tile, int from, int to, int count, float kept) {
        if (from < to && count > 0) {
            lane.gemm()
                    .left(products[lane.index()], from - order.first(), 0)
                    .rightTransposed(patches[lane.index()], 0, 0)
                    .into(gradients[lane.index()], from, below.first() * span)
                    .multiplyNarrow(to - from, count * span, tile.fullLength(), 1, kept);
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
    public void move(Lane lane, int batch, float scale) {
        learning.moveFormed(lane, scale);
    }

    @Override
    public void close() {
        for (NativeMatrix products : whole) {
            products.close();
        }
        for (int i = 0; i < patches.length; i++) {
            patches[i].close();
            products[i].close();
            if (i > 0) {
                gradients[i].close();
            }
        }
    }
}
