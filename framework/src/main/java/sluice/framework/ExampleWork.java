package sluice.framework;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.run.BudgetPoint;
import sluice.evaluation.run.GateShare;
import sluice.framework.conditional.ExitUse;
import sluice.framework.conditional.GateUse;

/**
 * What test examples took after the last task, of tasks that have exits before their subnetworks, or gaters in them.
 *
 * @param uses task by task, within the budget; none where every example takes the same
 * @param curve means over tasks of what is right for what, by budget; none without exits
 * @param dense multiply-adds of a prediction by the whole network
 * @param gates task by task what those of gaters did, layer by layer; none without gaters
 * @param shares how often units that gaters open are open for each class of a task
 */
public record ExampleWork(
        ImmutableList<ExitUse> uses,
        ImmutableList<BudgetPoint> curve,
        long dense,
        ImmutableList<ImmutableList<GateUse>> gates,
        ImmutableList<GateShare> shares) {
    /** Of tasks all of whose examples take the same. */
    public static final ExampleWork NONE =
            new ExampleWork(ImmutableList.of(), ImmutableList.of(), 0, ImmutableList.of(), ImmutableList.of());

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
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "multiply-adds     %,.0f per test example, mean over tasks, at most %,d",
                mean(), uses.stream().mapToLong(ExitUse::most).max().orElse(0)));
        int exits = uses.get(0).shares().size();
        if (exits > 1) {
            lines.add("exits             "
                    + IntStream.range(0, exits)
                            .mapToObj(exit -> line("%.1f %%", 100 * share(exit)))
                            .collect(Collectors.joining(", "))
                    + " of the test examples stop there, the last are the subnetworks'");
        }
        for (int l = 0; !gates.isEmpty() && l < gates.get(0).size(); l++) {
            int layer = l;
            lines.add(line(
                    "gates of layer %-3d%.1f %% of a task's units open for an example, %.0f %% of them vary, each tells %.3f bits about the class (of %.2f), mean over tasks",
                    l + 1,
                    100 * mean(layer, GateUse::open),
                    100 * mean(layer, GateUse::varying),
                    mean(layer, GateUse::information),
                    mean(layer, GateUse::ofClass)));
        }
        return ImmutableList.copyOf(lines);
    }

    private double share(int exit) {
        return uses.stream()
                .mapToDouble(use -> use.shares().get(exit))
                .average()
                .orElse(0);
    }

    private double mean(int layer, ToDoubleFunction<GateUse> figure) {
        return gates.stream()
                .map(ofTask -> ofTask.get(layer))
                // of no unit there is nothing to say
                .filter(use -> !use.classes().get(0).isEmpty())
                .mapToDouble(figure)
                .average()
                .orElse(0);
    }

    private static String line(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}
