package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.InputGates;
import sluice.framework.gates.Reuse;
import sluice.gating.BinaryNeuron;
import sluice.gating.EstimatorEntry;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.HeldNoise;
import sluice.gating.OpenBudget;
import sluice.gating.Schedule;
import sluice.gating.SparsityRegulariser;
import sluice.tasks.Suggestion;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/**
 * Reads and writes the section {@code gates}. Where the network's units are themselves binary there are no gates, and
 * estimator, neuron, sampling and slope are those of the units.
 *
 * @param section as written
 */
record GatesSection(Section section) {
    private static final ImmutableList<String> KEYS_OF_UNITS =
            ImmutableList.of("estimator", "neuron", "sampling", "slope");
    private static final ImmutableList<String> KEYS_OF_GATES = ImmutableList.of(
            "granularity",
            "hold",
            "groups",
            "sparsity",
            "reuse_price",
            "reuse",
            "budget",
            "logit_mean",
            "logit_spread",
            "logit_limit",
            "learning_rate",
            "gater");
    static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .addAll(KEYS_OF_UNITS)
            .addAll(KEYS_OF_GATES)
            .build();
    /** As the budget itself allows for, so that 0.3 of 10 units is 3. */
    private static final double ROUNDING = 1e-9;

    private static final Range<Integer> GROUPS = Range.closed(2, 1000);

    /** Refuses what only gates have, where units are binary. */
    void refuseGates() {
        KEYS_OF_GATES.forEach(key -> section.refuse(
                key,
                "has no meaning where network.units is binary, for such units have no gates: remove it"
                        + " (--set 'gates={estimator: ...}' replaces the whole section)"));
    }

    /** Refuses every key of the section. */
    void refuseAll(String reason) {
        KEYS.forEach(key -> section.refuse(key, reason));
    }

    /**
     * The gates of hidden layers.
     *
     * @param hidden units per layer
     */
    GateSettings read(List<Integer> hidden) {
        if (section.value("groups").isPresent()) {
            section.refuseBeside(
                    "groups",
                    "budget",
                    "has no meaning beside groups, of which exactly one is open: remove one, and choose groups for the share");
            section.refuseBeside(
                    "groups", "reuse", "has no meaning beside groups, whose units open together: remove one");
        }
        Optional<InputGates> gater = section.value("gater").map(value -> InputGatesSection.read(section, value));
        NamedSetting estimator = named();
        BinaryNeuron neuron = neuron();
        Schedule slope = slope();
        Granularity granularity = section.choice("granularity", Granularity.MINI_BATCH);
        int hold = section.integer("hold", Range.closed(1, GateSettings.LONGEST_HOLD), GateSettings.DEFAULT.hold());
        int groups = section.value("groups").map(value -> groups(value, hidden)).orElse(1);
        SparsityRegulariser regulariser = new SparsityRegulariser(
                section.real("sparsity", Range.atLeast(0.0), 0.2),
                section.real("reuse_price", Range.closed(0.0, 1.0), 0));
        Reuse reuse = section.choice("reuse", Reuse.ALLOWED);
        double budget =
                section.value("budget").map(value -> budget(value, hidden)).orElse(1.0);
        double logitMean = section.real("logit_mean", Range.all(), 1);
        double logitSpread = section.real("logit_spread", Range.atLeast(0.0), 0.1);
        double logitLimit = section.real("logit_limit", Range.greaterThan(0.0), 6);
        double learningRate = section.real("learning_rate", Range.greaterThan(0.0), 0.1);
        if (groups > 1 && slope instanceof Schedule.Hat) {
            throw section.error(
                    "slope",
                    "schedule hat compensates the sigmoid's gradient, groups have none: choose another schedule, or no groups");
        }
        GateLayout layout = new GateLayout(
                neuron,
                gater.isPresent() ? Granularity.PER_EXAMPLE : granularity,
                groups,
                1,
                groups,
                gater.isPresent() ? GateLayout.Logits.PER_EXAMPLE : GateLayout.Logits.SHARED);
        GradientEstimator chosen = estimator(estimator, layout);
        gater.ifPresent(with -> InputGatesSection.check(with, chosen, estimator));
        if (hold > 1 && !HeldNoise.suits(chosen.begin(layout))) {
            throw section.error(
                    "hold",
                    "must be 1 for estimator %s, which remembers earlier steps: with numbers in common it would be biased"
                            .formatted(chosen.name()));
        }
        return new GateSettings(
                chosen,
                neuron,
                granularity,
                hold,
                groups,
                slope,
                regulariser,
                logitMean,
                logitSpread,
                logitLimit,
                learningRate,
                new OpenBudget(budget),
                reuse,
                gater);
    }

