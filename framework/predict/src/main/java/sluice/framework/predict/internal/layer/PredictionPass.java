package sluice.framework.predict.internal.layer;

import java.util.List;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.UnitPanels;

/** What one thread writes to while it predicts a batch: inputs, and the outputs of every layer. */
public sealed interface PredictionPass extends AutoCloseable permits ColumnPass, RowPass {
    /**
     * {@return one for networks of as many inputs}
     *
     * @param layers of the first that it is to predict through; others are like it
     * @param inputs features of an example
     * @param room most examples of a batch
     * @param memory where matrices come from
     */
    static PredictionPass through(List<StackedLayer> layers, int inputs, int room, FloatMatrix.Allocation memory) {
        return layers.stream().allMatch(layer -> layer.weights().weights() instanceof UnitPanels)
                ? new RowPass(inputs, room)
                : new ColumnPass(inputs, room, memory);
    }

    /** Where examples come from. */
    @FunctionalInterface
    public interface Rows {
        /**
         * Copies an example.
         *
         * @param index its position, from 0
         * @param into [inputs], overwritten
         */
        void read(int index, float[] into);
    }

    /**
     * What is done to features first: {@code (x - shift) * scale}.
     *
     * @param shift taken off
     * @param scale multiplied by
     */
    public record Scaling(float shift, float scale) {
        /** Does it to the first values of an array. */
        void apply(float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] = (values[i] - shift) * scale;
            }
        }
    }

    /** Gets ready to predict through these layers, the head last, unless it is. */
    void use(List<StackedLayer> compiled);

    /**
     * Computes the logits of some examples into their rows of all [size, classes].
     *
     * @param scaling of features
     * @param rows raw examples
     * @param start the first of these
     * @param batch how many, at most the room
     * @param all logits, row-major, overwritten in these rows
     */
    void predict(Scaling scaling, Rows rows, int start, int batch, float[] all);

    @Override
    void close();
}
