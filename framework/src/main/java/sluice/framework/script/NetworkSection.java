package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import sluice.framework.conditional.EarlyExits;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.normalisation.Normalised;
import sluice.framework.network.Growth;
import sluice.framework.strategy.Exits;
import sluice.framework.strategy.LearningOn;
import sluice.framework.strategy.PlainStrategy;
import sluice.framework.strategy.PriorLearner;
import sluice.framework.strategy.PriorNetwork;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.script.Section;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.script.Value;

/**
 * Reads and writes the section {@code network}.
 *
 * @param section as written
 * @param units what the hidden units are
 * @param plain hidden layers, lowest first, without normalisation
 * @param normalisation of what units compute, before the ReLU; none where units are binary
 * @param growth when hidden layers are widened; never where units are binary
 * @param exits what learns, where a layer has an exit
 * @param early exits before every task's subnetwork, if there are any
 * @param prior the network that learns on; a new one without
 */
record NetworkSection(
        Section section,
        Units units,
        ImmutableList<LayerShape> plain,
        UnitNormalisation normalisation,
        Growth growth,
        Optional<Exits> exits,
        Optional<EarlyExits> early,
        Optional<PriorNetwork> prior) {
    static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .add("hidden", "layers", "units", "normalisation", "growth", "exits", "from")
            .addAll(ExitSection.KEYS)
            .build();
    private static final int MOST_LAYERS = 20;
    private static final ImmutableList<LayerShape> DEFAULT_LAYERS =
            ImmutableList.of(new FullyConnected(400), new FullyConnected(400));

    private static final String BINARY = Section.word(Units.BINARY);

    /** What hidden units are. */
    enum Units {
        /** Rectified linear units, each with a gate. */
        RELU,
        /** Stochastic binary neurons without gates: the logit of each is Wx + b. */
        BINARY
    }

    /** What is done to what units compute, before the ReLU. */
    enum UnitNormalisation {
        /** A bias is added. */
        NONE,
        /** It is normalised over the mini-batch, scaled and shifted, each task in its own way. */
        BATCH
    }

    static NetworkSection read(Section network) {
        Units units = network.choice("units", Units.RELU);
        if (units == Units.BINARY) {
            network.refuseWhere(
                    "units",
                    BINARY,
                    "layers",
                    "must not be there where units is binary: write for instance hidden: [200]");
        }
        Optional<Value> layers = network.value("layers");
        if (layers.isPresent()) {
            return layered(network, layers.get());
        }
        ExitSection.read(network, ImmutableList.of());
        return ofUnits(network, units);
    }

    private static NetworkSection ofUnits(Section network, Units units) {
        ImmutableList<LayerShape> hidden =
                network.value("hidden").map(NetworkSection::hidden).orElse(DEFAULT_LAYERS);
        if (units == Units.BINARY && hidden.size() != 1) {
            throw network.error(
                    "hidden",
                    "must be one layer where units is binary, got %s: write for instance hidden: [200]"
                            .formatted(widths(hidden)));
        }
        Growth growth = growth(network);
        UnitNormalisation normalisation = normalisation(network);
        if (units == Units.BINARY) {
            network.refuseWhere(
                    "units",
                    BINARY,
                    "normalisation",
                    "has no meaning where units is binary, whose outputs are 0 and 1 anyway: remove it");
            network.refuseWhere(
                    "units",
                    BINARY,
                    "growth",
                    "has no meaning where units is binary, for there is one task: remove it");
            network.refuseWhere(
                    "units", BINARY, "exits", "has no meaning where units is binary, without subnetworks: remove it");
            network.refuseWhere(
                    "units", BINARY, "from", "has no meaning where units is binary, for there is one task: remove it");
        }
        return new NetworkSection(
                network, units, hidden, normalisation, growth, Optional.empty(), early(network), prior(network));
    }

    private static UnitNormalisation normalisation(Section network) {
        return network.choice("normalisation", UnitNormalisation.NONE);
    }

    private static Optional<EarlyExits> early(Section network) {
        return network.value("exits").map(EarlyExitSection::read);
    }

    private static Optional<PriorNetwork> prior(Section network) {
        return network.value("from").map(value -> new PriorNetwork(path(value)));
    }

    /** A relative path starts at the script's folder, or for an override (which has no lines) at the working directory. */
    private static Path path(Value value) {
        try {
            Path path = Path.of(value.text());
            return value.location().line() > 0
                    ? Path.of(value.location().source()).resolveSibling(path)
                    : path;
        } catch (InvalidPathException noPath) {
            throw value.mustBe("a run's folder or its model");
        }
    }

    private static Growth growth(Section network) {
        return network.value("growth").map(GrowthSection::read).orElse(Growth.NONE);
    }

    private static NetworkSection layered(Section network, Value value) {
        network.refuseBeside(
                "layers", "hidden", "has no meaning beside layers, which say how wide each layer is: remove one");
        ImmutableList<Value> items = value.items(
                "a list of 1 to %d layers like [{conv: {maps: 32, kernel: 5}}]".formatted(MOST_LAYERS), MOST_LAYERS);
        ImmutableList.Builder<LayerShape> layers = ImmutableList.builder();
        boolean maps = true;
        for (Value item : items) {
            LayerShape layer = LayerSection.read(item);
            boolean onMaps = LayerSection.isOnMaps(item);
            if (!maps && onMaps) {
                throw item.error(
                        "a convolution cannot lie on a dense layer, whose units are no image: put convolutions first");
            }
            maps &= onMaps;
            layers.add(layer);
        }
        Optional<Exits> exits = ExitSection.read(network, items);
        if (exits.isPresent()) {
            network.refuse(
                    "normalisation",
                    "has no meaning where a layer has an exit or a gater, as such networks normalise what is not gated: remove it");
            network.refuse(
                    "growth", "has no meaning where a layer has an exit or a gater, for there is one task: remove it");
            network.refuse(
                    "from", "has no meaning where a layer has an exit or a gater, for there is one task: remove it");
            network.refuse(
                    "exits",
                    "stands before subnetworks of tasks, and a layer has an exit or a gater, for which there is one task: remove one");
        }
        return new NetworkSection(
                network,
                Units.RELU,
                layers.build(),
                normalisation(network),
                growth(network),
                exits,
                early(network),
                prior(network));
    }

    private static ImmutableList<LayerShape> hidden(Value value) {
        return value.items("a list of 1 to %d layer sizes like [400, 400]".formatted(MOST_LAYERS), MOST_LAYERS).stream()
                .map(layer -> new FullyConnected(layer.integer(LayerSection.UNITS)))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Integer> widths(ImmutableList<LayerShape> layers) {
        return layers.stream().map(LayerShape::units).collect(ImmutableList.toImmutableList());
    }

    boolean isBinary() {
        return units == Units.BINARY;
    }

    boolean isNormalised() {
        return normalisation == UnitNormalisation.BATCH;
    }

    /** Whether all tasks are in the same layers, of units that are sums over all units below. */
    boolean isSharedAndDense() {
        return !isNormalised()
                && growth != Growth.SEPARATE
                && plain.stream().allMatch(FullyConnected.class::isInstance);
    }

    /** Units per hidden layer, lowest first. */
    ImmutableList<Integer> hidden() {
        return widths(plain);
    }

    /** Hidden layers, all of them normalised, if any. */
    ImmutableList<LayerShape> layers() {
        return isNormalised()
                ? plain.stream().map(Normalised::byBatch).collect(ImmutableList.toImmutableList())
                : plain;
    }

    /** A plain strategy goes on with the run that is named, if one is; defaults are then those of all tasks. */
    IntFunction<Strategy> goingOn(IntFunction<Strategy> ofTasks) {
        if (prior.isEmpty() || !(ofTasks.apply(1) instanceof PlainStrategy named) || !named.learnsOn()) {
            return ofTasks;
        }
        PriorLearner before = new PriorLearner(prior.get().run());
        return tasks -> new LearningOn((PlainStrategy) ofTasks.apply(before.tasks() + tasks), before);
    }

    /** Refuses a run to go on with, or more examples of what it knows, where none is gone on with. */
    void checkGoesOn(TaskSequenceScript script, Strategy strategy, InferenceSettings inference) {
        StrategyTraits traits = strategy.inScenario(script.scenario()).traits();
        boolean summed = traits.takes(StrategyTraits.Setting.SUMS);
        boolean from = prior.isPresent();
        if (from && strategy instanceof PlainStrategy alone) {
            throw script.error(
                    "network.from",
                    "strategy %s goes on with no other run, as it learns from the examples of all tasks again: remove it, or write another strategy"
                            .formatted(alone.name()));
        }
        if (from && summed && inference.subnetworks() > 0) {
            throw script.error(
                    "network.from",
                    "a discriminant with subnetworks goes on with no other run: remove it, or write inference: {subnetworks: 0}");
        }
        if (inference.known() == InferenceSettings.Known.ADD && !(from && summed)) {
            throw script.error(
                    "inference.known",
                    "more examples of known classes (--more) are for strategy random-feature-lda that goes on with another run: remove it, or name that run (network.from)");
        }
    }

    /** As a script has them. */
    Map<String, Object> settings() {
        ImmutableMap.Builder<String, Object> settings = ImmutableMap.builder();
        section.value("layers")
                .ifPresentOrElse(
                        value -> settings.put(
                                "layers",
                                value.items("a list").stream()
                                        .map(exits.isPresent() ? LayerSection::exitSettings : LayerSection::settings)
                                        .toList()),
                        () -> settings.put("hidden", hidden()));
        settings.put("units", Section.word(units));
        exits.ifPresent(with -> settings.putAll(ExitSection.settings(section, with)));
        if (!isBinary() && exits.isEmpty()) {
            settings.put("normalisation", Section.word(normalisation));
            settings.put("growth", GrowthSection.settings(growth));
            section.value("exits").ifPresent(value -> settings.put("exits", EarlyExitSection.settings(value)));
            prior.ifPresent(before -> settings.put(
                    "from", before.run().toAbsolutePath().normalize().toString()));
        }
        return settings.buildOrThrow();
    }
}
