package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
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
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.Printable;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.SpreadsheetText;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunStatus;

/** A comparison's folder: a run folder VARIANT-seedSEED for each run, in the order of comparison.csv. */
record ComparisonReader(Path folder) {
    private static final Pattern RUN_FOLDER = Pattern.compile("(.+)-seed(-?\\d{1,19})", Pattern.DOTALL);

    private record Key(String variant, long seed) {}

    /** Runs with results, runs without, and how many are still to be run. */
    record Contents(ImmutableList<ReportRun> runs, ImmutableList<FailedRun> failed, int waiting) {}

    static boolean isComparison(Path folder) {
        return !Files.exists(folder.resolve(RunFile.MATRIX))
                && !runFolders(folder).isEmpty();
    }

    Contents read() {
        Map<Key, Path> folders = new LinkedHashMap<>();
        for (Path run : runFolders(folder)) {
            Matcher name = RUN_FOLDER.matcher(run.getFileName().toString());
            if (name.matches()) {
                folders.put(new Key(name.group(1), Long.parseLong(name.group(2))), run);
            }
        }
        checkVariants(folders);
        List<Key> order = new ArrayList<>(listed());
        folders.keySet().stream().filter(key -> !order.contains(key)).forEach(order::add);
        Map<Key, String> reasons = reasons();
        reasons.keySet().stream().filter(key -> !order.contains(key)).forEach(order::add);
        ImmutableList.Builder<ReportRun> runs = ImmutableList.builder();
        ImmutableList.Builder<FailedRun> failed = ImmutableList.builder();
        for (Key key : order) {
            if (reasons.containsKey(key) || !folders.containsKey(key)) {
                failed.add(new FailedRun(
                        key.variant(), key.seed(), reasons.getOrDefault(key, "it has no folder with results")));
            } else {
                new RunFolderReader(folders.get(key)).read().forEach(run -> runs.add(run.named(key.variant())));
            }
        }
        int waiting = (int) statuses().stream()
                .filter(run -> run.state() == RunStatus.State.WAITING && !folders.containsKey(key(run)))
                .count();
        return new Contents(runs.build(), failed.build(), waiting);
    }

    private void checkVariants(Map<Key, Path> folders) {
        List<RunMetrics> metrics = RunFolderReader.readIfThere(folder.resolve(RunFile.METRICS), MetricsCsv::read);
        if (metrics.isEmpty()) {
            return;
        }
        Set<Key> planned = statuses().stream().map(ComparisonReader::key).collect(Collectors.toSet());
        for (Map.Entry<Key, Path> run : folders.entrySet()) {
            // one that is planned may have its folder before its figures, where the comparison goes on or was killed
            boolean isKnown = planned.contains(run.getKey())
                    || metrics.stream()
                            .anyMatch(m -> m.strategy().equals(run.getKey().variant())
                                    && m.seed() == run.getKey().seed());
            if (!isKnown) {
                throw new MatrixFormatException(
                        "%s is not a run of this comparison: its metrics.csv has no variant %s with seed %d: move the folder elsewhere, or run the comparison again"
                                .formatted(
                                        Printable.of(run.getValue().toString()),
                                        Printable.quoted(run.getKey().variant()),
                                        run.getKey().seed()));
            }
        }
    }

    /** Runs in the order of comparison.csv, whose first two columns are variant and seed. */
    private List<Key> listed() {
        return RunFolderReader.readIfThere(folder.resolve(RunFile.COMPARISON), ComparisonReader::keys);
    }

    private static List<Key> keys(Reader in, String source) throws IOException {
        List<Key> keys = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        for (CSVRecord line : format.parse(in)) {
            if (!line.isMapped("variant") || !line.isMapped("seed") || !line.isConsistent()) {
                throw new MatrixFormatException("%s, line %d: columns variant and seed are needed"
                        .formatted(Printable.of(source), line.getRecordNumber() + 1));
            }
            try {
                keys.add(new Key(SpreadsheetText.plain(line.get("variant")), Long.parseLong(line.get("seed"))));
            } catch (NumberFormatException notWhole) {
                throw new MatrixFormatException("%s, line %d, column seed: must be a whole number, got %s"
                        .formatted(
                                Printable.of(source), line.getRecordNumber() + 1, Printable.quoted(line.get("seed"))));
            }
        }
        return keys;
    }

    private static Key key(RunStatus run) {
        return new Key(run.variant(), run.seed());
    }

    private List<RunStatus> statuses() {
        return RunFolderReader.readIfThere(folder.resolve(RunFile.RUNS), RunStatus::read);
    }

    private Map<Key, String> reasons() {
        Map<Key, String> reasons = new LinkedHashMap<>();
        for (RunStatus run : statuses()) {
            switch (run.state()) {
                case FAILED -> reasons.put(key(run), run.reason().isEmpty() ? "no reason is known" : run.reason());
                case DONE -> reasons.remove(key(run));
                case WAITING -> {}
            }
        }
        return reasons;
    }

    private static List<Path> runFolders(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            RUN_FOLDER.matcher(file.getFileName().toString()).matches())
                    .filter(file -> Files.isRegularFile(file.resolve(RunFile.MATRIX)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw RunFolderReader.unreadable(folder, e);
        }
    }
}
