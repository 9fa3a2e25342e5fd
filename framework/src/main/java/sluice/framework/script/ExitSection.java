package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.conditional.ExitShape;
import sluice.framework.conditional.ExitTrainer;
import sluice.framework.conditional.Gater;
import sluice.framework.conditional.View;
import sluice.framework.strategy.Exits;
import sluice.gating.BinaryNeuron;
import sluice.gating.Estimators;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes what a section {@code network} says of exits. */
final class ExitSection {
    /** Keys of a dense layer. */
    static final ImmutableList<String> LAYER_KEYS =
            ImmutableList.of("exit", "sees", "pool", "adversarial", "noise", "gater");

    private static final String NEURONS = "exit_neurons";

    /** Keys of the network. */
    static final ImmutableList<String> KEYS = ImmutableList.of("input_noise", "held_out", "budget", NEURONS);

    private static final String ALONE =
            "has no meaning where no layer has an exit or a gater: remove it, or give a layer exit: margin";
    private static final Range<Double> NOISE = Range.closed(0.0, 100.0);
    private static final ImmutableList<String> EXIT_KEYS = ImmutableList.of("budget");
    private static final Range<Integer> POOL = Range.closed(1, 10_000);
    private static final Range<Double> SHARE = Range.open(0.0, 1.0);
    private static final Range<Integer> BUDGET = Range.closed(1, Integer.MAX_VALUE);
    private static final double DEFAULT_HELD_OUT = 0.1;

    private ExitSection() {}

    /** Whether an example may stop above a layer. */
    enum Exit {
        /** It may not. */
        NONE,
        /** It does where the two largest probabilities are far enough apart. */
        MARGIN
    }

    /** Whether an example may stop above a layer, by a word or by a budget. */
    static boolean hasExit(Section layer) {
        return budget(layer).isPresent() || layer.choice("exit", Exit.NONE) == Exit.MARGIN;
    }

    /** The budget that an exit names. */
    private static Optional<Value> budget(Section layer) {
        return layer.value("exit")
                .filter(Value::isMapping)
                .map(exit -> Section.of(exit, EXIT_KEYS).required("budget", "budget: 26000"));
    }

    /** That of the network, or of its one exit that names one. */
    private static long budget(Section network, List<Value> layers) {
        List<Value> named = layers.stream()
                .flatMap(layer -> budget(Section.of(layer, LayerSection.KEYS)).stream())
                .toList();
        Optional<Value> ofNetwork = network.value("budget");
        if (named.size() + (ofNetwork.isPresent() ? 1 : 0) > 1) {
            throw named.get(0).error("is the whole network's, which can have one: write network.budget alone");
        }
        return ofNetwork
                .or(() -> named.stream().findFirst())
                .map(ExitSection::budget)
                .orElse(ExitTrainer.NO_BUDGET);
    }

    static ExitLayer layer(Section layer, int units, boolean exit) {
        View view = new View(
                layer.choice("sees", View.Sees.BELOW),
                layer.integer("pool", POOL, 1),
                layer.real("adversarial", NOISE, 0));
        Optional<Gater> gater = layer.value("gater").map(GaterSection::read);
        try {
            return new ExitLayer(units, layer.real("noise", NOISE, 0), view, gater, exit);
        } catch (IllegalArgumentException unfit) {
            throw layer.error("gater", unfit.getMessage());
        }
    }

    /** The network with exits, if it has any. */
    static Optional<Exits> read(Section network, List<Value> layers) {
        boolean exits = layers.stream().anyMatch(LayerSection::isConditional);
        if (!exits) {
            KEYS.forEach(key -> network.refuse(key, ALONE));
            layers.forEach(layer -> LayerSection.refuseSaid(layer, ALONE));
            return Optional.empty();
        }
        ImmutableList<ExitLayer> read =
                layers.stream().map(LayerSection::exitLayer).collect(ImmutableList.toImmutableList());
        if (read.stream().noneMatch(ExitLayer::exit)) {
            network.refuse(
                    NEURONS, "has no meaning where no layer has an exit: remove it, or give a layer exit: margin");
        }
        try {
            ExitShape.checkLayers(read);
        } catch (IllegalArgumentException unfit) {
            throw network.error("layers", unfit.getMessage());
        }
        return Optional.of(
                new Exits(read, inputNoise(network), heldOut(network), budget(network, layers), neurons(network)));
    }

    /** How neurons at exits are trained, if there are any. */
    private static Optional<GradientEstimator> neurons(Section network) {
        if (network.value(NEURONS).filter(value -> !value.is("none")).isEmpty()) {
            return Optional.empty();
        }
        NamedSetting named = estimator(network);
        GradientEstimator estimator = GatesSection.estimator(named);
        try {
            estimator.begin(new GateLayout(
                    BinaryNeuron.STOCHASTIC_SIGMOID, Granularity.PER_EXAMPLE, 1, 1, 1, GateLayout.Logits.PER_EXAMPLE));
        } catch (IllegalArgumentException unfit) {
            throw named.error(unfit.getMessage());
        }
        return Optional.of(estimator);
    }

    private static NamedSetting estimator(Section network) {
        return NamedSetting.read(network, NEURONS, "st-sigmoid", Estimators.BY_NAME.keySet());
    }

    static double inputNoise(Section network) {
        return network.real("input_noise", NOISE, 0);
    }

    static double heldOut(Section network) {
        return network.real("held_out", SHARE, DEFAULT_HELD_OUT);
    }

    static long budget(Value value) {
        return value.integer(BUDGET);
    }

    static Map<String, Object> settings(Section written, ExitLayer layer) {
        ImmutableMap.Builder<String, Object> settings = ImmutableMap.builder();
        settings.put("dense", layer.units())
                .put("exit", Section.word(layer.exit() ? Exit.MARGIN : Exit.NONE))
                .put("sees", Section.word(layer.view().sees()))
                .put("pool", layer.view().pool())
                .put("adversarial", layer.view().adversarial())
                .put("noise", layer.noise());
        written.value("gater").ifPresent(gater -> settings.put("gater", GaterSection.settings(gater)));
        return settings.buildOrThrow();
    }

    static Map<String, Object> settings(Section network, Exits exits) {
        ImmutableMap.Builder<String, Object> settings = ImmutableMap.builder();
        settings.put("input_noise", exits.inputNoise()).put("held_out", exits.heldOut());
        if (exits.budget() != ExitTrainer.NO_BUDGET) {
            settings.put("budget", exits.budget());
        }
        if (exits.neurons().isPresent()) {
            settings.put(NEURONS, estimator(network).settings());
        }
        return settings.buildOrThrow();
    }
}
