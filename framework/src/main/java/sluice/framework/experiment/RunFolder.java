package sluice.framework.experiment;

import static sluice.evaluation.WholeFile.isTemporary;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.evaluation.report.Report;
import sluice.evaluation.run.RunFile;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;

/**
 * The folder that a run's files go to. It is claimed, by a lock, before any work is done, filled in a workshop folder
 * beside its place, and moved there when everything is written: it appears whole or not at all. A run that it replaces
 * is gone only when the new one is in place.
 */
public final class RunFolder implements AutoCloseable {
    private static final ImmutableList<String> FILES = ImmutableList.<String>builder()
            .addAll(RunFiles.NAMES)
            .addAll(GeneratorFiles.NAMES)
            .addAll(StoredCheckpoints.NAMES)
            .add(RunFile.EVALUATION)
            .add(ChecksXml.FILE)
            .build();

    private final FolderClaim claim;
    private final boolean overwrite;
    private ImmutableList<String> remarks = ImmutableList.of();

    private RunFolder(FolderClaim claim, boolean overwrite) {
        this.claim = claim;
        this.overwrite = overwrite;
    }

    private static boolean isUnfinished(Path folder) {
        return RunFiles.isInterrupted(folder) || StoredCheckpoints.areAll(folder);
    }

    /**
     * {@return where the run keeps checkpoints until it has ended}
     *
     * @param otherThreads whether one of another number of threads is gone on from, with other bits
     */
    public CheckpointFolder checkpoints(boolean otherThreads) {
        return new CheckpointFolder(claim.named(), overwrite, otherThreads);
    }

    /**
     * Makes sure that the folder can be written, and that no other run is writing it.
     *
     * @param named where the files are to be
     * @param overwrite whether a run that is there already may be replaced
     * @return the claim; close it
     * @throws InputException if the folder is there and may not be replaced, cannot be written, or is being written
     */
    public static RunFolder claim(Path named, boolean overwrite) {
        return new RunFolder(
                FolderClaim.of(
                        named,
                        overwrite,
                        new FolderClaim.Contents("run", RunFolder::isRunFile, RunFolder::isUnfinished)),
                overwrite);
    }

    static boolean isRunFile(Path file) {
        return (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && (FILES.contains(file.getFileName().toString()) || isTemporary(file)))
                || ReportFiles.isOfReport(file);
    }

    /**
     * Writes the files of a run and moves the folder into place.
     *
     * @param outcome what came of the run
     * @return the files, in the folder as it was named
     * @throws InputException if they cannot be written or moved; if they were written, the message says where they are
     */
    public List<Path> fill(Outcome outcome) {
        return fill(outcome, List.of(), (report, beside) -> List.of());
    }

    /** What is written beside a report. */
    @FunctionalInterface
    public interface Extras {
        /**
         * {@return the files, in that folder}
         *
         * @param report over the run
         * @param folder of the report
         * @throws IOException if they cannot be written
         */
        List<Path> write(Report report, Path folder) throws IOException;
    }

    /**
     * Writes the files of a run, what came of its checks and its report, and moves the folder into place.
     *
     * @param outcome what came of the run
     * @param checks what came of conditions on it, written to {@code checks.xml} if there are any
     * @param extras more to be written beside the report
     * @return the files, in the folder as it was named
     * @throws InputException if they cannot be written or moved; if they were written, the message says where they are
     */
    public List<Path> fill(Outcome outcome, List<MetricCheck.Result> checks, Extras extras) {
        Path room = claim.room("run");
        RunFiles.write(outcome, room);
        write(outcome.plan().name(), checks, room);
        return put(room, extras);
    }

    /**
     * Writes the files of a run that trained a network that generates, what came of its checks and its report, and moves the
     * folder into place.
     *
     * @param outcome what came of the run
     * @param checks what came of conditions on it, written to {@code checks.xml} if there are any
     * @param extras more to be written beside the report
     * @return the files, in the folder as it was named
     * @throws InputException if they cannot be written or moved; if they were written, the message says where they are
     */
    public List<Path> fill(GeneratorOutcome outcome, List<MetricCheck.Result> checks, Extras extras) {
        Path room = claim.room("run");
        GeneratorFiles.write(outcome, room);
        write(outcome.plan().name(), checks, room);
        return put(room, extras);
    }

