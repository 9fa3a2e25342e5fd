package sluice.framework.experiment;

import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.evaluation.DisplacedFolder;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunRecord;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;

/**
 * Finished runs of one way of learning, as their folders hold them.
 *
 * @param name as the user named them
 * @param settings of the run of the least seed by dotted key, with {@code data_checksums.FILE} and {@code versions.NAME}
 * @param bySeed figures of each run; those of the run's metrics.csv, {@code occupancy} and {@code macs_share}
 * @param folders of each run
 */
public record StoredRuns(
        String name,
        Map<String, String> settings,
        ImmutableSortedMap<Long, RunMetrics> bySeed,
        ImmutableSortedMap<Long, Path> folders) {
    private static final Pattern RUN = Pattern.compile("(.+)-seed(-?\\d+)");

    /**
     * Reads runs.
     *
     * @param name a run folder; or the folder of a comparison of one variant; or {@code FOLDER:VARIANT}
     * @return its runs, at least one
     * @throws InputException if there is no such folder, it holds no run, several variants or none of that name, or a file
     *     cannot be read
     */
    public static StoredRuns read(String name) {
        int colon = name.lastIndexOf(':');
        if (colon > 0 && !Files.exists(path(name))) {
            return ofVariant(name, path(name.substring(0, colon)), name.substring(colon + 1));
        }
        Path folder = path(name);
        if (Files.exists(folder.resolve(RunFile.RECORD))) {
            return of(name, List.of(folder));
        }
        Map<String, Map<Long, Path>> variants = variants(folder);
        if (variants.size() > 1) {
            throw new InputException("%s is a comparison of several variants: name one, as %s:VARIANT (%s)"
                    .formatted(name, name, String.join(", ", variants.keySet())));
        }
        return of(name, List.copyOf(variants.values().iterator().next().values()));
    }

    private static StoredRuns ofVariant(String name, Path folder, String variant) {
        Map<String, Map<Long, Path>> variants = variants(folder);
        if (!variants.containsKey(variant)) {
            throw new InputException("%s has no finished run of variant %s: %s"
                    .formatted(folder, Printable.quoted(variant), Suggestion.of(variant, variants.keySet())));
        }
        return of(name, List.copyOf(variants.get(variant).values()));
    }

    private static Path path(String name) {
        try {
            return DisplacedFolder.present(Path.of(name));
        } catch (InvalidPathException noPath) {
            throw new InputException("%s is no path: %s".formatted(Printable.quoted(name), noPath.getReason()), noPath);
        }
    }

    /** The finished runs of a comparison's folder. */
    private static Map<String, Map<Long, Path>> variants(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "%s is no folder: name a run folder, or a comparison's as FOLDER:VARIANT".formatted(folder));
        }
        Map<String, Map<Long, Path>> variants = new TreeMap<>();
        for (String run : new EarlierRuns(folder).finished()) {
            Matcher parts = RUN.matcher(run);
            if (parts.matches() && Files.exists(folder.resolve(run).resolve(RunFile.RECORD))) {
                variants.computeIfAbsent(parts.group(1), variant -> new TreeMap<>())
                        .put(Long.parseLong(parts.group(2)), folder.resolve(run));
            }
        }
        if (variants.isEmpty()) {
            throw new InputException(
                    "%s holds no finished run (no %s): name a run folder, or a comparison's as FOLDER:VARIANT"
                            .formatted(folder, RunFile.RECORD));
        }
        return variants;
    }

    private static StoredRuns of(String name, List<Path> folders) {
        ImmutableSortedMap.Builder<Long, RunMetrics> bySeed = ImmutableSortedMap.naturalOrder();
        ImmutableSortedMap.Builder<Long, Path> places = ImmutableSortedMap.naturalOrder();
        for (Path folder : folders) {
            RunMetrics metrics = metrics(folder);
            bySeed.put(metrics.seed(), metrics);
            places.put(metrics.seed(), folder);
        }
        return new StoredRuns(name, settings(folders.get(0)), bySeed.buildOrThrow(), places.buildOrThrow());
    }

    private static RunMetrics metrics(Path folder) {
        try {
            RunMetrics run = EarlierRuns.metrics(folder);
            return ComparedRun.Finished.metrics(run.strategy(), run.seed(), run);
        } catch (IOException | MatrixFormatException unreadable) {
            throw new InputException(
                    "cannot read %s (%s): name the folder of a finished run".formatted(folder, unreadable.getMessage()),
                    unreadable);
        }
    }

    private static Map<String, String> settings(Path folder) {
        Path file = folder.resolve(RunFile.RECORD);
        try {
            RunRecord run = RunFiles.record(file);
            Map<String, String> settings =
                    new LinkedHashMap<>(FlatSettings.of(run.settings()).values());
            settings.remove("seed");
            run.dataChecksums().forEach((name, sum) -> settings.put(RunRecord.DATA_CHECKSUMS + "." + name, sum));
            run.versions().forEach((name, version) -> settings.put(RunRecord.VERSIONS + "." + name, version));
            return settings;
        } catch (IOException | MatrixFormatException unreadable) {
            throw new InputException(
                    "cannot read %s (%s): name the folder of a finished run".formatted(file, unreadable.getMessage()),
                    unreadable);
        }
    }
}
