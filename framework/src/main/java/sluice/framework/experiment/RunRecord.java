package sluice.framework.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import sluice.framework.ContinualResult;
import sluice.framework.TaskSummary;

/**
 * Where a run's results come from, as {@code run.json} holds it.
 *
 * @param name of the sequence
 * @param strategy how it was learned
 * @param seed the one seed
 * @param settings every setting that the run used as resolved, defaults included: a script with these settings gives this run
 *     again
 * @param dataChecksums SHA-256 (hex) of the data, by file
 * @param tasks what each task took
 * @param exactRetention whether every consolidated task kept every bit, which gated networks are held to (a run in which
 *     one did not has no record); empty for strategies that promise no such thing
 * @param seconds durations of loading, training, evaluation and the whole run
 * @param versions of Sluice, Java, ND4J and the operating system
 * @param machine CPU, processors, and how the matrix multiply was set up
 */
record RunRecord(
        String name,
        String strategy,
        long seed,
        Map<String, Object> settings,
        SortedMap<String, String> dataChecksums,
        List<TaskSummary> tasks,
        Optional<Boolean> exactRetention,
        Map<String, Double> seconds,
        Map<String, String> versions,
        Map<String, Object> machine) {
    static RunRecord of(Experiment.Outcome outcome) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("loading", outcome.loading().toNanos() / 1e9);
        seconds.put("training", outcome.training().trainSeconds());
        seconds.put("evaluation", outcome.training().evaluationSeconds());
        seconds.put("total", outcome.total().toNanos() / 1e9);
        return new RunRecord(
                outcome.experiment().script().name(),
                outcome.training().matrix().strategy(),
                outcome.experiment().script().seed(),
                LintRule.used(outcome.experiment().script()),
                outcome.sequence().checksums(),
                outcome.training().tasks(),
                outcome.training() instanceof ContinualResult ? Optional.of(true) : Optional.empty(),
                seconds,
                Machine.versions(),
                Machine.description(outcome.experiment().threads()));
    }
}