    /**
     * Writes the files of a model's evaluation, what came of its checks and its report, and moves the folder into place.
     *
     * @param evaluation of a model
     * @param checks what came of conditions on it, written to {@code checks.xml} if there are any
     * @param extras more to be written beside the report
     * @return the files, in the folder as it was named
     * @throws InputException if they cannot be written or moved; if they were written, the message says where they are
     */
    public List<Path> fill(ModelEvaluation evaluation, List<MetricCheck.Result> checks, Extras extras) {
        Path room = claim.room("evaluation");
        EvaluationFiles.write(evaluation, room);
        write(evaluation.script(), checks, room);
        return put(room, extras);
    }

    private static void write(String name, List<MetricCheck.Result> checks, Path room) {
        if (!checks.isEmpty()) {
            WholeFile.write(room.resolve(ChecksXml.FILE), out -> ChecksXml.write(name, checks, out));
        }
    }

    private List<Path> files() {
        return FILES.stream().map(claim.named()::resolve).filter(Files::exists).toList();
    }

    /**
     * Writes what a run that was stopped had learned, with model and report where there are, unless an earlier run that went to
     * its end is in the place, which is worth more. The next run replaces it without being asked to.
     *
     * @param plan what was stopped
     * @param stopped what there is
     * @return the files, in the folder as it was named; none if nothing was learned or written
     * @throws InputException if they cannot be written or moved
     */
    public List<Path> keep(RunPlan plan, RunStoppedException stopped) {
        Optional<LearnedRows> rows = stopped.measured().flatMap(LearnedRows::learned);
        if (rows.isEmpty() || (claim.isTaken() && !isUnfinished(claim.named()))) {
            return checkpointFiles();
        }
        Path room = claim.room("run");
        for (Path checkpoint : checkpointFiles()) {
            copy(checkpoint, room);
        }
        stopped.learned()
                .ifPresentOrElse(
                        outcome -> RunFiles.write(outcome, room), () -> RunFiles.write(rows.get(), plan, room));
        return put(room, (report, beside) -> List.of());
    }

    /** {@return whether a run that was stopped can be gone on with, by the same command} */
    public boolean hasCheckpoint() {
        return !checkpointFiles().isEmpty();
    }

    private List<Path> checkpointFiles() {
        return StoredCheckpoints.NAMES.stream()
                .map(claim.named()::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    private void copy(Path file, Path room) {
        try {
            Files.copy(file, room.resolve(file.getFileName()));
        } catch (IOException failed) {
            throw ReportFiles.unwritten(claim.named(), failed);
        }
    }

    /** With its report: a folder that is in place is complete, whenever the process is killed. */
    private List<Path> put(Path room, Extras extras) {
        ImmutableList.Builder<String> cuts = ImmutableList.builder();
        List<Path> more;
        try {
            Report report = Report.onItsWay(room, claim.named());
            report.writeTo(room, cuts::add);
            more = extras.write(report, room);
        } catch (IOException e) {
            throw ReportFiles.unwritten(claim.named(), e);
        } finally {
            // results are worth more than their report
            claim.put(room);
        }
        remarks = cuts.build();
        Path named = claim.named();
        return Stream.concat(files().stream(), more.stream().map(file -> named.resolve(room.relativize(file))))
                .toList();
    }

    /** {@return what a user must know of the files written, a line each, such as what the report leaves out} */
    public ImmutableList<String> remarks() {
        return remarks;
    }

    /** {@return the folder, as it was named} */
    public Path folder() {
        return claim.named();
    }

    /** Leaves nothing behind if the folder was not filled. */
    @Override
    public void close() {
        claim.close();
    }
}
