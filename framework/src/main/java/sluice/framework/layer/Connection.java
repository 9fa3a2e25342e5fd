package sluice.framework.layer;

import java.util.Optional;
import sluice.framework.internal.layer.LayerProducts;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.predict.internal.layer.LayerGeometry;
import sluice.tasks.Shape;

/**
 * A kind of layer, as it lies on what is below it: how its weights meet that, whatever the widths of both, what it does in a
 * training step and in a prediction, and what a model file says of it. Each unit has {@link #weightsPerUnitBelow} weights per unit below,
 * side by side. Who has a layer asks this, and never which kind it is.
 */
public interface Connection extends LayerGeometry {
    /** Values of a unit below. */
    int valuesPerUnitBelow();

    /** Values of a unit of the layer: what each has to say to a fully connected layer above. */
    int valuesPerUnit();

    /** The size of the maps that its units are, if they are any. */
    Optional<Below.Maps> maps();

    /**
     * What it takes as the lowest layer.
     *
     * @param below units or channels that it has below
     */
    Shape input(int below);

    /**
     * Whether, as the lowest layer, it is fed a row per value, all of them; else it is fed a row per example, without the
     * inputs that are 0 in every example.
     */
    boolean takesEveryInput();

    /** Whether the weight gradient must be formed by itself before weights move, where it is not to be clipped too. */
    boolean formsApart();

    /** What is done to its products before the ReLU. */
    default UnitNormalisation normalisation() {
        return UnitNormalisation.NONE;
    }

    /** What it does in the training step of a task, with buffers of its own. */
    LayerProducts products(StepLayer layer);

    /**
     * What digests of tasks take in beside weights: the same for ever, whatever classes and constants are called, as it is
     * in those of saved models; empty where weights say all.
     */
    String geometry();

    /** What a model file says of it, if units alone do not say all. */
    Optional<LayerDescription> description();
}
