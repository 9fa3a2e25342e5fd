package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.TaskOverlap;
import sluice.evaluation.run.TaskRecord;
import sluice.framework.account.CapacityLedger;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.LayerCapacity;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.result.TaskSummary;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.UnitSet;

/** What the tasks of a run took, and who uses what of a gated network. */
final class TaskLedger {
    private TaskLedger() {}

    /** The gates of each task when it was consolidated, layer by layer. */
    static ImmutableList<GateLayer> gates(List<TaskSummary> tasks, ConsolidatedSubnetworks subnetworks) {
        ImmutableList.Builder<GateLayer> gates = ImmutableList.builder();
        for (TaskSummary task : tasks) {
            List<UnitSet> open = subnetworks.tasks().get(task.task()).layers();
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
        return tasks.stream().map(TaskLedger::record).collect(toImmutableList());
    }

    private static TaskRecord record(TaskSummary task) {
        return new TaskRecord(
                task.task(),
                task.openUnits(),
                task.steps(),
                task.seconds(),
                task.account().stream().map(TaskLedger::account).toList(),
                task.digest(),
                task.hardening().map(cost -> new TaskRecord.Hardening(cost.relaxedAccuracy(), cost.binaryAccuracy())),
                task.unchanged(),
                task.grown(),
                task.capacity().stream().map(TaskLedger::layer).toList());
    }

    private static TaskRecord.Account account(LayerAccount account) {
        return new TaskRecord.Account(account.layer(), multiplyAdds(account.done()), multiplyAdds(account.dense()));
    }

    private static TaskRecord.MultiplyAdds multiplyAdds(MultiplyAdds work) {
        return new TaskRecord.MultiplyAdds(work.forward(), work.inputGradient(), work.weightGradient());
    }

    private static TaskRecord.Layer layer(LayerCapacity layer) {
        return new TaskRecord.Layer(
                layer.layer(),
                layer.units(),
                layer.openUnits(),
                layer.newUnits(),
                layer.reusedUnits(),
                layer.freeUnits(),
                layer.undecidedGates(),
                layer.probabilities(),
                layer.budget()
                        .map(kept -> new TaskRecord.Budget(
                                kept.share(),
                                kept.limit(),
                                kept.expectedShare(),
                                kept.wantedUnits(),
                                kept.multiplier())));
    }

    /** How much any two tasks have in common. */
    static ImmutableList<TaskOverlap> overlaps(ConsolidatedSubnetworks network) {
        return CapacityLedger.overlaps(network).stream()
                .map(overlap -> new TaskOverlap(overlap.task(), overlap.earlier(), overlap.layer(), overlap.jaccard()))
                .collect(toImmutableList());
    }
}
