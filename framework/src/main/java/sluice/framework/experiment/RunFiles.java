package sluice.framework.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ContinualCsv;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MetricValue;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.ReferencesCsv;
import sluice.evaluation.RunChecksums;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.report.Report;
import sluice.framework.account.LayerAccount;
import sluice.framework.internal.file.WholeFile;
import sluice.framework.result.Hardening;
import sluice.framework.result.TrainingResult;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

/** The files of a run: accuracy matrix, metrics, accuracies of references, provenance and the model. */
final class RunFiles {
    static final String RUN = "run.json";
    static final String MATRIX = "accuracy-matrix.csv";
    static final String METRICS = "metrics.csv";
    private static final String REFERENCES = "references.csv";
    private static final String LEDGER = "ledger.csv";
    private static final String OVERLAP = "overlap.csv";
    private static final String CURVES = "learning-curves.csv";
    static final String CONTINUAL = "continual-evaluation.csv";
    private static final String CONFUSION = "confusion.csv";
    private static final String HARDEST = "hardest.csv";
    private static final String GATES = "gates.csv";
    private static final String INTERRUPTED = "interrupted";
    static final String MODEL = "model.sluice";
    static final ImmutableList<String> NAMES = ImmutableList.of(
            MATRIX,
            METRICS,
            REFERENCES,
            CURVES,
            CONTINUAL,
            CONFUSION,
            HARDEST,
            LEDGER,
            OVERLAP,
            GATES,
            RUN,
            MODEL,
            RunChecksums.FILE,
            Report.PAGE,
            Report.MARKDOWN);
    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .registerModule(new Jdk8Module());

    private RunFiles() {}

    /** Writes all that there are: a run has no references unless its script asks for them, and not every model is kept. */
    static void write(Experiment.Outcome outcome, Path folder) {
        TrainingResult result = outcome.training();
        writeText(folder.resolve(MATRIX), out -> AccuracyCsv.write(List.of(result.matrix()), out));
        writeText(folder.resolve(METRICS), out -> MetricsCsv.write(List.of(metrics(outcome)), out));
        if (!outcome.references().isEmpty()) {
            writeText(folder.resolve(REFERENCES), out -> ReferencesCsv.write(List.of(outcome.references()), out));
        }
        WholeFile.write(folder.resolve(RUN), out -> out.write(JSON.writeValueAsBytes(RunRecord.of(outcome))));
        TraceCsv.Run run =
                new TraceCsv.Run(result.matrix().strategy(), result.matrix().seed());
        writeTrace(run, outcome, folder);
        result.subnetworks().ifPresent(subnetworks -> {
            writeText(folder.resolve(GATES), out -> LedgerCsv.writeGates(run, result.tasks(), subnetworks, out));
            writeText(folder.resolve(LEDGER), out -> LedgerCsv.write(result.tasks(), out));
            writeText(folder.resolve(OVERLAP), out -> LedgerCsv.writeOverlaps(subnetworks, out));
        });
        result.saveModel(folder.resolve(MODEL));
        writeChecksums(folder);
    }

    /** Writes what there is of a run that was stopped and has no model to keep. */
    static void write(AccuracyMatrix learned, Experiment experiment, Path folder) {
        ForgettingReport report = ForgettingReport.of(learned, experiment.forgetting());
        writeText(folder.resolve(MATRIX), out -> AccuracyCsv.write(List.of(learned), out));
        writeText(folder.resolve(METRICS), out -> MetricsCsv.write(List.of(RunMetrics.of(report)), out));
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("name", experiment.script().name());
        record.put("strategy", learned.strategy());
        record.put("seed", learned.seed());
        record.put(INTERRUPTED, true);
        record.put("settings", IdleKeys.used(experiment.script()));
        WholeFile.write(folder.resolve(RUN), out -> out.write(JSON.writeValueAsBytes(record)));
        writeChecksums(folder);
    }

    /** Whether a folder holds a run that was stopped before its end, which its next attempt may replace. */
    static boolean isInterrupted(Path folder) {
        try {
            return Files.isRegularFile(folder.resolve(RUN))
                    && JSON.readTree(folder.resolve(RUN).toFile())
                            .path(INTERRUPTED)
                            .asBoolean();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static void writeChecksums(Path folder) {
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
    private static void writeTrace(TraceCsv.Run run, Experiment.Outcome outcome, Path folder) {
        RunTrace trace = outcome.trace();
        Shape shape = outcome.sequence().shape();
        if (!trace.curve().isEmpty()) {
            writeText(folder.resolve(CURVES), out -> TraceCsv.writeCurves(run, trace.curve(), out));
        }
        ContinualEvaluation continual = continual(outcome);
        if (!continual.points().isEmpty()) {
            writeText(folder.resolve(CONTINUAL), out -> ContinualCsv.write(continual, out));
        }
        if (!trace.answers().isEmpty()) {
            writeText(
                    folder.resolve(CONFUSION),
                    out -> TraceCsv.writeConfusion(run, trace.answers(), outcome.sequence()::className, out));
        }
        if (!trace.answers().isEmpty() && TraceCsv.image(shape).isPresent()) {
            writeText(
                    folder.resolve(HARDEST),
                    out -> TraceCsv.writeHardest(run, trace.answers(), outcome.sequence()::className, shape, out));
        }
    }

    private static ContinualEvaluation continual(Experiment.Outcome outcome) {
        AccuracyMatrix matrix = outcome.training().matrix();
        return new ContinualEvaluation(
                matrix.strategy(),
                matrix.seed(),
                matrix.tasks(),
                outcome.trace().points());
    }

    /** A value as one line of JSON. */
    static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The metrics of the report, and what the training cost. */
    static RunMetrics metrics(Experiment.Outcome outcome) {
        TrainingResult result = outcome.training();
        RunMetrics metrics = RunMetrics.of(outcome.report())
                .with(continual(outcome))
                .with(
                        "recency_bias",
                        RecencyBias.of(
                                outcome.sequence().scenario(), outcome.trace().answers()))
                .withAll(outcome.trace().representationMetrics())
                .with("train_seconds", result.trainSeconds())
                .with("ms_per_step", result.millisecondsPerStep())
                .with("eval_seconds", result.evaluationSeconds())
                .with("eval_share", result.evaluationShare())
                .with("macs", (double) result.multiplyAdds())
                .with("macs_dense", (double) result.denseMultiplyAdds())
                .with("macs_per_step", (double) result.multiplyAdds() / result.steps())
                .with("macs_dense_per_step", (double) result.denseMultiplyAdds() / result.steps());
        OptionalDouble hardening = result.tasks().stream()
                .flatMap(task -> task.hardening().stream())
                .mapToDouble(Hardening::cost)
                .average();
        metrics = metrics.with(
                "hardening_cost",
                hardening.isPresent()
                        ? MetricValue.of(hardening.getAsDouble())
                        : MetricValue.undefined("gates were binary all along"));
        for (LayerAccount layer : result.account()) {
            metrics = metrics.with("macs_forward_" + layer.layer(), (double)
                            layer.done().forward())
                    .with("macs_backward_" + layer.layer(), (double)
                            layer.done().backward())
                    .with("macs_dense_forward_" + layer.layer(), (double)
                            layer.dense().forward())
                    .with("macs_dense_backward_" + layer.layer(), (double)
                            layer.dense().backward());
        }
        return metrics.withAll(result.figures());
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
