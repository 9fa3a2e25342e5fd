package sluice.framework;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.run.BudgetPoint;
import sluice.framework.conditional.ExitUse;

/**
 * What exits before subnetworks did with test examples after the last task.
 *
 * @param uses task by task, within the budget; none where tasks have no exits
 * @param curve means over tasks of what is right for what, by budget
 * @param dense multiply-adds of a prediction by the whole network
 */
public record TaskExitUse(ImmutableList<ExitUse> uses, ImmutableList<BudgetPoint> curve, long dense) {
    /** Of tasks without exits. */
    public static final TaskExitUse NONE = new TaskExitUse(ImmutableList.of(), ImmutableList.of(), 0);

    ImmutableMap<String, MetricValue> figures() {
        return uses.isEmpty()
                ? ImmutableMap.of()
                : ImmutableMap.of(
                        MeasuredMetric.MACS_PREDICTION.key(), MetricValue.of(mean()),
                        MeasuredMetric.MACS_PREDICTION_ALL_OPEN.key(), MetricValue.of((double) dense));
    }

    /** Mean over tasks of the mean multiply-adds of a test example. */
    private double mean() {
        return uses.stream().mapToDouble(ExitUse::mean).average().orElse(0);
    }

    ImmutableList<String> lines() {
        if (uses.isEmpty()) {
            return ImmutableList.of();
        }
        int exits = uses.get(0).shares().size();
        double[] shares = new double[exits];
        uses.forEach(use -> {
            for (int e = 0; e < exits; e++) {
                shares[e] += 100 * use.shares().get(e) / uses.size();
            }
        });
        return ImmutableList.of(
                String.format(
                        Locale.ROOT,
                        "multiply-adds     %,.0f per test example, mean over tasks, at most %,d",
                        mean(),
                        uses.stream().mapToLong(ExitUse::most).max().orElse(0)),
                "exits             "
                        + Arrays.stream(shares)
                                .mapToObj(share -> String.format(Locale.ROOT, "%.1f %%", share))
                                .collect(Collectors.joining(", "))
                        + " of the test examples stop there, the last are the subnetworks'");
    }
}
