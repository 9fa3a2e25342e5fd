package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;

/** What the tasks of a sequence have in common where numbers are predicted. */
final class TargetsInCommon {
    private TargetsInCommon() {}

    /** Makes sure that tasks of a sequence all predict numbers, or none does, and that such can be in the scenario. */
    static void check(ImmutableList<Task> tasks, Scenario scenario) {
        Task first = tasks.get(0);
        for (Task task : tasks) {
            checkArgument(
                    task.isRegression() == first.isRegression(),
                    "task %s predicts a number, and task %s tells classes apart: a sequence has one kind",
                    task.isRegression() ? task.name() : first.name(),
                    task.isRegression() ? first.name() : task.name());
            checkArgument(
                    scenario != Scenario.DOMAIN
                            || task.train().scale().equals(first.train().scale()),
                    "tasks %s and %s share an output in scenario domain: their targets must be by one scale",
                    first.name(),
                    task.name());
        }
        checkArgument(
                scenario != Scenario.CLASS || !first.isRegression(),
                "tasks that predict numbers have no classes for scenario class: choose task or domain");
    }
}
