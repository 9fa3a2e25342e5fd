package sluice.framework.layer.fullyconnected;

import java.util.Optional;
import sluice.framework.internal.layer.LayerProducts;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.layer.Below;
import sluice.framework.layer.Connection;
import sluice.framework.layer.LayerDescription;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.layer.CompiledWeights;
import sluice.framework.predict.internal.layer.DenseGeometry;
import sluice.framework.predict.internal.layer.PredictionBuffers;
import sluice.framework.predict.internal.layer.PredictionLayer;
import sluice.tasks.Shape;

/**
 * Every unit sees every value below.
 *
 * @param span values of each unit below
 */
record FullConnection(int span) implements Connection {
    private DenseGeometry inPredictions() {
        return new DenseGeometry(span);
    }

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
    public boolean seesAllBelow() {
        return inPredictions().seesAllBelow();
    }

    @Override
    public int predictionBatch() {
        return inPredictions().predictionBatch();
    }

    @Override
    public PredictionLayer prediction(CompiledWeights weights, FloatMatrix input, PredictionBuffers buffers) {
        return inPredictions().prediction(weights, input, buffers);
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
