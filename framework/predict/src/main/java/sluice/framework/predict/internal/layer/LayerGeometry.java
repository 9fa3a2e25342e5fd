package sluice.framework.predict.internal.layer;

import sluice.framework.predict.internal.kernel.FloatMatrix;

/** How the weights of a layer meet what is below, in a prediction. */
public interface LayerGeometry {
    /** {@return weights between a unit and one below} */
    int weightsPerUnitBelow();

    /** {@return positions that an example multiplies each weight at} */
    int positions();

    /** {@return whether every unit sees every value below} */
    boolean seesAllBelow();

    /** {@return examples that are predicted at a time where it is the lowest layer} */
    int predictionBatch();

    /**
     * {@return what it does in a prediction}
     *
     * @param weights of the units that are computed
     * @param input [units below * values, room]
     * @param buffers where its own come from
     */
    PredictionLayer prediction(CompiledWeights weights, FloatMatrix input, PredictionBuffers buffers);
}
