package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.Printable;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.ShownPath;
import sluice.evaluation.run.ComparisonCsv;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunStatus;

/**
 * A comparison's folder: a run folder VARIANT-seedSEED for each run, in the order of comparison.csv.
 *
 * @param <R> what a run is in a report
 * @param folder of the comparison
 * @param kind of its runs
 */
record ComparisonReader<R>(Path folder, Kind<R> kind) {
    private static final Pattern RUN_FOLDER = Pattern.compile("(.+)-seed(-?\\d{1,19})", Pattern.DOTALL);

    /** Runs with results, runs without, and how many are still to be run. */
    record Contents<R>(ImmutableList<R> runs, ImmutableList<FailedRun> failed, int waiting) {}

    /** How runs are known and read. */
    interface Kind<R> {
        /** A file that the folder of each has, and no other folder. */
        String file();

        /** The runs in a folder, named by their variant. */
        List<R> read(Path folder, String variant);
    }

    boolean isComparison() {
        return !Files.exists(folder.resolve(kind.file())) && !runFolders(folder).isEmpty();
    }

    Contents<R> read() {
        Map<ComparisonCsv.Run, Path> folders = new LinkedHashMap<>();
        for (Path run : runFolders(folder)) {
            Matcher name = RUN_FOLDER.matcher(run.getFileName().toString());
            if (name.matches()) {
                folders.put(new ComparisonCsv.Run(name.group(1), Long.parseLong(name.group(2))), run);
            }
        }
        checkVariants(folders);
        List<ComparisonCsv.Run> order = new ArrayList<>(listed());
        folders.keySet().stream().filter(key -> !order.contains(key)).forEach(order::add);
        Map<ComparisonCsv.Run, String> reasons = reasons();
        reasons.keySet().stream().filter(key -> !order.contains(key)).forEach(order::add);
        ImmutableList.Builder<R> runs = ImmutableList.builder();
        ImmutableList.Builder<FailedRun> failed = ImmutableList.builder();
        for (ComparisonCsv.Run key : order) {
            if (reasons.containsKey(key) || !folders.containsKey(key)) {
                failed.add(new FailedRun(
                        key.variant(), key.seed(), reasons.getOrDefault(key, "it has no folder with results")));
            } else {
                runs.addAll(kind.read(folders.get(key), key.variant()));
            }
        }
        int waiting = (int) statuses().stream()
                .filter(run -> run.state() == RunStatus.State.WAITING && !folders.containsKey(key(run)))
                .count();
        return new Contents<>(runs.build(), failed.build(), waiting);
    }

    private void checkVariants(Map<ComparisonCsv.Run, Path> folders) {
        List<RunMetrics> metrics = RunFolderReader.readIfThere(folder.resolve(RunFile.METRICS), MetricsCsv::read);
        if (metrics.isEmpty()) {
            return;
        }
        Set<ComparisonCsv.Run> planned =
                statuses().stream().map(ComparisonReader::key).collect(Collectors.toSet());
        for (Map.Entry<ComparisonCsv.Run, Path> run : folders.entrySet()) {
            // one that is planned may have its folder before its figures, where the comparison goes on or was killed
            boolean isKnown = planned.contains(run.getKey())
                    || metrics.stream()
                            .anyMatch(m -> m.strategy().equals(run.getKey().variant())
                                    && m.seed() == run.getKey().seed());
            if (!isKnown) {
                throw new MatrixFormatException(
                        "%s is not a run of this comparison: its metrics.csv has no variant %s with seed %d: move the folder elsewhere, or run the comparison again"
                                .formatted(
                                        Printable.of(ShownPath.of(run.getValue())),
                                        Printable.quoted(run.getKey().variant()),
                                        run.getKey().seed()));
            }
        }
    }

    /** Runs in the order of comparison.csv. */
    private List<ComparisonCsv.Run> listed() {
        return RunFolderReader.readIfThere(folder.resolve(RunFile.COMPARISON), ComparisonCsv::runs);
    }

    private static ComparisonCsv.Run key(RunStatus run) {
        return new ComparisonCsv.Run(run.variant(), run.seed());
    }

    private List<RunStatus> statuses() {
        return RunFolderReader.readIfThere(folder.resolve(RunFile.RUNS), RunStatus::read);
    }

    private Map<ComparisonCsv.Run, String> reasons() {
        Map<ComparisonCsv.Run, String> reasons = new LinkedHashMap<>();
        for (RunStatus run : statuses()) {
            switch (run.state()) {
                case FAILED -> reasons.put(key(run), run.reason().isEmpty() ? "no reason is known" : run.reason());
                case DONE -> reasons.remove(key(run));
                case WAITING -> {}
            }
        }
        return reasons;
    }

    private List<Path> runFolders(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            RUN_FOLDER.matcher(file.getFileName().toString()).matches())
                    .filter(file -> Files.isRegularFile(file.resolve(kind.file())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw RunFolderReader.unreadable(folder, e);
        }
    }
}
