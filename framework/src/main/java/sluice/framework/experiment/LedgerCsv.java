package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.SpreadsheetText;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.TaskOverlap;
import sluice.framework.ContinualResult;
import sluice.framework.account.BudgetKept;
import sluice.framework.account.LayerCapacity;
import sluice.framework.network.CapacityLedger;
import sluice.framework.result.TaskSummary;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.UnitSet;

/** Who uses what of a gated network: a line per task and layer, and one per pair of tasks and layer. */
final class LedgerCsv {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    private static final List<String> HEADER = List.of(
            "task",
            "layer",
            "units",
            "grown",
            "open",
            "new",
            "reused",
            "free",
            "reuse",
            "undecided",
            "seconds",
            "budget_units",
            "budget_expected_share",
            "budget_wanted_units",
            "budget_multiplier");

    private LedgerCsv() {}

    /** The gates of each task when it was consolidated, layer by layer. */
    static ImmutableList<GateLayer> gates(ContinualResult gated) {
        ImmutableList.Builder<GateLayer> gates = ImmutableList.builder();
        for (TaskSummary task : gated.tasks()) {
            List<UnitSet> open =
                    gated.network().consolidated().tasks().get(task.task()).layers();
            for (int l = 0; l < task.capacity().size(); l++) {
                LayerCapacity layer = task.capacity().get(l);
                gates.add(GateLayer.of(
                        task.task(), l + 1, layer.units(), open.get(l).toArray(), layer.probabilities()));
            }
        }
        return gates.build();
    }

    /** What each task of a run took; budgets are empty where there was none. */
    static void write(List<TaskSummary> tasks, Appendable out) throws IOException {
        CSVPrinter printer = FORMAT.print(out);
        printer.printRecord(HEADER);
        for (TaskSummary task : tasks) {
            for (int l = 0; l < task.capacity().size(); l++) {
                LayerCapacity layer = task.capacity().get(l);
                printer.printRecord(
                        SpreadsheetText.guarded(task.task()),
                        layer.layer(),
                        layer.units(),
                        task.grown().isEmpty() ? 0 : task.grown().get(l),
                        layer.openUnits(),
                        layer.newUnits(),
                        layer.reusedUnits(),
                        layer.freeUnits(),
                        layer.reuse(),
                        layer.undecidedGates(),
                        task.seconds(),
                        layer.budget().map(kept -> "" + kept.limit()).orElse(""),
                        layer.budget().map(kept -> "" + kept.expectedShare()).orElse(""),
                        layer.budget().map(kept -> "" + kept.wantedUnits()).orElse(""),
                        layer.budget().map(kept -> "" + kept.multiplier()).orElse(""));
            }
        }
    }

    /** How much any two tasks have in common. */
    static ImmutableList<TaskOverlap> overlaps(ConsolidatedSubnetworks network) {
        return CapacityLedger.overlaps(network).stream()
                .map(overlap -> new TaskOverlap(overlap.task(), overlap.earlier(), overlap.layer(), overlap.jaccard()))
                .collect(toImmutableList());
    }

    /** Share of the open units of all tasks but the first that were frozen already; empty for a single task. */
    static OptionalDouble reuse(List<TaskSummary> tasks) {
        return tasks.stream().skip(1).mapToDouble(TaskSummary::reuse).average();
    }

    /** The largest share of a layer that any task had open, of what its budget allowed; empty without a budget. */
    static OptionalDouble budgetUsed(List<TaskSummary> tasks) {
        return tasks.stream()
                .flatMap(task -> task.capacity().stream())
                .filter(layer -> layer.budget().isPresent())
                .mapToDouble(layer -> (double) layer.openUnits()
                        / layer.budget().orElseThrow().limit())
                .max();
    }

    /** The largest excess of an expected open share over its budget at the end of any task; empty without a budget. */
    static OptionalDouble budgetExcess(List<TaskSummary> tasks) {
        return tasks.stream()
                .flatMap(task -> task.capacity().stream())
                .flatMap(layer -> layer.budget().stream())
                .mapToDouble(LedgerCsv::excess)
                .max();
    }

    private static double excess(BudgetKept kept) {
        return Math.max(0, kept.expectedShare() - kept.share());
    }
}
