package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A hidden layer of a network with exits: rectified units whose products are normalised over the mini-batch in training
 * (Ioffe and Szegedy 2015), and by their running statistics afterwards.
 *
 * @param units at least 1
 * @param noise standard deviation of the Gaussian noise that training adds to what is normalised, at least 0
 * @param sees what the layer is computed from; of the lowest, and of layers that are not right above an exit, what is below
 * @param exit whether an example may stop above it
 */
public record ExitLayer(int units, double noise, Sees sees, boolean exit) {
    /** Most units of a layer. */
    public static final int MOST_UNITS = 100_000;

    /** What a layer is computed from. */
    public enum Sees {
        /** The units below it; of the lowest layer, the example's features. */
        BELOW,
        /** The example's features alone. */
        INPUT,
        /** Both. */
        BOTH
    }

    /** Checks the ranges. */
    public ExitLayer {
        checkArgument(units >= 1 && units <= MOST_UNITS, "units must be in [1, %s], got %s", MOST_UNITS, units);
        checkArgument(noise >= 0 && Double.isFinite(noise), "noise must be at least 0, got %s", noise);
    }
}
