package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import sluice.evaluation.Metric;
import sluice.evaluation.Metrics;
import sluice.framework.strategy.RegressionStrategies;
import sluice.framework.strategy.Strategy;
import sluice.tasks.InputException;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.script.Value;

/** What has no meaning in a script whose tasks predict a number of each row ({@code data.target}). */
final class TargetRules {
    private static final String TARGET = "data.target";

    /** Keys that only classes have, and why. */
    private static final ImmutableMap<String, String> OF_CLASSES = ImmutableMap.of(
            "training.class_weights",
            "weighs classes, and data.target predicts a number of each row: remove it",
            "report.continual",
            "counts answers that are right between steps, and data.target predicts a number of each row: remove it",
            "report.references",
            "holds accuracies against each other, and data.target predicts a number of each row: remove it, and compare strategies (compare: {seeds: [1], variants: [{name: gates, set: {}}, {name: joint, set: {strategy: joint}}]})",
            "report.predictions",
            "keeps which classes are predicted, and data.target predicts a number of each row: remove it, and ask sluice predict",
            "network.units",
            "makes hidden units binary, which tell classes apart, and data.target predicts a number of each row: remove it",
            "network.exits",
            "ends early where a class is clear, and data.target predicts a number of each row: remove it",
            "gates.gater",
            "is trained to tell classes apart, and data.target predicts a number of each row: remove it");

    /** Values that ask for none of these. */
    private static final ImmutableSet<String> NOTHING = ImmutableSet.of("none", "relu", "[]", "{}", "false");

    private TargetRules() {}

    /**
     * Refuses them, where a number is predicted.
     *
     * @param script that is read
     * @param tune its search for settings, if it has one
     * @throws InputException at the key
     */
    static void check(TaskSequenceScript script, Optional<Tune> tune) {
        tune.flatMap(Tune::chosen).ifPresent(metric -> checkMetric(script, metric));
        if (!script.data().hasTarget()) {
            return;
        }
        OF_CLASSES.forEach((key, why) -> {
            if (isGiven(script, key)) {
                throw script.locations().error(key, TARGET, why);
            }
        });
    }

    /** A search goes by what its runs have. */
    private static void checkMetric(TaskSequenceScript script, Metric metric) {
        if (!script.data().hasTarget() && !Metrics.isOfClasses(metric)) {
            throw script.error(
                    "tune.by",
                    "%s is of numbers that are predicted, and these data have classes: write another metric, such as acc"
                            .formatted(metric.key()));
        }
        if (script.data().hasTarget() && !Metrics.isOfNumbers(metric)) {
            throw script.locations()
                    .error(
                            "tune.by",
                            TARGET,
                            "%s is of classes, and data.target predicts a number of each row: write another metric, such as rmse or r2"
                                    .formatted(metric.key()));
        }
    }

    /** Whether a key is written, and says more than that there shall be nothing. */
    private static boolean isGiven(TaskSequenceScript script, String key) {
        int dot = key.indexOf('.');
        Optional<Value> value = dot < 0
                ? script.top().value(key)
                : script.top()
                        .value(key.substring(0, dot))
                        .flatMap(section -> Optional.ofNullable(section.unheard()
                                .entries("a section", ImmutableList.of())
                                .get(key.substring(dot + 1))));
        return value.filter(written -> !NOTHING.contains(written.flow())).isPresent();
    }

    /**
     * Refuses a strategy that predicts no numbers, where one is to be predicted.
     *
     * @param script that asks for it
     * @param strategy that it asks for
     * @param key by which it does
     * @throws InputException at that key
     */
    static void check(TaskSequenceScript script, Strategy strategy, String key) {
        if (!script.data().hasTarget()) {
            return;
        }
        try {
            RegressionStrategies.check(strategy, script.scenario());
        } catch (InputException classes) {
            throw script.locations().error(key, TARGET, classes.getMessage());
        }
    }
}
