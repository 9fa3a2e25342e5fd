package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.Map;

/**
 * The network's shape. {@link ScriptReader} checks the ranges.
 *
 * @param hidden units per hidden layer, from the input on; 1 to 20 layers of 1 to 100000 units
 */
public record NetworkSettings(ImmutableList<Integer> hidden) {
    static final ImmutableList<String> KEYS = ImmutableList.of("hidden");
    private static final Range<Integer> UNITS = Range.closed(1, 100_000);
    private static final int MOST_LAYERS = 20;

    static NetworkSettings read(Section network) {
        return new NetworkSettings(
                network.value("hidden").map(NetworkSettings::hidden).orElse(ImmutableList.of(400, 400)));
    }

    private static ImmutableList<Integer> hidden(Value value) {
        ImmutableList<Value> layers = value.items("a list of 1 to 20 layer sizes like [400, 400]");
        if (layers.size() > MOST_LAYERS) {
            throw value.error("must have at most %d layers, got %d".formatted(MOST_LAYERS, layers.size()));
        }
        return layers.stream().map(layer -> layer.integer(UNITS)).collect(ImmutableList.toImmutableList());
    }

    Map<String, Object> settings() {
        return Map.of("hidden", hidden);
    }
}
