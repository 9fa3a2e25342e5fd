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
 * @param layers the same layers one by one, where some may be convolutions; empty where all are dense
 * @param normalisation of what units compute, before the ReLU; none where units are binary
 * @param growth when hidden layers are widened; never where units are binary
 */
public record NetworkSettings(
        ImmutableList<Integer> hidden,
        Units units,
        ImmutableList<LayerSettings> layers,
        UnitNormalisation normalisation,
        GrowthSettings growth) {
    static final ImmutableList<String> KEYS = ImmutableList.of("hidden", "layers", "units", "normalisation", "growth");
    private static final Range<Integer> UNITS = Range.closed(1, 100_000);
    private static final int MOST_LAYERS = 20;

    /** What hidden units are. */
    public enum Units {
        /** Rectified linear units, each with a gate. */
        RELU,
        /** Stochastic binary neurons without gates: the logit of each is Wx + b. */
        BINARY
    }

    /** What is done to what units compute, before the ReLU. */
    public enum UnitNormalisation {
        /** A bias is added. */
        NONE,
        /** It is normalised over the mini-batch, scaled and shifted, each task in its own way. */
        BATCH
    }

    /**
     * Dense layers that are never widened, nor normalised.
     *
     * @param hidden units per hidden layer
     * @param units what the hidden units are
     */
    public NetworkSettings(ImmutableList<Integer> hidden, Units units) {
        this(hidden, units, ImmutableList.of(), UnitNormalisation.NONE, new GrowthSettings.None());
    }

    static NetworkSettings read(Section network) {
        if (network.value("layers").isPresent()) {
            return layered(network);
        }
        ImmutableList<Integer> hidden =
                network.value("hidden").map(NetworkSettings::hidden).orElse(ImmutableList.of(400, 400));
        Units units = network.choice("units", Units.RELU);
        if (units == Units.BINARY && hidden.size() != 1) {
            throw network.error(
                    "hidden",
                    "must be one layer where units is binary, got %s: write for instance hidden: [200]"
                            .formatted(hidden));
        }
        GrowthSettings growth = growth(network);
        UnitNormalisation normalisation = normalisation(network);
        if (units == Units.BINARY) {
            network.refuse(
                    "normalisation",
                    "has no meaning where units is binary, whose outputs are 0 and 1 anyway: remove it");
            network.refuse("growth", "has no meaning where units is binary, for there is one task: remove it");
        }
        return new NetworkSettings(hidden, units, ImmutableList.of(), normalisation, growth);
    }

    private static UnitNormalisation normalisation(Section network) {
        return network.choice("normalisation", UnitNormalisation.NONE);
    }

    private static GrowthSettings growth(Section network) {
        return network.value("growth").map(GrowthSettings::read).orElse(new GrowthSettings.None());
    }

    private static NetworkSettings layered(Section network) {
        network.refuse("hidden", "has no meaning beside layers, which say how wide each layer is: remove one");
        if (network.choice("units", Units.RELU) == Units.BINARY) {
            throw network.error("layers", "must not be there where units is binary: write for instance hidden: [200]");
        }
        Value value = network.required("layers", "layers: [{dense: 400}]");
        ImmutableList<Value> items = value.items("a list of 1 to 20 layers like [{conv: {maps: 32, kernel: 5}}]");
        checkCount(value, items);
        ImmutableList.Builder<LayerSettings> layers = ImmutableList.builder();
        boolean maps = true;
        for (Value item : items) {
            LayerSettings layer = LayerSettings.read(item, UNITS);
            if (!maps && layer.onMaps()) {
                throw item.error(
                        "a convolution cannot lie on a dense layer, whose units are no image: put convolutions first");
            }
            maps &= layer.onMaps();
            layers.add(layer);
        }
        ImmutableList<LayerSettings> all = layers.build();
        return new NetworkSettings(
                all.stream().map(LayerSettings::units).collect(ImmutableList.toImmutableList()),
                Units.RELU,
                all,
                normalisation(network),
                growth(network));
    }

    private static void checkCount(Value value, ImmutableList<Value> layers) {
        if (layers.size() > MOST_LAYERS) {
            throw value.error("must have at most %d layers, got %d".formatted(MOST_LAYERS, layers.size()));
        }
    }

    private static ImmutableList<Integer> hidden(Value value) {
        ImmutableList<Value> layers = value.items("a list of 1 to 20 layer sizes like [400, 400]");
        checkCount(value, layers);
        return layers.stream().map(layer -> layer.integer(UNITS)).collect(ImmutableList.toImmutableList());
    }

    Map<String, Object> settings() {
        ImmutableMap.Builder<String, Object> settings = ImmutableMap.builder();
        if (layers.isEmpty()) {
            settings.put("hidden", hidden);
        } else {
            settings.put("layers", layers.stream().map(LayerSettings::settings).toList());
        }
        settings.put("units", Section.word(units));
        if (units != Units.BINARY) {
            settings.put("normalisation", Section.word(normalisation));
            settings.put("growth", growth.settings());
        }
        return settings.buildOrThrow();
    }

    /**
     * @return whether some layers are convolutions
     */
    public boolean convolutional() {
        return layers.stream().anyMatch(LayerSettings::onMaps);
    }
}
