package sluice.framework.experiment;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.framework.strategy.StrategyTraits.Setting;

/** Keys of a script that do nothing in its run, as {@link Lint} tells whoever wrote them. */
enum IdleKeys {
    /** The section is read whatever the strategy. */
    NO_GATES(" unless strategy is gates: remove %s, or write strategy: gates") {
        @Override
        boolean ignores(RunPlan plan, String key) {
            return key.startsWith("gates.") && !plan.takes(Setting.GATES);
        }
    },

    /** The section is read whatever the strategy and the scenario. */
    NO_INFERENCE(" unless the scenario is class or domain, and the strategy gates or random-feature-lda: remove %s") {
        @Override
        boolean ignores(RunPlan plan, String key) {
            return key.startsWith("inference.") && !plan.takes(Setting.INFERENCE);
        }
    },

    /** Features are drawn and sums taken: there are no hidden layers, and their gates are charged in another currency. */
    NO_NETWORK(
            ", as strategy random-feature-lda takes sums over random features and trains no network: remove %s, and set up the section inference") {
        private static final ImmutableSet<String> OF_UNITS =
                ImmutableSet.of("gates.sparsity", "gates.budget", "gates.reuse", "gates.reuse_price", "gates.groups");

        @Override
        boolean ignores(RunPlan plan, String key) {
            boolean ofNetwork =
                    (key.startsWith("network.") && !key.equals("network.from")) || key.startsWith("training.");
            return !plan.trains()
                    && (OF_UNITS.contains(key)
                            || (ofNetwork && plan.report().references().isEmpty()));
        }
    },

    /** The network of other strategies has the width that it was created with. */
    NO_GROWTH(", as only strategy gates widens its network: remove %s, or write strategy: gates") {
        @Override
        boolean ignores(RunPlan plan, String key) {
            return ignoresWithoutGates(plan, key, "network.growth");
        }
    },

    /** They stand before subnetworks. */
    NO_SUBNETWORKS(
            ", as only strategy gates has subnetworks, which exits stand before: remove %s, or write strategy: gates") {
        @Override
        boolean ignores(RunPlan plan, String key) {
            return ignoresWithoutGates(plan, key, "network.exits");
        }
    },

    /** Other strategies are evaluated on every task after every task. */
    EVALUATED_ANYWAY(", as only strategy gates can be evaluated on fewer tasks: remove %s, or write strategy: gates") {
        @Override
        boolean ignores(RunPlan plan, String key) {
            return ignoresWithoutGates(plan, key, "report.evaluate");
        }
    },

    /** Whatever has no passes to choose from, or cannot go back to one. */
    NOTHING_HELD_OUT(
            ", as this strategy is trained on all examples for its whole length: remove %s, or take one that can go back to its best pass (gates, er, ewc, joint and others)") {
        private static final ImmutableSet<String> OF_VALIDATION =
                ImmutableSet.of("training.validation", "training.patience");

        @Override
        boolean ignores(RunPlan plan, String key) {
            return OF_VALIDATION.contains(key)
                    && plan.trains()
                    && !plan.takes(Setting.VALIDATION)
                    && plan.report().references().isEmpty();
        }
    },

    /** Whatever is trained by a loss of its own, or by several at once. */
    NO_CLASS_WEIGHTS(
            ", as this strategy is trained by a loss of its own: remove %s, or take one that is trained by the loss of its outputs (gates, er, ewc, joint and others)") {
        @Override
        boolean ignores(RunPlan plan, String key) {
            return (key + ".").startsWith("training.class_weights.")
                    && plan.trains()
                    && !plan.takes(Setting.CLASS_WEIGHTS)
                    && plan.report().references().isEmpty();
        }
    },

    /** Whatever has no steps in which one task could harm another, or is another learner altogether. */
    NOTHING_BETWEEN_STEPS(", as tasks are not learned step by step, one after another: remove %s") {
        @Override
        boolean ignores(RunPlan plan, String key) {
            return !plan.takes(Setting.CONTINUAL) && key.startsWith("report.continual");
        }
    },

    /** Serra et al. train by gradient descent alone. References are trained as the script says, whatever the strategy. */
    LEARNING_RATE_OF_ITS_OWN(
            ", as strategy hat learns by plain gradient descent at a rate of its own: remove %s, or write strategy: {hat: {learning_rate: 0.05}}") {
        private static final ImmutableSet<String> HONOURED = ImmutableSet.of(
                "training.epochs",
                "training.iterations",
                "training.batch_size",
                "training.validation",
                "training.patience",
                "training.class_weights");

        @Override
        boolean ignores(RunPlan plan, String key) {
            return key.startsWith("training.")
                    && !HONOURED.contains(key)
                    && !plan.takes(Setting.OPTIMIZER)
                    && plan.report().references().isEmpty();
        }
    };

    private static final ImmutableSet<String> SECTIONS =
            ImmutableSet.of("network", "gates", "inference", "training", "report");

    private final String why;

    /**
     * @param why completes "... do nothing", with a %s for those keys
     */
    IdleKeys(String why) {
        this.why = why;
    }

    private static boolean ignoresWithoutGates(RunPlan plan, String key, String ignored) {
        return key.equals(ignored) && !plan.takes(Setting.GATES);
    }

    /** Whether a key does nothing in a run, written or not. */
    abstract boolean ignores(RunPlan plan, String key);

    /** What there is to say of keys that are written and do nothing, section by section. */
    final Stream<Surprise> nothing(List<String> keys) {
        Map<String, List<String>> bySection = keys.stream()
                .collect(Collectors.groupingBy(
                        key -> key.substring(0, key.indexOf('.')), TreeMap::new, Collectors.toList()));
        return bySection.entrySet().stream().map(entry -> nothing(entry.getKey(), entry.getValue()));
    }

    /** Keys written in a script that do nothing there for this reason. */
    final List<String> idle(RunPlan plan) {
        return SECTIONS.stream()
                .flatMap(section -> plan.locations().writtenIn(section).stream())
                .filter(key -> ignores(plan, key))
                .toList();
    }

    /** The settings of a run but for those that do nothing there. */
    static Map<String, Object> used(RunPlan plan) {
        Map<String, Object> settings = plan.settings();
        for (String section : SECTIONS) {
            if (!(settings.get(section) instanceof Map<?, ?> all)) {
                continue;
            }
            Map<String, Object> used = new LinkedHashMap<>();
            all.forEach((key, value) -> {
                if (Arrays.stream(values()).noneMatch(reason -> reason.ignores(plan, section + "." + key))) {
                    used.put((String) key, value);
                }
            });
            settings.put(section, used);
        }
        settings.values().removeIf(value -> value instanceof Map<?, ?> section && section.isEmpty());
        return settings;
    }

    /** Keys of a section that do nothing, in one line. */
    private Surprise nothing(String section, List<String> keys) {
        if (keys.size() == 1) {
            return new Surprise(keys.get(0), "does nothing" + why.formatted("it"));
        }
        String names =
                keys.stream().map(key -> key.substring(section.length() + 1)).collect(Collectors.joining(", "));
        return new Surprise(section, names + " do nothing" + why.formatted("them"));
    }
}
