package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ContinualCsv;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.ReferencesCsv;
import sluice.evaluation.RunChecksums;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.regression.ErrorCsv;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.regression.RegressionReport;
import sluice.evaluation.report.Report;
import sluice.evaluation.run.BudgetPoint;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.GateShare;
import sluice.evaluation.run.HardExample;
import sluice.evaluation.run.LearningPoint;
import sluice.evaluation.run.LedgerCsv;
import sluice.evaluation.run.PredictionsCsv;
import sluice.evaluation.run.RunCsv;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.RunRecord;
import sluice.evaluation.run.StoppedExample;
import sluice.evaluation.run.TaskOverlap;
import sluice.evaluation.run.TuningTrial;
import sluice.framework.internal.file.WholeFile;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.PriorDiscriminant;
import sluice.framework.strategy.TaughtLearner;
import sluice.tasks.InputException;
import sluice.tasks.TaskSequence;

/** The files of a run: accuracy matrix, metrics, accuracies of references, provenance and the model. */
final class RunFiles {
    static final String MODEL = "model.sluice";
    static final String SUMS = PriorDiscriminant.SUMS;
    static final String LEARNER = TaughtLearner.FILE;
    static final ImmutableList<String> NAMES = ImmutableList.of(
            RunFile.MATRIX,
            RunFile.ERRORS,
            RunFile.METRICS,
            RunFile.REFERENCES,
            RunFile.CURVES,
            RunFile.CONTINUAL,
            RunFile.CONFUSION,
            RunFile.PREDICTIONS,
            RunFile.HARDEST,
            RunFile.LEDGER,
            RunFile.OVERLAP,
            RunFile.GATES,
            RunFile.BUDGETS,
            RunFile.GATE_CLASSES,
            RunFile.STOPPED,
            RunFile.TUNING,
            RunFile.RECORD,
            MODEL,
            SUMS,
            LEARNER,
            RunChecksums.FILE,
            Report.PAGE,
            Report.MARKDOWN);

    private RunFiles() {}

    /** Writes all that there are: a run has no references unless it is to be held against some, and not every model is kept. */
    static void write(Outcome outcome, Path folder) {
        TrainingResult result = outcome.training();
        writeMatrices(result.matrix(), result.errors(), folder);
        writeText(folder.resolve(RunFile.METRICS), out -> MetricsCsv.write(List.of(outcome.metrics()), out));
        if (!outcome.references().isEmpty()) {
            writeText(
                    folder.resolve(RunFile.REFERENCES), out -> ReferencesCsv.write(List.of(outcome.references()), out));
        }
        WholeFile.write(folder.resolve(RunFile.RECORD), out -> out.write(RunJson.bytes(RunRecords.of(outcome))));
        writeTrace(outcome, folder);
        result.subnetworks().ifPresent(subnetworks -> {
            write(GateLayer.FILE, result.matrix(), TaskLedger.gates(result), folder);
            writeText(folder.resolve(RunFile.LEDGER), out -> LedgerCsv.write(TaskLedger.records(result.tasks()), out));
            write(
                    TaskOverlap.FILE,
                    result.matrix(),
                    TaskLedger.overlaps(result.matrix().tasks(), subnetworks),
                    folder);
        });
        if (!result.budgets().isEmpty()) {
            writeText(folder.resolve(RunFile.BUDGETS), out -> BudgetPoint.FILE.write(result.budgets(), out));
        }
        if (!result.gateShares().isEmpty()) {
            writeText(folder.resolve(RunFile.GATE_CLASSES), out -> GateShare.FILE.write(result.gateShares(), out));
        }
        if (!result.stopped().isEmpty()) {
            writeText(folder.resolve(RunFile.STOPPED), out -> StoppedExample.FILE.write(result.stopped(), out));
        }
        if (!outcome.tuning().isEmpty()) {
            writeText(folder.resolve(RunFile.TUNING), out -> TuningTrial.FILE.write(outcome.tuning(), out));
        }
        result.saveModel(folder.resolve(MODEL));
        result.saveSums(folder.resolve(SUMS));
        result.saveLearner(folder.resolve(LEARNER));
        writeChecksums(folder);
    }

