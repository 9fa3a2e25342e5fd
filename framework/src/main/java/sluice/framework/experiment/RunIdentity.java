package sluice.framework.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.run.RunRecord;
import sluice.tasks.TaskSequence;

/**
 * What the results of a run depend on, as its run.json holds it.
 *
 * @param settings as resolved, without names and places
 * @param seed the one seed
 * @param checksums SHA-256 (hex) of the data, by file
 * @param build digest of the code, empty where none was recorded
 */
record RunIdentity(FlatSettings settings, long seed, Map<String, String> checksums, String build) {
    private static final int NAMED = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keys that change no result: what a run is called, and where data and models that have checksums are. */
    private static final ImmutableSet<String> NAMES = ImmutableSet.of(
            "name",
            "description",
            "output.folder",
            "data.folder",
            "network.from",
            "seed",
            "checkpoint.every",
            "checkpoint.learner");

    static RunIdentity of(RunPlan plan, TaskSequence sequence) {
        return of(IdleKeys.used(plan), plan.seed(), sequence.checksums(), CodeDigest.ofThisProcess());
    }

    static RunIdentity of(GeneratorPlan plan, Map<String, String> checksums) {
        return of(plan.settings(), plan.seed(), checksums, CodeDigest.ofThisProcess());
    }

    /**
     * @param record run.json of a run
     * @throws IOException if it cannot be read
     * @throws MatrixFormatException if it is no such record
     */
    static RunIdentity read(Path record) throws IOException {
        RunRecord run = RunFiles.record(record);
        return of(
                run.settings(), run.seed(), run.dataChecksums(), run.versions().getOrDefault(RunRecord.BUILD, ""));
    }

    private static RunIdentity of(
            Map<String, Object> settings, long seed, Map<String, String> checksums, String build) {
        return new RunIdentity(FlatSettings.of(settings).without(NAMES), seed, new TreeMap<>(checksums), build);
    }

    /** For a note that is read again by {@link #noted}. */
    String note() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * {@return what was noted}
     *
     * @param note of {@link #note}
     * @throws IOException if it is no such note
     */
    static RunIdentity noted(String note) throws IOException {
        return JSON.readValue(note, RunIdentity.class);
    }

    /** The same but for what builds differ in, and for threads, which change bits and not what is done. */
    RunIdentity apartFromMachine() {
        return new RunIdentity(settings.without(ImmutableSet.of("threads")), seed, checksums, "");
    }

    /** What differs from an earlier run, in words; empty if nothing does. */
    String differenceFrom(RunIdentity earlier) {
        List<String> differences = new ArrayList<>();
        Set<String> keys = settings.keysThatDiffer(earlier.settings);
        if (!keys.isEmpty()) {
            String more = keys.size() > NAMED ? " and %d more".formatted(keys.size() - NAMED) : "";
            differences.add("other settings (%s%s)"
                    .formatted(String.join(", ", keys.stream().limit(NAMED).toList()), more));
        }
        if (seed != earlier.seed) {
            differences.add("another seed");
        }
        if (!checksums.equals(earlier.checksums)) {
            differences.add("other data");
        }
        if (!build.equals(earlier.build)) {
            differences.add("another build of Sluice");
        }
        return String.join(", ", differences);
    }
}
