package sluice.framework.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import sluice.framework.experiment.ComparedRun;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.ComparisonFolder;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.RunStoppedException;
import sluice.framework.internal.kernel.NativeLibraryException;
import sluice.tasks.InputException;

/**
 * Runs of a comparison from the command line.
 *
 * @param overwrite whether a comparison that is there already is replaced
 * @param otherThreads whether checkpoints of another number of threads are gone on from
 * @param extras what is written beside
 * @param output who tells of it
 */
record ComparisonRun(
        Terminal terminal,
        DataOption data,
        boolean overwrite,
        boolean otherThreads,
        ReportExtras extras,
        Supplier<ComparisonOutput> output) {
    /** Says what it would take; trains nothing. */
    int forecast(Comparison comparison) {
        try (ComparisonProgress progress = new ComparisonProgress(terminal)) {
            progress.started(comparison);
        }
        new DryRun(terminal).print(comparison, comparison.forecast(data.place(terminal)));
        return 0;
    }

    /**
     * What came of it.
     *
     * @param code exit code
     * @param runs in order, as far as they went
     */
    record Compared(int code, List<ComparedRun> runs) {}

    /** Runs it, and fills its folder. */
    Compared run(Comparison comparison, Path target, Checks checks, Interruption interruption) {
        try (ComparisonFolder folder = ComparisonFolder.claim(target, overwrite, otherThreads);
                ComparisonOutput told = output.get()) {
            told.started(comparison);
            try {
                List<ComparedRun> runs = comparison.run(data.place(terminal), folder, told, interruption::requested);
                List<MetricCheck.Result> checked = checks.of(ComparedRun.byVariant(runs));
                folder.write(comparison.name(), checked);
                List<Path> files = new ArrayList<>(folder.files());
                files.addAll(extras.write(folder.folder()));
                told.finished(runs, checked, files);
                boolean complete = reportFailures(runs);
                int code = Checks.report(checked, terminal.err());
                return new Compared(complete ? code : Mistakes.USER_MISTAKE, runs);
            } catch (RunStoppedException stopped) {
                told.interrupted(folder.runs(), folder.files(), folder.hasCheckpoints());
                reportFailures(folder.runs());
                return new Compared(Interruption.STOPPED, folder.runs());
            } catch (InputException | NativeLibraryException failed) {
                told.failed(failed.getMessage());
                throw failed;
            }
        }
    }

    /** Says why runs failed; whether none did. */
    private boolean reportFailures(List<ComparedRun> runs) {
        boolean none = true;
        for (ComparedRun run : runs) {
            if (run instanceof ComparedRun.Failed failed) {
                none = false;
                terminal.err()
                        .println("sluice: %s seed %d failed: %s"
                                .formatted(failed.variant(), failed.seed(), failed.reason()));
            }
        }
        return none;
    }
}
