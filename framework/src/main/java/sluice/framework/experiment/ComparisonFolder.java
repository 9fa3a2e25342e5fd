package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static sluice.evaluation.WholeFile.isTemporary;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.report.Report;
import sluice.evaluation.run.ComparisonCsv;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunStatus;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;

/**
 * The folder that a comparison's files go to: the figures of all runs so far, in their order, whatever the
 * order of their ends, what became of each, and a folder {@code VARIANT-seedSEED} for each run. It is claimed, by a lock,
 * before any work is done, and complete after every run, so that a comparison that is stopped keeps what it has and can
 * go on. A comparison that it replaces is gone only when the first run of the new one is in place.
 */
public final class ComparisonFolder implements AutoCloseable {
    private static final List<String> FILES =
            List.of(RunFile.COMPARISON, RunFile.METRICS, RunFile.RUNS, ChecksXml.FILE, Report.PAGE, Report.MARKDOWN);

    private final FolderClaim claim;
    private final boolean overwrite;
    private final boolean otherThreads;
    private final SortedMap<Integer, ComparedRun> runs = new TreeMap<>();

    private ImmutableList<PlannedRun> planned = ImmutableList.of();
    private boolean inPlace;
    private boolean made;
    private boolean references;

    private ComparisonFolder(FolderClaim claim, boolean overwrite, boolean otherThreads) {
        this.claim = claim;
        this.overwrite = overwrite;
        this.otherThreads = otherThreads;
    }

    /**
     * Makes sure that the folder can be written, and that nobody else is writing it.
     *
     * @param named where the files are to be
     * @param overwrite whether a comparison that is there already is replaced; else it goes on
     * @return the claim; close it
     * @throws InputException if the folder holds what no comparison wrote, cannot be written, or is being written
     */
    public static ComparisonFolder claim(Path named, boolean overwrite) {
        return claim(named, overwrite, false);
    }

    /**
     * The same, where somebody says what is done with a run's checkpoint of another number of threads.
     *
     * @param named where the files are to be
     * @param overwrite whether a comparison that is there already is replaced; else it goes on
     * @param otherThreads whether such a checkpoint is gone on from, with other bits
     * @return the claim; close it
     * @throws InputException if the folder holds what no comparison wrote, cannot be written, or is being written
     */
    public static ComparisonFolder claim(Path named, boolean overwrite, boolean otherThreads) {
        return new ComparisonFolder(
                FolderClaim.of(
                        named, true, new FolderClaim.Contents("comparison", ComparisonFolder::isOwn, folder -> true)),
                overwrite,
                otherThreads);
    }

