package sluice.framework.experiment;

import com.google.common.base.Ascii;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import sluice.framework.network.CapacityLedger;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;

/**
 * Where a run's results come from, as {@code run.json} holds it.
 *
 * @param name of the sequence
 * @param strategy how it was learned
 * @param seed the one seed
 * @param interrupted whether it was stopped before its end: only the first of its tasks were learned, or it is held against no
 *     references
 * @param settings every setting that the run used as resolved, defaults included: a script with these settings gives this run
 *     again
 * @param dataChecksums SHA-256 (hex) of the data, by file
 * @param dataNotes what was done to the data that nobody asked for, and in scenario domain what outputs stand for, a line each
 * @param warnings what was warned of before the run, unless it is one of a comparison, and as it went, a line each
 * @param tasks what each task took
 * @param exactRetention whether every earlier task kept every bit, which gated networks are held to (a run in which one did
 *     not has no record); empty where it is undefined
 * @param exactRetentionUndefined why, if it is
 * @param comparedLogits logits of earlier tasks that were compared bit for bit after the last one, as after each before; empty
 *     for strategies that promise no exact retention
 * @param capacity what is left of the network, and how much of what tasks used was used before; empty for strategies
 *     whose tasks share all units
 * @param seconds durations of loading, training, evaluation and the whole run
 * @param versions of Sluice, Java, ND4J and the operating system, and {@code build}, a digest of the code that ran
 * @param machine CPU, processors, and how the matrix multiply was set up
 */
record RunRecord(
        String name,
        String strategy,
        long seed,
        boolean interrupted,
        Map<String, Object> settings,
        SortedMap<String, String> dataChecksums,
        List<String> dataNotes,
        List<String> warnings,
        List<TaskSummary> tasks,
        Optional<Boolean> exactRetention,
        Optional<String> exactRetentionUndefined,
        OptionalLong comparedLogits,
        Optional<Capacity> capacity,
        Map<String, Double> seconds,
        Map<String, String> versions,
        Map<String, Object> machine) {
    /**
     * A gated network after its last task.
     *
     * @param created units per hidden layer before any growth
     * @param widths units per hidden layer
     * @param free those that no task uses
     * @param moreTasks how many more tasks fit that take as many new units as the last three; empty where these took none
     * @param taskBytes bytes that tasks take beside the network's weights and biases
     * @param peakBytes most memory that the process had resident so far; empty where the system does not tell
     * @param reuse share of open units that were frozen already, mean over all tasks but the first; empty for one task
     */
    record Capacity(
            List<Integer> created,
            List<Integer> widths,
            List<Integer> free,
            OptionalInt moreTasks,
            long taskBytes,
            OptionalLong peakBytes,
            OptionalDouble reuse) {
        static Capacity of(TrainingResult result, CapacityLedger ledger) {
            return new Capacity(
                    ledger.created(),
                    ledger.widths(),
                    ledger.free(),
                    ledger.moreTasks(),
                    result.memoryBytes(),
                    Machine.peakBytes(),
                    result.reuse());
        }
    }

    static RunRecord of(Experiment.Outcome outcome) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("loading", outcome.loading().toNanos() / 1e9);
        seconds.put("training", outcome.training().trainSeconds());
        seconds.put("evaluation", outcome.training().evaluationSeconds());
        seconds.put("total", outcome.total().toNanos() / 1e9);
        TrainingResult result = outcome.training();
        return new RunRecord(
                outcome.experiment().script().name(),
                outcome.training().matrix().strategy(),
                outcome.experiment().script().seed(),
                outcome.interrupted(),
                IdleKeys.used(outcome.experiment().script()),
                outcome.sequence().checksums(),
                outcome.dataNotes(),
                outcome.trace().warnings(),
                outcome.training().tasks(),
                result.exactRetention(),
                undefined(outcome),
                result.comparedLogits(),
                result.capacity().map(ledger -> Capacity.of(result, ledger)),
                seconds,
                versionsAndBuild(),
                Machine.description(outcome.experiment().threads()));
    }

    private static Optional<String> undefined(Experiment.Outcome outcome) {
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

    private static Map<String, String> versionsAndBuild() {
        Map<String, String> versions = Machine.versions();
        versions.put("build", CodeDigest.ofThisProcess());
        return versions;
    }
}
