package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ContinualCsv;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricValue;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunChecksums;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.regression.ErrorCsv;
import sluice.evaluation.regression.RegressionReport;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunStatus;
import sluice.tasks.InputException;

/**
 * The runs that a comparison's folder holds from before. A run's folder is there whole or not at all, so that one that is
 * there has finished.
 *
 * @param folder as it was named; need not exist
 */
record EarlierRuns(Path folder) {
    private static final String REMEDY =
            "add --overwrite to run the whole comparison anew, or remove that folder to run it alone, or name another"
                    + " folder with --out";

    /** Names of the folders of finished runs. */
    ImmutableList<String> finished() {
        if (!Files.isDirectory(folder)) {
            return ImmutableList.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isDirectory(file)
                            && !ReportFiles.isOfReport(file)
                            && !ComparisonCheckpoints.isFolder(file))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException unreadable) {
            throw unreadable(folder, unreadable);
        }
    }

    /** Refuses a folder that holds a run which is not among these. */
    void checkNoOthers(List<PlannedRun> runs) {
        Set<String> own = runs.stream().map(PlannedRun::folder).collect(Collectors.toSet());
        finished().stream().filter(name -> !own.contains(name)).findFirst().ifPresent(other -> {
            throw new InputException(
                    "output folder %s holds a comparison with run %s, which is not in this one: add --overwrite to replace it, or name another with --out"
                            .formatted(folder, other));
        });
    }

    /** Runs that failed; none where nothing is known of any. */
    ImmutableList<ComparedRun.Failed> failures() {
        Path file = folder.resolve(RunFile.RUNS);
        if (!Files.exists(file)) {
            return ImmutableList.of();
        }
        try (Reader in = Files.newBufferedReader(file)) {
            return RunStatus.read(in, file.toString()).stream()
                    .filter(run -> run.state() == RunStatus.State.FAILED)
                    .map(run -> new ComparedRun.Failed(run.variant(), run.seed(), run.reason()))
                    .collect(toImmutableList());
        } catch (IOException | MatrixFormatException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    /**
     * A finished run's figures.
     *
     * @throws InputException if it was another run, or cannot be read
     */
    ComparedRun.Finished read(PlannedRun run, RunIdentity identity) {
        Path files = folder.resolve(run.folder());
        try {
            RunChecksums.check(files);
            String difference = identity.differenceFrom(RunIdentity.read(files.resolve(RunFile.RECORD)));
            if (!difference.isEmpty()) {
                throw new InputException("%s holds a run with %s: %s".formatted(files, difference, REMEDY));
            }
            return ComparedRun.Finished.of(run, metrics(files));
        } catch (IOException | MatrixFormatException unreadable) {
            throw unreadable(files, unreadable);
        }
    }

    /** The figures of the one run that a folder holds. */
    static RunMetrics metrics(Path files) throws IOException {
        RunChecksums.check(files);
        RunMetrics metrics = only(files.resolve(RunFile.METRICS), MetricsCsv::read);
        if (ComparedRun.Finished.isOfGenerator(metrics)) {
            return metrics.value(GeneratorMetric.KL) instanceof MetricValue.Undefined
                    ? metrics.replacing(GeneratorMetric.KL.key(), GeneratorOutcome.NO_PRIOR)
                    : metrics;
        }
        Path errors = files.resolve(RunFile.ERRORS);
        if (Files.isRegularFile(errors)) {
            return metrics.explainedBy(
                    RegressionReport.of(only(errors, ErrorCsv::read)).metrics());
        }
        AccuracyMatrix matrix = only(files.resolve(RunFile.MATRIX), AccuracyCsv::read);
        return metrics.withPresentForgetting(matrix)
                .explainedBy(matrix, continual(files.resolve(RunFile.CONTINUAL), matrix));
    }

    private static ContinualEvaluation continual(Path file, AccuracyMatrix matrix) throws IOException {
        if (!Files.exists(file)) {
            return ContinualEvaluation.none(matrix.strategy(), matrix.seed(), matrix.tasks());
        }
        try (Reader in = Files.newBufferedReader(file)) {
            return ContinualCsv.of(ContinualCsv.lines(in, file.toString()), matrix);
        }
    }

    private interface Parser<T> {
        List<T> read(Reader in, String source) throws IOException;
    }

    private static <T> T only(Path file, Parser<T> parser) throws IOException {
        try (Reader in = Files.newBufferedReader(file)) {
            List<T> runs = parser.read(in, file.toString());
            if (runs.size() != 1) {
                throw new IOException("%s holds %d runs instead of one".formatted(file, runs.size()));
            }
            return runs.get(0);
        }
    }

    private static InputException unreadable(Path file, Exception problem) {
        return new InputException(
                "cannot read %s of an earlier comparison (%s): %s".formatted(file, problem.getMessage(), REMEDY),
                problem);
    }
}
