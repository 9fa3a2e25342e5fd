package sluice.framework.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import sluice.evaluation.MetricsCsv;
import sluice.framework.WholeFile;
import sluice.tasks.InputException;

/**
 * The folder that a comparison's files go to: the figures of all runs so far, in the order of the script, whatever the
 * order of their ends, and a folder {@code VARIANT-seedSEED} for each run. It is claimed, by a lock, before any work is done, and complete after every run, so that a comparison that
 * is stopped keeps what it has. A comparison that it replaces is gone only when the first run of the new one is in
 * place.
 */
public final class ComparisonFolder implements AutoCloseable {
    private static final String FIGURES = "comparison.csv";
    private static final String METRICS = "metrics.csv";
    private static final List<String> FILES = List.of(FIGURES, METRICS, ChecksXml.FILE);

    private final FolderClaim claim;
    private final SortedMap<Integer, ComparedRun> runs = new TreeMap<>();

    private boolean references;

    private ComparisonFolder(FolderClaim claim) {
        this.claim = claim;
    }

    /**
     * Makes sure that the folder can be written, and that nobody else is writing it.
     *
     * @param named where the files are to be
     * @param overwrite whether a comparison that is there already may be replaced
     * @return the claim; close it
     * @throws InputException if the folder is there and may not be replaced, cannot be written, or is being written
     */
    public static ComparisonFolder claim(Path named, boolean overwrite) {
        return new ComparisonFolder(
                FolderClaim.of(named, overwrite, new FolderClaim.Contents("comparison", ComparisonFolder::isOwn)));
    }

    private static boolean isOwn(Path file) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && FILES.contains(file.getFileName().toString());
        }
        try (Stream<Path> files = Files.list(file)) {
            List<Path> there = files.toList();
            return !there.isEmpty() && there.stream().allMatch(RunFolder::isRunFile);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Writes the files of a run that went to its end, and all figures anew; its index says where it stands there. */
    void add(int index, ComparedRun.Finished run, Experiment.Outcome outcome) {
        Path files = claim.room(run.variant() + "-seed" + run.seed());
        RunFiles.write(outcome, files);
        makePlace();
        claim.putInside(files);
        references |= !outcome.experiment().script().report().references().isEmpty();
        addFigures(index, run);
    }

    /** Writes all figures anew, with a line for a run that has none. */
    void add(int index, ComparedRun.Failed run) {
        makePlace();
        addFigures(index, run);
    }

    private void makePlace() {
        if (runs.isEmpty()) {
            claim.put(claim.room("comparison"));
        }
    }

    private void addFigures(int index, ComparedRun run) {
        runs.put(index, run);
        RunFiles.writeText(figures(), out -> ComparisonCsv.write(runs.values(), references, out));
        RunFiles.writeText(metrics(), out -> MetricsCsv.writeComparison(ComparedRun.metrics(runs.values()), out));
    }

    /**
     * Writes what came of checks; what came of those of an earlier comparison is gone.
     *
     * @param name of the script
     * @param checks written to {@code checks.xml} if there are any
     * @throws InputException if it cannot be written
     */
    public void write(String name, List<MetricCheck.Result> checks) {
        Path file = checks();
        if (!checks.isEmpty()) {
            WholeFile.write(file, out -> ChecksXml.write(name, checks, out));
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new InputException("cannot remove %s (%s): remove it".formatted(file, stays.getMessage()), stays);
        }
    }

    /**
     * @return the file with what came of checks, in the folder as it was named; there if there were any
     */
    public Path checks() {
        return claim.named().resolve(ChecksXml.FILE);
    }

    /**
     * @return the file with a line of figures per run, in the folder as it was named
     */
    public Path figures() {
        return claim.named().resolve(FIGURES);
    }

    /**
     * @return the file with all metrics of all runs, and of each variant their means with 95 % confidence intervals, in
     *     the folder as it was named
     */
    public Path metrics() {
        return claim.named().resolve(METRICS);
    }

    /** Leaves what was added; nothing, if nothing was. */
    @Override
    public void close() {
        claim.close();
    }
}
