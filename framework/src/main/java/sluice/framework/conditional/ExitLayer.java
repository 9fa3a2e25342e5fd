package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Optional;

/**
 * A hidden layer of a network with exits: rectified units whose products are normalised over the mini-batch in training
 * (Ioffe and Szegedy 2015), and by their running statistics afterwards.
 *
 * @param units at least 1
 * @param noise standard deviation of the Gaussian noise that training adds to what is normalised, at least 0
 * @param view what the layer is computed from
 * @param gater what decides for each example which of its units are computed; of a layer with one, units are not normalised
 * @param exit whether an example may stop above it
 */
public record ExitLayer(int units, double noise, View view, Optional<Gater> gater, boolean exit) {
    /** Most units of a layer. */
    public static final int MOST_UNITS = 100_000;

    /** Checks the ranges. */
    public ExitLayer {
        checkArgument(units >= 1 && units <= MOST_UNITS, "units must be in [1, %s], got %s", MOST_UNITS, units);
        checkNotNull(view, "view");
        gater.ifPresent(gates -> checkArgument(
                units % gates.blocks() == 0,
                "%s blocks do not divide the %s units of a layer: use %s",
                gates.blocks(),
                units,
                divisors(units, gates.blocks())));
        checkArgument(noise >= 0 && Double.isFinite(noise), "noise must be at least 0, got %s", noise);
    }

    /** A layer that is computed in whole. */
    public ExitLayer(int units, double noise, View view, boolean exit) {
        this(units, noise, view, Optional.empty(), exit);
    }

    /** The divisors next to a number. */
    private static String divisors(int units, int near) {
        int below = near;
        while (units % below != 0) {
            below--;
        }
        int above = near;
        while (above < units && units % above != 0) {
            above++;
        }
        return above >= units ? "%d blocks".formatted(below) : "%d or %d blocks".formatted(below, above);
    }

    /** Units that an example has open on average, were the asked share kept exactly. */
    double openUnits() {
        return gater.map(gates -> units * gates.openBlocks() / gates.blocks()).orElse((double) units);
    }

    /** Blocks of units that are computed or not; 1 where all are. */
    int blocks() {
        return gater.map(Gater::blocks).orElse(1);
    }
}
