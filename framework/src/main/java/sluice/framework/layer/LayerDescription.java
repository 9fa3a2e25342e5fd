package sluice.framework.layer;

/** What a model file says of a layer beside its units. */
public interface LayerDescription {
    /** Whether nothing is missing. */
    boolean complete();

    /**
     * @param units of the layer
     * @return the layer that it describes
     * @throws IllegalArgumentException if there is no such layer
     */
    LayerShape shape(int units);
}
