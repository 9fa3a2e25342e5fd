package sluice.framework.predict.internal.layer;

/**
 * A compiled layer in its place among others.
 *
 * @param weights of the units that are computed
 * @param geometry how they meet what is below
 */
public record StackedLayer(CompiledWeights weights, LayerGeometry geometry) {
    /** {@return weights of all units} */
    public long parameters() {
        return (long) weights.units() * weights.inputs();
    }

    /** {@return multiply-adds per example} */
    public long multiplyAdds() {
        return parameters() * geometry.positions();
    }
}