    BinaryNeuron neuron() {
        return new BinaryNeuron(
                section.choice("neuron", GateActivation.SIGMOID),
                section.choice("sampling", BinaryNeuron.Sampling.STOCHASTIC));
    }

    Schedule slope() {
        return ScheduleSection.read(section, "slope", 1);
    }

    /** The estimator for gates or units of a layout. */
    GradientEstimator estimator(GateLayout layout) {
        return estimator(named(), layout);
    }

    private NamedSetting named() {
        return NamedSetting.read(section, "estimator", "st-open", Estimators.BY_NAME.keySet());
    }

    private static GradientEstimator estimator(NamedSetting setting, GateLayout layout) {
        GradientEstimator estimator = estimator(setting);
        try {
            estimator.begin(layout);
        } catch (IllegalArgumentException unfit) {
            throw setting.misfit(unfit.getMessage());
        }
        return estimator;
    }

    /** The estimator of that name, whatever it is to serve. */
    static GradientEstimator estimator(NamedSetting setting) {
        EstimatorEntry entry = Estimators.BY_NAME.get(setting.name());
        if (entry == null) {
            throw setting.error("unknown estimator '%s': %s"
                    .formatted(setting.name(), Suggestion.of(setting.name(), Estimators.BY_NAME.keySet())));
        }
        try {
            return entry.with(setting.parameters());
        } catch (IllegalArgumentException outOfRange) {
            throw setting.error("estimator %s: %s".formatted(setting.name(), outOfRange.getMessage()));
        }
    }

    private static int groups(Value value, List<Integer> hidden) {
        int groups = value.integer(GROUPS);
        for (int layer = 0; layer < hidden.size(); layer++) {
            int units = hidden.get(layer);
            if (units < groups) {
                throw value.misfit("must be at most the units of each hidden layer, but layer %d has %d, got %d"
                        .formatted(layer + 1, units, groups));
            }
        }
        return groups;
    }

    private static double budget(Value value, List<Integer> hidden) {
        double budget = value.real(Range.openClosed(0.0, 1.0));
        for (int layer = 0; layer < hidden.size(); layer++) {
            int units = hidden.get(layer);
            if (Math.floor(budget * units + ROUNDING) < 1) {
                throw value.misfit("leaves none of the %d units of hidden layer %d open: make it larger, got %s"
                        .formatted(units, layer + 1, budget));
            }
        }
        return budget;
    }

    /** What binary units have, as a script has it. */
    Map<String, Object> settingsOfUnits() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("estimator", named().settings());
        settings.put("neuron", Section.word(neuron().activation()));
        settings.put("sampling", Section.word(neuron().sampling()));
        settings.put("slope", ScheduleSection.settings(slope()));
        return settings;
    }

    /** Gates as a script has them. */
    Map<String, Object> settings(GateSettings gates) {
        Map<String, Object> settings = settingsOfUnits();
        settings.put("granularity", Section.word(gates.granularity()));
        settings.put("hold", gates.hold());
        if (gates.groups() > 1) {
            settings.put("groups", gates.groups());
        }
        settings.put("sparsity", gates.sparsity().weight());
        settings.put("reuse_price", gates.sparsity().reusePrice());
        if (gates.groups() == 1) {
            settings.put("reuse", Section.word(gates.reuse()));
            settings.put("budget", gates.budget().share());
        }
        settings.put("logit_mean", gates.logitMean());
        settings.put("logit_spread", gates.logitSpread());
        settings.put("logit_limit", gates.logitLimit());
        settings.put("learning_rate", gates.learningRate());
        gates.gater().ifPresent(gater -> settings.put("gater", InputGatesSection.settings(gater)));
        return settings;
    }
}
