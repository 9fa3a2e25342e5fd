package sluice.framework.layer.fullyconnected;

import java.util.Optional;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.CompiledWeights;
import sluice.framework.internal.layer.LayerProducts;
import sluice.framework.internal.layer.PredictionBuffers;
import sluice.framework.internal.layer.PredictionLayer;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.layer.Below;
import sluice.framework.layer.Connection;
import sluice.framework.layer.LayerDescription;
import sluice.tasks.Shape;

/**
 * Every unit sees every value below.
 *
 * @param span values of each unit below
 */
record FullConnection(int span) implements Connection {
    private static final int PREDICTION_BATCH = 512;

    @Override
    public int weightsPerUnitBelow() {
        return span;
    }

    @Override
    public int valuesPerUnitBelow() {
        return span;
    }

    @Override
    public int positions() {
        return 1;
    }

    @Override
    public int valuesPerUnit() {
        return 1;
    }

    @Override
    public Optional<Below.Maps> maps() {
        return Optional.empty();
    }

    @Override
    public Shape input(int below) {
        return new Shape.Vector(Math.multiplyExact(below, span));
    }

    @Override
    public boolean takesEveryInput() {
        return false;
    }

    @Override
    public boolean formsApart() {
        return false;
    }

    @Override
    public LayerProducts products(StepLayer layer) {
        return new FullProducts(layer, span);
    }

    @Override
    public int predictionBatch() {
        return PREDICTION_BATCH;
    }

    @Override
    public PredictionLayer prediction(CompiledWeights weights, NativeMatrix input, PredictionBuffers buffers) {
        return new FullPrediction(weights, input, buffers.take(Math.max(1, weights.units()), input.columns()));
    }

    @Override
    public String geometry() {
        return "";
    }

    @Override
    public Optional<LayerDescription> description() {
        return Optional.empty();
    }
}
