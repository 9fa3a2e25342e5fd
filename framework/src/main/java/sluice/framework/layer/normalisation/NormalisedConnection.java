package sluice.framework.layer.normalisation;

import java.util.Optional;
import sluice.framework.internal.layer.LayerProducts;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.layer.Below;
import sluice.framework.layer.Connection;
import sluice.framework.layer.LayerDescription;
import sluice.framework.layer.UnitNormalisation;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.layer.CompiledWeights;
import sluice.framework.predict.internal.layer.PredictionBuffers;
import sluice.framework.predict.internal.layer.PredictionLayer;
import sluice.tasks.Shape;

/**
 * A layer's connection, normalised: the kind below does all the rest.
 *
 * @param layer how its weights meet what is below
 * @param normalisation of its products
 */
public record NormalisedConnection(Connection layer, UnitNormalisation normalisation) implements Connection {
    @Override
    public String geometry() {
        return layer.geometry() + "Normalised[" + normalisation.word() + "]";
    }

    @Override
    public int weightsPerUnitBelow() {
        return layer.weightsPerUnitBelow();
    }

    @Override
    public int positions() {
        return layer.positions();
    }

    @Override
    public int valuesPerUnitBelow() {
        return layer.valuesPerUnitBelow();
    }

    @Override
    public int valuesPerUnit() {
        return layer.valuesPerUnit();
    }

    @Override
    public Optional<Below.Maps> maps() {
        return layer.maps();
    }

    @Override
    public Shape input(int below) {
        return layer.input(below);
    }

    @Override
    public boolean takesEveryInput() {
        return layer.takesEveryInput();
    }

    @Override
    public boolean formsApart() {
        return layer.formsApart();
    }

    @Override
    public LayerProducts products(StepLayer step) {
        return layer.products(step);
    }

    @Override
    public boolean seesAllBelow() {
        return layer.seesAllBelow();
    }

    @Override
    public int predictionBatch() {
        return layer.predictionBatch();
    }

    @Override
    public PredictionLayer prediction(CompiledWeights weights, FloatMatrix input, PredictionBuffers buffers) {
        return layer.prediction(weights, input, buffers);
    }

    @Override
    public Optional<LayerDescription> description() {
        return layer.description();
    }
}
