package sluice.framework.predict;

import sluice.framework.predict.internal.kernel.WeightRows;
import sluice.framework.predict.internal.layer.CompiledWeights;
import sluice.framework.predict.internal.layer.LayerGeometry;
import sluice.framework.predict.internal.layer.StackedLayer;

/**
 * A layer as a model file holds it.
 *
 * @param below units below
 * @param geometry how weights meet these
 * @param weights [units, below * weights per unit below], row-major
 * @param biases by unit
 */
record StoredLayer(int below, LayerGeometry geometry, float[] weights, float[] biases) {
    /** Some units over some below, with factors of their weights, and biases. */
    StackedLayer compile(
            int[] units, int[] unitsBelow, float[] factors, float[] ofUnits, WeightRows.Allocation memory) {
        int span = geometry.weightsPerUnitBelow();
        CompiledWeights.Whole whole = new CompiledWeights.Whole(weights, below * span, span);
        return new StackedLayer(CompiledWeights.of(whole, units, unitsBelow, factors, ofUnits, memory), geometry);
    }
}
