package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gates and how they learn. {@link ScriptReader} checks the ranges.
 *
 * <p>Where the network's units are themselves binary there are no gates, and estimator, neuron, sampling and slope are
 * those of the units; the other settings are then at their defaults and mean nothing.
 *
 * @param estimator how gradients pass through the sampling
 * @param neuron how a logit becomes an open probability
 * @param sampling how a probability becomes open or closed
 * @param slope the slope over a task's epochs
 * @param granularity what shares one sample
 * @param groups groups of units per hidden layer, one of which is open, 2 to 1000 and at most the units of the
 *     narrowest layer; 1 where each unit has a gate of its own
 * @param sparsity weight of the penalty on open gates, at least 0
 * @param reusePrice what a unit that earlier tasks use costs, as a part of what one costs in an empty layer, in [0, 1]
 * @param reuse whether a task may open units that earlier tasks use
 * @param budget largest share of each hidden layer that a task may have open, in (0, 1]; 1 where none is given
 * @param logitMean mean of the initial logits, finite
 * @param logitSpread their standard deviation, at least 0
 * @param logitLimit largest magnitude of a logit, above 0
 * @param learningRate of the logits, above 0
 */
public record GateSettings(
        NamedSetting estimator,
        Neuron neuron,
        Sampling sampling,
        ScheduleSettings slope,
        Granularity granularity,
        int groups,
        double sparsity,
        double reusePrice,
        Reuse reuse,
        double budget,
        double logitMean,
        double logitSpread,
        double logitLimit,
        double learningRate) {
    private static final ImmutableList<String> KEYS_OF_UNITS =
            ImmutableList.of("estimator", "neuron", "sampling", "slope");
    private static final ImmutableList<String> KEYS_OF_GATES = ImmutableList.of(
            "granularity",
            "groups",
            "sparsity",
            "reuse_price",
            "reuse",
            "budget",
            "logit_mean",
            "logit_spread",
            "logit_limit",
            "learning_rate");
    static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .addAll(KEYS_OF_UNITS)
            .addAll(KEYS_OF_GATES)
            .build();
    /** As the budget itself allows for, so that 0.3 of 10 units is 3. */
    private static final double ROUNDING = 1e-9;

    private static final Range<Integer> GROUPS = Range.closed(2, 1000);

    /** How a logit becomes an open probability. */
    public enum Neuron {
        /** By the logistic function. */
        SIGMOID,
        /** By a line that is cut off at 0 and 1. */
        HARD_SIGMOID
    }

    /** How a probability becomes open or closed in training. */
    public enum Sampling {
        /** Open with that probability. */
        STOCHASTIC,
        /** Open where it is at least 1/2. */
        DETERMINISTIC
    }

    /** What shares one sample of the gates. */
    public enum Granularity {
        /** All examples of a mini-batch. */
        MINI_BATCH,
        /** Nothing: each example has its own. */
        PER_EXAMPLE
    }

    /** Whether a task may open units that earlier tasks use. */
    public enum Reuse {
        /** It may. */
        ALLOWED,
        /** It may not: every task has units of its own alone. */
        FORBIDDEN
    }

    static GateSettings read(Section gates, NetworkSettings network) {
        if (network.units() == NetworkSettings.Units.BINARY) {
            KEYS_OF_GATES.forEach(key -> gates.refuse(
                    key,
                    "has no meaning where network.units is binary, for such units have no gates: remove it"
                            + " (--set 'gates={estimator: ...}' replaces the whole section)"));
        }
        if (gates.value("groups").isPresent()) {
            gates.refuse(
                    "budget",
                    "has no meaning beside groups, of which exactly one is open: remove one, and choose groups for the share");
            gates.refuse("reuse", "has no meaning beside groups, whose units open together: remove one");
        }
        return new GateSettings(
                NamedSetting.read(gates, "estimator", "st-open"),
                gates.choice("neuron", Neuron.SIGMOID),
                gates.choice("sampling", Sampling.STOCHASTIC),
                gates.value("slope")
                        .map(slope -> ScheduleSection.read(slope, Range.greaterThan(0.0)))
                        .orElse(new ScheduleSettings.Constant(1)),
                gates.choice("granularity", Granularity.MINI_BATCH),
                gates.value("groups").map(value -> groups(value, network)).orElse(1),
                gates.real("sparsity", Range.atLeast(0.0), 0.2),
                gates.real("reuse_price", Range.closed(0.0, 1.0), 0),
                gates.choice("reuse", Reuse.ALLOWED),
                gates.value("budget").map(value -> budget(value, network)).orElse(1.0),
                gates.real("logit_mean", Range.all(), 1),
                gates.real("logit_spread", Range.atLeast(0.0), 0.1),
                gates.real("logit_limit", Range.greaterThan(0.0), 6),
                gates.real("learning_rate", Range.greaterThan(0.0), 0.1));
    }

    private static int groups(Value value, NetworkSettings network) {
        int groups = value.integer(GROUPS);
        for (int layer = 0; layer < network.hidden().size(); layer++) {
            int units = network.hidden().get(layer);
            if (units < groups) {
                throw value.error("must be at most the units of each hidden layer, but layer %d has %d, got %d"
                        .formatted(layer + 1, units, groups));
            }
        }
        return groups;
    }

    private static double budget(Value value, NetworkSettings network) {
        double budget = value.real(Range.openClosed(0.0, 1.0));
        for (int layer = 0; layer < network.hidden().size(); layer++) {
            int units = network.hidden().get(layer);
            if (Math.floor(budget * units + ROUNDING) < 1) {
                throw value.error("leaves none of the %d units of hidden layer %d open: make it larger, got %s"
                        .formatted(units, layer + 1, budget));
            }
        }
        return budget;
    }

    Map<String, Object> settings(NetworkSettings network) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("estimator", estimator.settings());
        settings.put("neuron", Section.word(neuron));
        settings.put("sampling", Section.word(sampling));
        settings.put("slope", slope.settings());
        if (network.units() == NetworkSettings.Units.BINARY) {
            return settings;
        }
        settings.put("granularity", Section.word(granularity));
        if (groups > 1) {
            settings.put("groups", groups);
        }
        settings.put("sparsity", sparsity);
        settings.put("reuse_price", reusePrice);
        if (groups == 1) {
            settings.put("reuse", Section.word(reuse));
            settings.put("budget", budget);
        }
        settings.put("logit_mean", logitMean);
        settings.put("logit_spread", logitSpread);
        settings.put("logit_limit", logitLimit);
        settings.put("learning_rate", learningRate);
        return settings;
    }
}
