package sluice.framework.experiment;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.tasks.script.NetworkSettings;
import sluice.tasks.script.TaskSequenceScript;

/** Keys of a script that do nothing in its run, as {@link Lint} tells whoever wrote them. */
enum IdleKeys {
    /** The section is read whatever the strategy. */
    NO_GATES(" unless strategy is gates: remove %s, or write strategy: gates") {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return key.startsWith("gates.") && !ScriptStrategy.hasGates(script);
        }
    },

    /** The section is read whatever the strategy and the scenario. */
    NO_INFERENCE(" unless strategy is random-feature-lda, of scenario class or domain: remove %s") {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return key.startsWith("inference.") && !ScriptStrategy.isDiscriminant(script);
        }
    },

    /** Features are drawn and sums taken: there are no hidden layers, and their gates are charged in another currency. */
    NO_NETWORK(
            ", as strategy random-feature-lda takes sums over random features and trains no network: remove %s, and set up the section inference") {
        private static final ImmutableSet<String> OF_UNITS =
                ImmutableSet.of("gates.sparsity", "gates.budget", "gates.reuse", "gates.reuse_price", "gates.groups");

        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            boolean ofNetwork = key.startsWith("network.") || key.startsWith("training.");
            return ScriptStrategy.isDiscriminant(script)
                    && script.inference().subnetworks() == 0
                    && (OF_UNITS.contains(key)
                            || (ofNetwork && script.report().references().isEmpty()));
        }
    },

    /** The network of other strategies has the width that it was created with. */
    NO_GROWTH(", as only strategy gates widens its network: remove %s, or write strategy: gates") {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return ignoresWithoutGates(script, key, "network.growth");
        }
    },

    /** Other strategies are evaluated on every task after every task. */
    EVALUATED_ANYWAY(", as only strategy gates can be evaluated on fewer tasks: remove %s, or write strategy: gates") {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return ignoresWithoutGates(script, key, "report.evaluate");
        }
    },

    /** Whatever has no steps in which one task could harm another, or is another learner altogether. */
    NOTHING_BETWEEN_STEPS(", as tasks are not learned step by step, one after another: remove %s") {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            boolean atOnce = script.strategy().name().equals("joint")
                    || ScriptStrategy.isDiscriminant(script)
                    || script.network().units() == NetworkSettings.Units.BINARY;
            return atOnce && key.startsWith("report.continual");
        }
    },

    /** Serra et al. train by gradient descent alone. References are trained as the script says, whatever the strategy. */
    LEARNING_RATE_OF_ITS_OWN(
            ", as strategy hat learns by plain gradient descent at a rate of its own: remove %s, or write strategy: {hat: {learning_rate: 0.05}}") {
        private static final ImmutableSet<String> HONOURED =
                ImmutableSet.of("training.epochs", "training.iterations", "training.batch_size");

        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return key.startsWith("training.")
                    && !HONOURED.contains(key)
                    && script.strategy().name().equals("hat")
                    && script.report().references().isEmpty();
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

    private static boolean ignoresWithoutGates(TaskSequenceScript script, String key, String ignored) {
        return key.equals(ignored) && !ScriptStrategy.hasGates(script);
    }

    /** Whether a key does nothing in a run, written or not. */
    abstract boolean ignores(TaskSequenceScript script, String key);

    /** What there is to say of keys that are written and do nothing, section by section. */
    final Stream<Lint.Warning> nothing(List<String> keys) {
        Map<String, List<String>> bySection = keys.stream()
                .collect(Collectors.groupingBy(
                        key -> key.substring(0, key.indexOf('.')), TreeMap::new, Collectors.toList()));
        return bySection.entrySet().stream().map(entry -> nothing(entry.getKey(), entry.getValue()));
    }

    /** Keys written in a script that do nothing there for this reason. */
    final List<String> idle(TaskSequenceScript script) {
        return SECTIONS.stream()
                .flatMap(section -> script.locations().writtenIn(section).stream())
                .filter(key -> ignores(script, key))
                .toList();
    }

    /** The settings of a script but for those that do nothing there. */
    static Map<String, Object> used(TaskSequenceScript script) {
        Map<String, Object> settings = script.settings();
        for (String section : SECTIONS) {
            Map<String, Object> used = new LinkedHashMap<>();
            ((Map<?, ?>) settings.get(section)).forEach((key, value) -> {
                if (Arrays.stream(values()).noneMatch(reason -> reason.ignores(script, section + "." + key))) {
                    used.put((String) key, value);
                }
            });
            settings.put(section, used);
        }
        settings.values().removeIf(value -> value instanceof Map<?, ?> section && section.isEmpty());
        return settings;
    }

    /** Keys of a section that do nothing, in one line. */
    private Lint.Warning nothing(String section, List<String> keys) {
        if (keys.size() == 1) {
            return new Lint.Warning(keys.get(0), "does nothing" + why.formatted("it"));
        }
        String names =
                keys.stream().map(key -> key.substring(section.length() + 1)).collect(Collectors.joining(", "));
        return new Lint.Warning(section, names + " do nothing" + why.formatted("them"));
    }
}
