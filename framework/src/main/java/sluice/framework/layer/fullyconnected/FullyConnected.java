package sluice.framework.layer.fullyconnected;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sluice.framework.layer.Below;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.LayerShape;

/**
 * A fully connected layer: every unit sees everything below.
 *
 * @param units at least 1
 */
public record FullyConnected(int units) implements LayerShape {
    /** Checks the range. */
    public FullyConnected {
        checkArgument(units >= 1, "a dense layer must have at least 1 unit, got %s", units);
    }

    /**
     * How one meets units.
     *
     * @param values of each
     */
    public static Connection connection(int values) {
        return new FullConnection(values);
    }

    /** An untrained layer over inputs, or over units of one value, with He-uniform weights. */
    public static Layer heUniform(int units, int inputs, RandomGenerator random) {
        return Layer.heUniform(units, inputs, connection(1), random);
    }

    @Override
    public String kind() {
        return "dense layer";
    }

    @Override
    public Optional<String> misfit(Below below) {
        return Optional.empty();
    }

    @Override
    public Connection connection(Below below) {
        return new FullConnection(
                below.lowest() ? 1 : below.maps().map(Below.Maps::positions).orElse(1));
    }
}