    private static boolean isOwn(Path file) {
        if (ReportFiles.isOfReport(file)) {
            return true;
        }
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && (FILES.contains(file.getFileName().toString()) || isTemporary(file));
        }
        if (ComparisonCheckpoints.isFolder(file)) {
            return true;
        }
        try (Stream<Path> files = Files.list(file)) {
            List<Path> there = files.toList();
            return !there.isEmpty() && there.stream().allMatch(RunFolder::isRunFile);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Takes over what finished in an earlier comparison, unless that is to be replaced.
     *
     * @param all runs, in order
     * @param identity of the run at an index
     * @param listener told of runs that are not done again, and of those that failed before
     * @return the finished runs, by index
     * @throws InputException if the folder holds a run that is not planned, or one that was another
     */
    ImmutableMap<Integer, ComparedRun.Finished> resume(
            List<PlannedRun> all, IntFunction<RunIdentity> identity, ComparisonListener listener) {
        planned = ImmutableList.copyOf(all);
        EarlierRuns earlier = new EarlierRuns(claim.named());
        if (overwrite) {
            return ImmutableMap.of();
        }
        earlier.checkNoOthers(planned);
        ImmutableMap.Builder<Integer, ComparedRun.Finished> found = ImmutableMap.builder();
        for (int index = 0; index < planned.size(); index++) {
            if (earlier.finished().contains(planned.get(index).folder())) {
                found.put(index, earlier.read(planned.get(index), identity.apply(index)));
            }
        }
        ImmutableMap<Integer, ComparedRun.Finished> finished = found.buildOrThrow();
        finished.values().forEach(listener::runReused);
        earlier.failures().stream()
                .filter(failed -> planned.stream()
                        .anyMatch(run -> run.variant().equals(failed.variant()) && run.seed() == failed.seed()))
                .forEach(listener::runRepeated);
        if (!finished.isEmpty()) {
            inPlace = true;
            finished.keySet()
                    .forEach(index ->
                            references |= asksForReferences(planned.get(index).plan()));
            runs.putAll(finished);
            finished.keySet()
                    .forEach(index -> checkpoints().delete(planned.get(index).folder()));
            writeFigures();
        }
        return finished;
    }

    private static boolean asksForReferences(Plan plan) {
        return plan instanceof RunPlan tasks && !tasks.report().references().isEmpty();
    }

    /**
     * Makes sure that checkpoints of runs that did not end are of the runs that are to go on.
     *
     * @throws InputException if not
     */
    void checkCheckpoints(IntFunction<RunIdentity> identity) {
        for (int index = 0; index < planned.size(); index++) {
            PlannedRun run = planned.get(index);
            if (!overwrite
                    && !runs.containsKey(index)
                    && Files.isDirectory(place(index).folder())) {
                new StoredCheckpoints(
                                place(index),
                                identity.apply(index),
                                Integer.toString(run.plan().stepThreads()))
                        .check();
                if (run.plan().checkpointEvery().isEmpty()) {
                    place(index).clear();
                }
            }
        }
    }

    private CheckpointFolder place(int index) {
        return new CheckpointFolder(checkpoints().of(planned.get(index).folder()), false, otherThreads);
    }

    private ComparisonCheckpoints checkpoints() {
        return new ComparisonCheckpoints(claim.named());
    }

    /**
     * {@return where the run at an index keeps checkpoints; nowhere as long as another comparison stands in this one's place, which
     * is gone only when a run has ended}
     */
    synchronized Optional<CheckpointFolder> checkpoints(int index) {
        if (!inPlace && overwrite && claim.isTaken()) {
            return Optional.empty();
        }
        makePlace();
        return Optional.of(place(index));
    }

    /** Writes the files of a run that went to its end, and all figures anew; its index says where it stands there. */
    void add(int index, ComparedRun.Finished run, ComparedWork.Ended ended) {
        Path files = claim.room(planned.get(index).folder());
        ended.files().accept(files);
        makePlace();
        claim.putInside(files);
        checkpoints().delete(planned.get(index).folder());
        references |= asksForReferences(planned.get(index).plan());
        addFigures(index, run);
    }

    /**
     * Writes the report over all runs, if any went to its end.
     *
     * @return what a user must know of it: why there is none, where variants learned different tasks, or what it leaves out
     */
    ImmutableList<String> report() {
        try {
            if (runs.values().stream().anyMatch(ComparedRun.Finished.class::isInstance)) {
                return ReportFiles.write(claim.named());
            }
            return ImmutableList.of();
        } catch (MatrixFormatException different) {
            return ImmutableList.of("there is no report over all variants: " + different.getMessage());
        }
    }

    /** Writes all figures anew, with a line for a run that has none. */
    void add(int index, ComparedRun.Failed run) {
        makePlace();
        checkpoints().delete(PlannedRun.folder(run.variant(), run.seed()));
        addFigures(index, run);
    }

    private synchronized void makePlace() {
        if (!inPlace) {
            // what is there else is of this comparison, which goes on
            if (overwrite || !claim.isTaken()) {
                made = !Files.isDirectory(claim.named());
                claim.put(claim.room("comparison"));
            }
            inPlace = true;
        }
    }

    private void addFigures(int index, ComparedRun run) {
        runs.put(index, run);
        writeFigures();
    }

    private void writeFigures() {
        RunFiles.writeText(claim.named().resolve(RunFile.RUNS), out -> RunStatus.write(statuses(), out));
        RunFiles.writeText(figures(), out -> ComparisonCsv.write(lines(), references, out));
        RunFiles.writeText(
                metrics(),
                out -> MetricsCsv.writeComparison(
                        ComparedRun.metrics(ComparedRun.heldAgainstJoint(runs.values())), out));
    }

    private ImmutableList<ComparisonCsv.Line> lines() {
        return runs.values().stream()
                .map(run -> new ComparisonCsv.Line(
                        new ComparisonCsv.Run(run.variant(), run.seed()),
                        run instanceof ComparedRun.Finished finished
                                ? Optional.of(finished.metrics())
                                : Optional.empty()))
                .collect(toImmutableList());
    }

    private ImmutableList<RunStatus> statuses() {
        ImmutableList.Builder<RunStatus> statuses = ImmutableList.builder();
        for (int index = 0; index < planned.size(); index++) {
            PlannedRun run = planned.get(index);
            ComparedRun end = runs.get(index);
            RunStatus.State state = end == null
                    ? RunStatus.State.WAITING
                    : end instanceof ComparedRun.Failed ? RunStatus.State.FAILED : RunStatus.State.DONE;
            String reason = end instanceof ComparedRun.Failed failed ? failed.reason() : "";
            statuses.add(new RunStatus(run.variant(), run.seed(), state, reason));
        }
        return statuses.build();
    }

    /** {@return what came of the runs so far, in their order} */
    public ImmutableList<ComparedRun> runs() {
        return ComparedRun.heldAgainstJoint(runs.values());
    }

    /**
     * Writes what came of checks; what came of those of an earlier comparison is gone.
     *
     * @param name of the comparison
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

    /** {@return the files beside the runs' folders, as far as they are there, in the folder as it was named} */
    public List<Path> files() {
        return FILES.stream().map(claim.named()::resolve).filter(Files::exists).toList();
    }

    /** {@return the folder, as it was named} */
    public Path folder() {
        return claim.named();
    }

    /** {@return the file with what came of checks, in the folder as it was named; there if there were any} */
    public Path checks() {
        return claim.named().resolve(ChecksXml.FILE);
    }

    /** {@return the file with a line of figures per run, in the folder as it was named} */
    public Path figures() {
        return claim.named().resolve(RunFile.COMPARISON);
    }

    /**
     * {@return the file with all metrics of all runs, and of each variant their means with 95 % confidence intervals,
     * in the folder as it was named}
     */
    public Path metrics() {
        return claim.named().resolve(RunFile.METRICS);
    }

    /** {@return whether a run can go on from a checkpoint} */
    public boolean hasCheckpoints() {
        return checkpoints().areThere();
    }

    /** Leaves what was added; nothing, if nothing was. */
    @Override
    public void close() {
        checkpoints().sweep();
        if (made) {
            // where nothing came of it
            claim.named().toFile().delete();
        }
        claim.close();
    }
}
