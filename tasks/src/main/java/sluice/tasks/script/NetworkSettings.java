package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.Map;

/**
 * The network's shape. {@link ScriptReader} checks the ranges.
 *
 * @param hidden units per hidden layer, from the input on; 1 to 20 layers of 1 to 100000 units, one layer where units
 *     are binary
 * @param units what the hidden units are
 * @param growth when hidden layers are widened; never where units are binary
 */
public record NetworkSettings(ImmutableList<Integer> hidden, Units units, GrowthSettings growth) {
    static final ImmutableList<String> KEYS = ImmutableList.of("hidden", "units", "growth");
    private static final Range<Integer> UNITS = Range.closed(1, 100_000);
    private static final int MOST_LAYERS = 20;

    /** What hidden units are. */
    public enum Units {
        /** Rectified linear units, each with a gate. */
        RELU,
        /** Stochastic binary neurons without gates: the logit of each is Wx + b. */
        BINARY
    }

    static NetworkSettings read(Section network) {
        ImmutableList<Integer> hidden =
                network.value("hidden").map(NetworkSettings::hidden).orElse(ImmutableList.of(400, 400));
        Units units = network.choice("units", Units.RELU);
        if (units == Units.BINARY && hidden.size() != 1) {
            throw network.error(
                    "hidden",
                    "must be one layer where units is binary, got %s: write for instance hidden: [200]"
                            .formatted(hidden));
        }
        GrowthSettings growth =
                network.value("growth").map(GrowthSettings::read).orElse(new GrowthSettings.None());
        if (units == Units.BINARY) {
            network.refuse("growth", "has no meaning where units is binary, for there is one task: remove it");
        }
        return new NetworkSettings(hidden, units, growth);
    }

    private static ImmutableList<Integer> hidden(Value value) {
        ImmutableList<Value> layers = value.items("a list of 1 to 20 layer sizes like [400, 400]");
        if (layers.size() > MOST_LAYERS) {
            throw value.error("must have at most %d layers, got %d".formatted(MOST_LAYERS, layers.size()));
        }
        return layers.stream().map(layer -> layer.integer(UNITS)).collect(ImmutableList.toImmutableList());
    }

    Map<String, Object> settings() {
        return units == Units.BINARY
                ? ImmutableMap.of("hidden", hidden, "units", Section.word(units))
                : ImmutableMap.of("hidden", hidden, "units", Section.word(units), "growth", growth.settings());
    }
}