    /** Writes what there is of a run that was stopped and has no model to keep. */
    static void write(LearnedRows rows, RunPlan plan, Path folder) {
        AccuracyMatrix learned = rows.accuracies();
        writeMatrices(learned, rows.errors(), folder);
        RunMetrics metrics = rows.errors()
                .map(errors -> RegressionReport.of(errors).metrics())
                .orElseGet(() ->
                        RunMetrics.of(ForgettingReport.of(learned, plan.report().forgetting())));
        writeText(folder.resolve(RunFile.METRICS), out -> MetricsCsv.write(List.of(metrics), out));
        WholeFile.write(
                folder.resolve(RunFile.RECORD), out -> out.write(RunJson.bytes(RunRecords.stopped(learned, plan))));
        writeChecksums(folder);
    }

    /** Those of accuracies, and of errors where numbers are predicted. */
    static void writeMatrices(AccuracyMatrix accuracies, Optional<RegressionMatrix> errors, Path folder) {
        writeText(folder.resolve(RunFile.MATRIX), out -> AccuracyCsv.write(List.of(accuracies), out));
        errors.ifPresent(
                matrix -> writeText(folder.resolve(RunFile.ERRORS), out -> ErrorCsv.write(List.of(matrix), out)));
    }

    /** Whether a folder holds a run that was stopped before its end, which its next attempt may replace. */
    static boolean isInterrupted(Path folder) {
        Path file = folder.resolve(RunFile.RECORD);
        try {
            return Files.isRegularFile(file) && record(file).interrupted();
        } catch (IOException | MatrixFormatException unreadable) {
            return false;
        }
    }

    /**
     * @param file run.json of a run
     * @throws IOException if it cannot be read
     * @throws MatrixFormatException if it is no such record
     */
    static RunRecord record(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file)) {
            return RunJson.read(in, file.toString())
                    .map(RunJson::record)
                    .orElseThrow(() -> new IOException("it is empty"));
        }
    }

    static void writeChecksums(Path folder) {
        try {
            RunChecksums.write(folder);
        } catch (IOException failed) {
            throw new InputException(
                    "cannot write checksums to %s (%s): choose a folder that is there and writable, with room left"
                            .formatted(folder, failed.getMessage()),
                    failed);
        }
    }

    /** How tasks were learned where a loss was descended, what was taken for what, and pictures where data are images. */
    private static void writeTrace(Outcome outcome, Path folder) {
        RunTrace trace = outcome.trace();
        AccuracyMatrix matrix = outcome.training().matrix();
        TaskSequence sequence = outcome.sequence();
        if (!trace.curve().isEmpty()) {
            write(LearningPoint.FILE, matrix, trace.curve(), folder);
        }
        ContinualEvaluation continual = RunFigures.continual(outcome);
        if (!continual.points().isEmpty()) {
            writeText(folder.resolve(RunFile.CONTINUAL), out -> ContinualCsv.write(continual, out));
        }
        if (!trace.answers().isEmpty()) {
            write(ConfusionCount.FILE, matrix, AnswerTables.confusion(trace.answers(), sequence::className), folder);
        }
        if (outcome.plan().report().predictions() && !trace.answers().isEmpty()) {
            List<PredictionsCsv.Predicted> all = KeptPredictions.of(trace, sequence);
            WholeFile.write(folder.resolve(RunFile.PREDICTIONS), out -> PredictionsCsv.write(all, out));
        }
        if (!trace.answers().isEmpty() && AnswerTables.image(sequence.shape()).isPresent()) {
            write(
                    HardExample.FILE,
                    matrix,
                    AnswerTables.hardest(trace.answers(), sequence::className, sequence.shape()),
                    folder);
        }
    }

    private static <T> void write(RunCsv<T> file, AccuracyMatrix matrix, List<T> values, Path folder) {
        writeText(folder.resolve(file.name()), out -> file.write(matrix, values, out));
    }

    /** What a text file holds. */
    interface Text {
        void writeTo(Writer out) throws IOException;
    }

    /** Writes a file of UTF-8, whole or not at all. */
    static void writeText(Path file, Text text) {
        WholeFile.write(file, out -> writeUtf8(out, text));
    }

    private static void writeUtf8(OutputStream out, Text text) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.writeTo(writer);
        writer.flush();
    }
}
