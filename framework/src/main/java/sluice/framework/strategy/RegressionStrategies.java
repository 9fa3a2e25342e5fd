package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** Which strategies can learn tasks that predict numbers. */
public final class RegressionStrategies {
    private RegressionStrategies() {}

    /**
     * Refuses tasks that predict numbers where classes are told apart.
     *
     * @param strategy that is to learn
     * @param sequence the tasks
     * @throws InputException saying which strategies predict numbers in the sequence's scenario
     */
    public static void check(Strategy strategy, TaskSequence sequence) {
        if (sequence.isRegression()) {
            check(strategy, sequence.scenario());
        }
    }

    /**
     * Refuses a strategy that tells classes apart where numbers are to be predicted.
     *
     * @param strategy that is to learn
     * @param scenario what is known of the task at test
     * @throws InputException saying which strategies predict numbers in it
     */
    public static void check(Strategy strategy, Scenario scenario) {
        if (!strategy.inScenario(scenario).traits().takes(StrategyTraits.Setting.REGRESSION)) {
            throw new InputException("%s tells classes apart, and these tasks predict numbers: choose one of %s"
                    .formatted(strategy.name(), String.join(", ", names(scenario))));
        }
    }

    /**
     * {@return names of those that predict numbers}
     *
     * @param scenario in which they do
     */
    public static ImmutableList<String> names(Scenario scenario) {
        Strategies.Conditions conditions = new Strategies.Conditions(scenario, 2);
        return Strategies.BY_NAME.values().stream()
                .map(entry -> entry.with(Map.of(), conditions))
                .filter(strategy -> strategy.scenarios().contains(scenario))
                .filter(strategy -> strategy.inScenario(scenario).traits().takes(StrategyTraits.Setting.REGRESSION))
                .map(Strategy::name)
                .collect(ImmutableList.toImmutableList());
    }
}
