package sluice.framework.experiment;

import com.google.common.base.Joiner;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.SpreadsheetText;
import sluice.framework.account.LayerCapacity;
import sluice.framework.network.CapacityLedger;
import sluice.framework.result.TaskSummary;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.UnitSet;

/** Who uses what of a gated network: a line per task and layer, and one per pair of tasks and layer. */
final class LedgerCsv {
    static final CSVFormat FORMAT =
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

    /** The gates of each task when it was consolidated: its open units as ranges, and how many gates had which probability. */
    static void writeGates(
            TraceCsv.Run run, List<TaskSummary> tasks, ConsolidatedSubnetworks subnetworks, Appendable out)
            throws IOException {
        CSVPrinter printer = FORMAT.print(out);
        printer.printRecord("strategy", "seed", "task", "layer", "units", "open", "probabilities");
        for (TaskSummary task : tasks) {
            List<UnitSet> open = subnetworks.tasks().get(task.task()).layers();
            for (int l = 0; l < task.capacity().size(); l++) {
                LayerCapacity layer = task.capacity().get(l);
                printer.printRecord(
                        SpreadsheetText.guarded(run.strategy()),
                        run.seed(),
                        SpreadsheetText.guarded(task.task()),
                        l + 1,
                        layer.units(),
                        ranges(open.get(l).toArray()),
                        Joiner.on(' ').join(layer.probabilities()));
            }
        }
    }

    /** Ascending numbers such as {@code 0-12 15 20-22}. */
    static String ranges(int[] units) {
        RangeSet<Integer> ranges = TreeRangeSet.create();
        for (int unit : units) {
            ranges.add(Range.closedOpen(unit, unit + 1));
        }
        return ranges.asRanges().stream()
                .map(range -> range.upperEndpoint() - range.lowerEndpoint() == 1
                        ? "" + range.lowerEndpoint()
                        : range.lowerEndpoint() + "-" + (range.upperEndpoint() - 1))
                .collect(Collectors.joining(" "));
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
    static void writeOverlaps(ConsolidatedSubnetworks network, Appendable out) throws IOException {
        CSVPrinter printer = FORMAT.print(out);
        printer.printRecord("task", "earlier", "layer", "jaccard");
        for (CapacityLedger.Overlap overlap : CapacityLedger.overlaps(network)) {
            printer.printRecord(
                    SpreadsheetText.guarded(overlap.task()),
                    SpreadsheetText.guarded(overlap.earlier()),
                    overlap.layer(),
                    overlap.jaccard());
        }
    }
}
