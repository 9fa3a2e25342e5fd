package sluice.framework.script;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import sluice.framework.ContinualTrainer;
import sluice.framework.strategy.Gates;
import sluice.framework.strategy.RegressionStrategies;
import sluice.framework.strategy.Strategies;
import sluice.framework.strategy.Strategy;
import sluice.gating.Schedule;
import sluice.tasks.Scenario;
import sluice.tasks.Suggestion;
import sluice.tasks.script.TaskSequenceScript;

/**
 * The strategy that a script names, checked as far as it can be without data.
 *
 * @param setting as written
 * @param entry of the table
 * @param parameters of the strategy that are given
 */
record StrategySection(NamedSetting setting, Strategies.Entry entry, ImmutableMap<String, Double> parameters) {
    /** The strategy of scripts that name none. */
    static final String DEFAULT = ContinualTrainer.STRATEGY;

    static StrategySection of(NamedSetting setting) {
        Strategies.Entry entry = Strategies.BY_NAME.get(setting.name());
        if (entry == null) {
            throw setting.error("unknown strategy '%s': %s"
                    .formatted(setting.name(), Suggestion.of(setting.name(), Strategies.BY_NAME.keySet())));
        }
        return new StrategySection(setting, entry, parameters(setting));
    }

    String name() {
        return setting.name();
    }

    /**
     * The strategy for a number of tasks, on which some defaults depend.
     *
     * @param script that names it
     * @param sections what the families of gates and discriminants are told beside parameters
     */
    IntFunction<Strategy> strategy(TaskSequenceScript script, Gates sections) {
        IntFunction<Strategy> ofTasks =
                tasks -> entry.with(parameters, new Strategies.Conditions(script.scenario(), tasks), sections);
        ImmutableSet<Scenario> served;
        try {
            served = ofTasks.apply(1).scenarios();
        } catch (IllegalArgumentException outOfRange) {
            throw setting.error("strategy %s: %s".formatted(setting.name(), outOfRange.getMessage()));
        }
        checkScenario(script, served);
        return ofTasks;
    }

    private static ImmutableMap<String, Double> parameters(NamedSetting setting) {
        ImmutableMap.Builder<String, Double> numbers = ImmutableMap.builder();
        setting.parameters().forEach((name, value) -> {
            if (!(value instanceof Schedule.Constant constant)) {
                throw setting.error(
                        "strategy %s: %s must be a number: it has no schedule".formatted(setting.name(), name));
            }
            numbers.put(name, constant.value());
        });
        return numbers.buildOrThrow();
    }

    private void checkScenario(TaskSequenceScript script, ImmutableSet<Scenario> served) {
        Scenario scenario = script.scenario();
        if (served.contains(scenario)) {
            return;
        }
        List<String> serving = Strategies.BY_NAME.values().stream()
                .filter(other -> other.scenarios().contains(scenario))
                .map(Strategies.Entry::name)
                .filter(name -> !script.data().hasTarget()
                        || RegressionStrategies.names(scenario).contains(name))
                .toList();
        String why = served.equals(ImmutableSet.of(Scenario.TASK))
                ? "strategy %s must be told the task at test, which scenario %s does not"
                : "strategy %s cannot serve scenario %s";
        String others = served.stream().map(other -> "scenario: " + word(other)).collect(Collectors.joining(" or "));
        throw script.error(
                "scenario",
                (why + ": write %s, or choose strategy %s")
                        .formatted(entry.name(), word(scenario), others, String.join(", ", serving)));
    }

    /**
     * What learns one task has nothing to forget, and no task to tell.
     *
     * @param where it learns, and what it is, as in "network.units is binary, as such units learn"
     */
    static void checkNone(NamedSetting setting, TaskSequenceScript script, String where) {
        if (script.scenario() != Scenario.TASK) {
            throw script.error(
                    "scenario",
                    "%s does not work where %s one task, so that there is no task to tell: write scenario: task"
                            .formatted(word(script.scenario()), where));
        }
        if (!setting.name().equals(DEFAULT)) {
            throw setting.error("%s does not work where %s one task, so that there is nothing to forget: remove it"
                    .formatted(setting.name(), where));
        }
    }

    private static String word(Scenario scenario) {
        return Ascii.toLowerCase(scenario.name());
    }
}
