package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import sluice.tasks.Scenario;
import sluice.tasks.TargetScale;
import sluice.tasks.TaskSequence;

/** What differs in a script whose tasks predict a number of each row ({@code data.target}). */
final class TargetTasks {
    private TargetTasks() {}

    /**
     * Refuses what speaks of classes.
     *
     * @param top the whole script
     * @throws sluice.tasks.InputException at the key that does
     */
    static void check(Section top) {
        Section split = top.section("split", SplitSection.KEYS);
        for (String key : SplitSection.KEYS) {
            split.value(key).ifPresent(value -> {
                throw value.misfit(
                        "divides classes or images, and data.target predicts a number of each row: remove split; tasks are values or ranges of a column (data: {task_column: site}) or a table each (data: {tasks: [{name: a, file: a.csv}]})");
            });
        }
        if (top.choice("scenario", Scenario.TASK) == Scenario.CLASS) {
            throw top.value("scenario")
                    .orElseThrow()
                    .misfit(
                            "class tells classes apart, and data.target predicts a number of each row: write task (which task a row is of is told) or domain (it is not)");
        }
        top.value("generator").ifPresent(value -> {
            throw value.misfit(
                    "a network that generates learns what classes look like, and data.target names no class: write data.label, or remove the section");
        });
    }

    /**
     * {@return the tasks in a scenario; where it is domain, they share an output, and the scale of the first}
     *
     * @param tasks each by a scale of its own
     * @param scenario what is known of the task at test
     * @throws IllegalArgumentException if a number is too far from that scale
     */
    static TaskSequence inScenario(TaskSequence tasks, Scenario scenario) {
        if (scenario != Scenario.DOMAIN) {
            return tasks.withScenario(scenario);
        }
        TargetScale first = tasks.tasks().get(0).train().scale().orElseThrow();
        return tasks.withTasks(tasks.tasks().stream()
                        .map(task -> task.withScale(first))
                        .collect(ImmutableList.toImmutableList()))
                .withScenario(scenario);
    }
}
