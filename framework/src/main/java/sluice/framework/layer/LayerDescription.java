package sluice.framework.layer;

/** What a model file says of a layer beside its units. */
public interface LayerDescription {
    /** Whether nothing is missing. */
    boolean complete();

    /**
     * {@return the layer that it describes}
     *
     * @param units of the layer
     * @throws IllegalArgumentException if there is no such layer
     */
    LayerShape shape(int units);
}
