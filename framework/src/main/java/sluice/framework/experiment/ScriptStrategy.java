package sluice.framework.experiment;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import sluice.framework.ContinualTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.gates.GateSettings;
import sluice.framework.strategy.Gates;
import sluice.framework.strategy.Strategies;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.Scenario;
import sluice.tasks.Suggestion;
import sluice.tasks.script.NamedSetting;
import sluice.tasks.script.ScheduleSettings;
import sluice.tasks.script.TaskSequenceScript;

/** The strategy that a script names, checked as far as it can be without data. */
final class ScriptStrategy {
    private ScriptStrategy() {}

    /** The strategy for a number of tasks, on which some defaults depend. */
    static IntFunction<Strategy> of(TaskSequenceScript script, GateSettings gates) {
        NamedSetting setting = script.strategy();
        Strategies.Entry entry = Strategies.BY_NAME.get(setting.name());
        if (entry == null) {
            throw setting.error("unknown strategy '%s': %s"
                    .formatted(setting.name(), Suggestion.of(setting.name(), Strategies.BY_NAME.keySet())));
        }
        ImmutableMap<String, Double> parameters = parameters(setting);
        Gates sections = new Gates(
                gates,
                ScriptGrowth.of(script.network().growth()),
                ScriptReport.evaluation(script.report()),
                inference(script));
        IntFunction<Strategy> ofTasks =
                tasks -> entry.with(parameters, new Strategies.Conditions(script.scenario(), tasks), sections);
        StrategyTraits traits;
        try {
            traits = ofTasks.apply(1).inScenario(script.scenario()).traits();
        } catch (IllegalArgumentException outOfRange) {
            throw setting.error("strategy %s: %s".formatted(setting.name(), outOfRange.getMessage()));
        }
        checkScenario(script, entry);
        ScriptLayers.checkNormalisation(script, traits);
        return ofTasks;
    }

    private static InferenceSettings inference(TaskSequenceScript script) {
        sluice.tasks.script.InferenceSettings settings = script.inference();
        return new InferenceSettings(
                settings.features(), settings.sparsity(), settings.threshold(), settings.subnetworks());
    }

    private static ImmutableMap<String, Double> parameters(NamedSetting setting) {
        ImmutableMap.Builder<String, Double> numbers = ImmutableMap.builder();
        setting.parameters().forEach((name, value) -> {
            if (!(value instanceof ScheduleSettings.Constant constant)) {
                throw setting.error(
                        "strategy %s: %s must be a number: it has no schedule".formatted(setting.name(), name));
            }
            numbers.put(name, constant.value());
        });
        return numbers.buildOrThrow();
    }

    private static void checkScenario(TaskSequenceScript script, Strategies.Entry entry) {
        Scenario scenario = script.scenario();
        if (entry.scenarios().contains(scenario)) {
            return;
        }
        List<String> serving = Strategies.BY_NAME.values().stream()
                .filter(other -> other.scenarios().contains(scenario))
                .map(Strategies.Entry::name)
                .toList();
        String why = entry.scenarios().equals(ImmutableSet.of(Scenario.TASK))
                ? "strategy %s must be told the task at test, which scenario %s does not"
                : "strategy %s cannot serve scenario %s";
        String others = entry.scenarios().stream()
                .map(other -> "scenario: " + word(other))
                .collect(Collectors.joining(" or "));
        throw script.error(
                "scenario",
                (why + ": write %s, or choose strategy %s")
                        .formatted(entry.name(), word(scenario), others, String.join(", ", serving)));
    }

    /** Binary units learn one task: there is nothing to forget, and no task to tell. */
    static void checkNone(TaskSequenceScript script) {
        if (script.scenario() != Scenario.TASK) {
            throw script.error(
                    "scenario",
                    "%s does not work where network.units is binary, as such units learn one task, so that there is no task to tell: write scenario: task"
                            .formatted(word(script.scenario())));
        }
        if (!script.strategy().name().equals(ContinualTrainer.STRATEGY)) {
            throw script.strategy()
                    .error(
                            "%s does not work where network.units is binary, as such units learn one task, so that there is nothing to forget: remove it"
                                    .formatted(script.strategy().name()));
        }
    }

    private static String word(Scenario scenario) {
        return Ascii.toLowerCase(scenario.name());
    }
}
