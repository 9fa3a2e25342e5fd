package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.TaskOverlap;
import sluice.evaluation.run.TaskRecord;
import sluice.framework.account.CapacityLedger;
import sluice.framework.account.LayerCapacity;
import sluice.framework.result.SummaryRecords;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.UnitSet;

/** What the tasks of a run took, and who uses what of a gated network. */
final class TaskLedger {
    private TaskLedger() {}

    /** The gates of each task when it was consolidated, layer by layer. */
    static ImmutableList<GateLayer> gates(TrainingResult result) {
        ImmutableList.Builder<GateLayer> gates = ImmutableList.builder();
        for (TaskSummary task : result.tasks()) {
            List<UnitSet> open = result.subnetwork(task.task()).orElseThrow().layers();
            for (int l = 0; l < task.capacity().size(); l++) {
                LayerCapacity layer = task.capacity().get(l);
                gates.add(GateLayer.of(
                        task.task(), l + 1, layer.units(), open.get(l).toArray(), layer.probabilities()));
            }
        }
        return gates.build();
    }

    /** What each task took, as run.json and ledger.csv have it. */
    static ImmutableList<TaskRecord> records(List<TaskSummary> tasks) {
        return tasks.stream().map(SummaryRecords::of).collect(toImmutableList());
    }

    /** How much any two tasks of a run have in common; a network may have learned others before it. */
    static ImmutableList<TaskOverlap> overlaps(List<String> tasks, ConsolidatedSubnetworks network) {
        return CapacityLedger.overlaps(network).stream()
                .filter(overlap -> tasks.contains(overlap.task()) && tasks.contains(overlap.earlier()))
                .map(overlap -> new TaskOverlap(overlap.task(), overlap.earlier(), overlap.layer(), overlap.jaccard()))
                .collect(toImmutableList());
    }
}
