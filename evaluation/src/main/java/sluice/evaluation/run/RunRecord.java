package sluice.evaluation.run;

import static sluice.evaluation.run.Cells.listOrNone;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Where a run's results come from, as {@code run.json} holds it. What a file lacks is empty.
 *
 * @param name of the sequence
 * @param strategy how it was learned
 * @param seed the one seed
 * @param interrupted whether it was stopped before its end: only the first of its tasks were learned, or it is held against no
 *     references
 * @param settings every setting that the run used as resolved, defaults included: a script with these settings gives this run
 *     again
 * @param dataChecksums SHA-256 (hex) of the data, by file
 * @param dataNotes what was done to the data that nobody asked for, in scenario domain what outputs stand for, and how it was learned where that
 *     was chosen, a line each
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
 * @param versions of Sluice, Java, ND4J and the operating system, and {@value #BUILD}, a digest of the code that ran
 * @param machine CPU, processors, and how the matrix multiply was set up
 */
public record RunRecord(
        String name,
        String strategy,
        long seed,
        boolean interrupted,
        Map<String, Object> settings,
        @JsonProperty(DATA_CHECKSUMS) SortedMap<String, String> dataChecksums,
        List<String> dataNotes,
        List<String> warnings,
        @JsonProperty(TASKS) List<TaskRecord> tasks,
        Optional<Boolean> exactRetention,
        Optional<String> exactRetentionUndefined,
        OptionalLong comparedLogits,
        Optional<Capacity> capacity,
        Map<String, Double> seconds,
        @JsonProperty(VERSIONS) Map<String, String> versions,
        Map<String, Object> machine) {
    /** The key of {@link #dataChecksums}. */
    public static final String DATA_CHECKSUMS = "data_checksums";

    /** The key of {@link #versions}. */
    public static final String VERSIONS = "versions";

    /** The key of the code's digest among {@link #versions}. */
    public static final String BUILD = "build";

    static final String TASKS = "tasks";

    /** What a file lacks is empty. */
    public RunRecord {
        name = name == null ? "" : name;
        strategy = strategy == null ? "" : strategy;
        settings = settings == null ? Map.of() : settings;
        dataChecksums = dataChecksums == null ? ImmutableSortedMap.of() : dataChecksums;
        dataNotes = listOrNone(dataNotes);
        warnings = listOrNone(warnings);
        tasks = listOrNone(tasks);
        exactRetention = exactRetention == null ? Optional.empty() : exactRetention;
        exactRetentionUndefined = exactRetentionUndefined == null ? Optional.empty() : exactRetentionUndefined;
        comparedLogits = comparedLogits == null ? OptionalLong.empty() : comparedLogits;
        capacity = capacity == null ? Optional.empty() : capacity;
        seconds = seconds == null ? Map.of() : seconds;
        versions = versions == null ? Map.of() : versions;
        machine = machine == null ? Map.of() : machine;
    }

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
    public record Capacity(
            List<Integer> created,
            List<Integer> widths,
            List<Integer> free,
            OptionalInt moreTasks,
            long taskBytes,
            OptionalLong peakBytes,
            OptionalDouble reuse) {}

    /**
     * All that is known of a run that was stopped and has no model to keep.
     *
     * @param name of the sequence
     * @param strategy how it was learned
     * @param seed the one seed
     * @param interrupted true
     * @param settings every setting that the run used
     */
    public record Stopped(String name, String strategy, long seed, boolean interrupted, Map<String, Object> settings) {}

    /** {@return the definition of forgetting that the script chose; empty where none is known} */
    public Optional<String> forgetting() {
        return settings.get("report") instanceof Map<?, ?> report && report.get("forgetting") instanceof String word
                ? Optional.of(word)
                : Optional.empty();
    }

    /** {@return whether every task has outputs of its own, as in scenario task; false where the scenario is not known} */
    public boolean hasOwnHeads() {
        return "task".equals(settings.get("scenario"));
    }

    /**
     * {@return whether its network had learned tasks in earlier runs, of which cells of the accuracy matrix may be missing}
     */
    public boolean goesOn() {
        return settings.get("network") instanceof Map<?, ?> network && network.containsKey("from");
    }
}
