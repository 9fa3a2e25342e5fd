package sluice.framework.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    /** Keys that change no result: what a run is called, and where data that has checksums is. */
    private static final ImmutableSet<String> NAMES =
            ImmutableSet.of("name", "description", "output.folder", "data.folder", "seed");

    static RunIdentity of(Experiment experiment, TaskSequence sequence) {
        return of(
                json(IdleKeys.used(experiment.script())),
                experiment.script().seed(),
                sequence.checksums(),
                CodeDigest.ofThisProcess());
    }

    /** As a file would have it, so that numbers are compared as they are written. */
    private static JsonNode json(Map<String, Object> settings) {
        try {
            return new ObjectMapper().readTree(RunFiles.json(settings));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param record run.json of a run
     * @throws IOException if it cannot be read or is no such record
     */
    static RunIdentity read(Path record) throws IOException {
        JsonNode run = new ObjectMapper().readTree(record.toFile());
        Map<String, String> checksums = new TreeMap<>();
        run.path("data_checksums")
                .properties()
                .forEach(entry -> checksums.put(entry.getKey(), entry.getValue().asText()));
        return of(
                run.path("settings"),
                run.path("seed").asLong(),
                checksums,
                run.at("/versions/build").asText());
    }

    private static RunIdentity of(JsonNode settings, long seed, Map<String, String> checksums, String build) {
        return new RunIdentity(FlatSettings.of(settings).without(NAMES), seed, new TreeMap<>(checksums), build);
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
