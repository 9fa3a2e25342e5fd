package sluice.framework.experiment;

import com.google.common.base.Ascii;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.run.RunRecord;
import sluice.framework.account.CapacityLedger;
import sluice.framework.result.TrainingResult;

/** What is recorded of a run. */
final class RunRecords {
    private RunRecords() {}

    /** Of a run that was stopped and has no model to keep. */
    static RunRecord.Stopped stopped(AccuracyMatrix learned, RunPlan plan) {
        return new RunRecord.Stopped(plan.name(), learned.strategy(), learned.seed(), true, IdleKeys.used(plan));
    }

    static RunRecord of(Outcome outcome) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("loading", outcome.loading().toNanos() / 1e9);
        seconds.put("training", outcome.training().trainSeconds());
        seconds.put("evaluation", outcome.training().evaluationSeconds());
        seconds.putAll(outcome.trace().checkpoints().seconds());
        seconds.put("total", outcome.total().toNanos() / 1e9);
        TrainingResult result = outcome.training();
        return new RunRecord(
                outcome.plan().name(),
                outcome.training().matrix().strategy(),
                outcome.plan().seed(),
                outcome.interrupted(),
                IdleKeys.used(outcome.plan()),
                outcome.sequence().checksums(),
                outcome.dataNotes(),
                outcome.trace().warnings(),
                TaskLedger.records(outcome.training().tasks()),
                result.exactRetention(),
                undefined(outcome),
                result.comparedLogits(),
                result.capacity().map(ledger -> capacity(result, ledger)),
                seconds,
                versionsAndBuild(),
                Machine.description(outcome.plan().threads()));
    }

    private static RunRecord.Capacity capacity(TrainingResult result, CapacityLedger ledger) {
        return new RunRecord.Capacity(
                ledger.created(),
                ledger.widths(),
                ledger.free(),
                ledger.moreTasks(),
                result.memoryBytes(),
                Machine.peakBytes(),
                result.reuse());
    }

    private static Optional<String> undefined(Outcome outcome) {
        if (outcome.training().comparedLogits().isEmpty()) {
            return Optional.of("strategy %s promises none in scenario %s"
                    .formatted(
                            outcome.training().matrix().strategy(),
                            Ascii.toLowerCase(outcome.sequence().scenario().name())));
        }
        return outcome.training().exactRetention().isPresent()
                ? Optional.empty()
                : Optional.of("there is only one task");
    }

    static Map<String, String> versionsAndBuild() {
        Map<String, String> versions = Machine.versions();
        versions.put(RunRecord.BUILD, CodeDigest.ofThisProcess());
        return versions;
    }
}
