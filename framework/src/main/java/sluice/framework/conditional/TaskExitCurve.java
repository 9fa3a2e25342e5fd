package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.evaluation.run.BudgetPoint;
import sluice.tasks.Examples;

/**
 * What tasks with exits answer right for what: for each of some budgets the means over the tasks.
 */
public final class TaskExitCurve {
    /** Budgets, at equal ratios. */
    private static final int POINTS = 24;

    private final List<TaskExits> tasks = new ArrayList<>();
    private final List<ExitTable> tables = new ArrayList<>();
    private final List<ExitUse> uses = new ArrayList<>();

    /**
     * Adds a task.
     *
     * @param exits of the task
     * @param subnetwork of the task
     * @param test its test examples
     * @param answers to these, within its budget
     */
    public void add(TaskExits exits, TaskExits.Subnetwork subnetwork, Examples test, ExitAnswers answers) {
        tasks.add(exits);
        tables.add(ExitTable.of(exits.model(), test, subnetwork));
        uses.add(ExitUse.of(exits.model().shape().exits() + 1, answers));
    }

    /** {@return where test examples stopped within the budget, task by task} */
    public ImmutableList<ExitUse> uses() {
        return ImmutableList.copyOf(uses);
    }

    /** {@return the points, by budget, from the least that every task can keep to; none without tasks} */
    public ImmutableList<BudgetPoint> points() {
        if (tasks.isEmpty()) {
            return ImmutableList.of();
        }
        long least = tasks.stream().mapToLong(TaskExits::least).max().orElseThrow();
        long most = Math.max(
                least,
                tasks.stream().mapToLong(task -> task.rules().lastKey()).max().orElseThrow());
        TreeSet<Long> budgets = IntStream.rangeClosed(0, POINTS)
                .mapToObj(k -> Math.round(least * Math.pow((double) most / least, (double) k / POINTS)))
                .collect(Collectors.toCollection(TreeSet::new));
        return budgets.stream().map(this::point).collect(ImmutableList.toImmutableList());
    }

    private BudgetPoint point(long budget) {
        double accuracy = 0;
        double spent = 0;
        for (int t = 0; t < tasks.size(); t++) {
            ExitTable table = tables.get(t);
            double[] thresholds = tasks.get(t).within(budget).thresholds().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            ExitTable.Outcome outcome = table.under(thresholds);
            accuracy += (1 - (double) outcome.wrong() / table.examples()) / tasks.size();
            spent += outcome.multiplyAdds() / tasks.size();
        }
        return new BudgetPoint(budget, spent, accuracy);
    }
}
