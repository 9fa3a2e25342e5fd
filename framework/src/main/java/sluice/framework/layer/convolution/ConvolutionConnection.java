package sluice.framework.layer.convolution;

import java.util.Optional;
import sluice.framework.internal.layer.LayerProducts;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.layer.Below;
import sluice.framework.layer.Connection;
import sluice.framework.layer.LayerDescription;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.framework.predict.internal.layer.CompiledWeights;
import sluice.framework.predict.internal.layer.PooledGrid;
import sluice.framework.predict.internal.layer.PredictionBuffers;
import sluice.framework.predict.internal.layer.PredictionLayer;
import sluice.tasks.Shape;

/**
 * A convolution, a unit of which is a whole map, and the pooling of each square of positions. What does not fill a
 * square at the right and the lower edge is left out.
 *
 * @param grid where the kernel lies on the maps below
 * @param pool positions of a side of a square, 1 for no pooling
 * @param pooling what of a square goes on
 */
public record ConvolutionConnection(PatchGrid grid, int pool, Pooling pooling) implements Connection {
    private PooledGrid pooled() {
        return new PooledGrid(grid, pool, pooling.inPredictions());
    }

    private int height() {
        return pooled().height();
    }

    /** Values of a row of a map. */
    public int width() {
        return pooled().width();
    }

    @Override
    public int weightsPerUnitBelow() {
        return grid.taps();
    }

    @Override
    public int valuesPerUnitBelow() {
        return grid.pixels();
    }

    @Override
    public int positions() {
        return valuesPerUnit() * pool * pool;
    }

    @Override
    public int valuesPerUnit() {
        return height() * width();
    }

    @Override
    public Optional<Below.Maps> maps() {
        return Optional.of(new Below.Maps(height(), width()));
    }

    @Override
    public Shape input(int below) {
        return new Shape.Channels(below, grid.height(), grid.width());
    }

    @Override
    public boolean takesEveryInput() {
        return true;
    }

    @Override
    public boolean formsApart() {
        return true;
    }

    @Override
    public LayerProducts products(StepLayer layer) {
        return new ConvolutionProducts(layer, pooled(), pooling.step(layer, pool));
    }

    @Override
    public boolean seesAllBelow() {
        return pooled().seesAllBelow();
    }

    @Override
    public int predictionBatch() {
        return pooled().predictionBatch();
    }

    @Override
    public PredictionLayer prediction(CompiledWeights weights, FloatMatrix input, PredictionBuffers buffers) {
        return pooled().prediction(weights, input, buffers);
    }

    @Override
    public String geometry() {
        String padding =
                switch (grid.padding()) {
                    case VALID -> "VALID";
                    case SAME -> "SAME";
                };
        return "Convolution[grid=PatchGrid[height=" + grid.height() + ", width=" + grid.width() + ", kernel="
                + grid.kernel() + ", padding=" + padding + "], pool=" + pool + pooling.geometry() + "]";
    }

    @Override
    public Optional<LayerDescription> description() {
        return Optional.of(ConvolutionDescription.of(this));
    }
}
