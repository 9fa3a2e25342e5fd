package sluice.framework.layer.pooling;

import sluice.framework.internal.layer.StepLayer;
import sluice.framework.predict.internal.layer.SquarePooling;

/** What of each square of positions of a map goes on, after bias and ReLU. */
public enum Pooling {
    /** The largest value. */
    MAX("", SquarePooling.LARGEST) {
        @Override
        public PoolingStep step(StepLayer layer, int side) {
            return new MaxPoolingStep(layer);
        }
    },

    /** The mean. */
    AVERAGE(", pooling=average", SquarePooling.MEAN) {
        @Override
        public PoolingStep step(StepLayer layer, int side) {
            return new AveragePoolingStep(layer, side);
        }
    };

    private final String geometry;
    private final SquarePooling inPredictions;

    Pooling(String geometry, SquarePooling inPredictions) {
        this.geometry = geometry;
        this.inPredictions = inPredictions;
    }

    /** What digests of tasks take in: the same for ever, whatever a constant is called. */
    public String geometry() {
        return geometry;
    }

    /**
     * What it does in the training step of a task.
     *
     * @param side positions of a side of a square
     */
    public abstract PoolingStep step(StepLayer layer, int side);

    /** What it does in a prediction. */
    public SquarePooling inPredictions() {
        return inPredictions;
    }
}
