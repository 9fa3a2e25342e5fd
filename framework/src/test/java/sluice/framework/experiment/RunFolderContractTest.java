package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Maps;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ContinualCsv;
import sluice.evaluation.MetricValue;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.ReferencesCsv;
import sluice.evaluation.report.Report;
import sluice.evaluation.report.ReportData;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.HardExample;
import sluice.evaluation.run.LearningPoint;
import sluice.evaluation.run.RunCsv;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.RunRecord;
import sluice.evaluation.run.TaskOverlap;
import sluice.framework.ContinualResult;
import sluice.framework.result.TrainingListener;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;

/** What a run writes to its folder is what the readers find there, field by field. */
class RunFolderContractTest {
    private static final String SCRIPT = """
            name: contract
            data: {set: digits, train_size: 120, test_size: 60}
            split: {groups: [[0, 1], [7, 3], [4, 5]]}
            network: {hidden: [20, 12]}
            gates: {budget: 0.5}
            training: {epochs: 2, batch_size: 20}
            threads: 1
            report: {references: [joint, independent], continual: {every: 3, examples: 10}}
            """;

    @TempDir
    private Path folder;

    private Outcome outcome;
    private AccuracyMatrix matrix;
    private Path run;

    @BeforeEach
    void writeRun() throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), SCRIPT);
        References references = References.in(folder.resolve("cache"), "code");
        outcome = Experiment.of(ScriptPlan.of((TaskSequenceScript) ScriptReader.read(script, List.of())), references)
                .run(new DataPlace.Given(folder, "--data"), TrainingListener.SILENT);
        matrix = outcome.training().matrix();
        run = Files.createDirectory(folder.resolve("run"));
        RunFiles.write(outcome, run);
    }

    /** A reader of a whole file. */
    private interface Parser<T> {
        T read(Reader in, String source) throws IOException;
    }

    private <T> T read(String file, Parser<T> parser) throws IOException {
        try (Reader in = Files.newBufferedReader(run.resolve(file))) {
            return parser.read(in, file);
        }
    }

    private <T> List<T> read(RunCsv<T> file) throws IOException {
        return file.of(read(file.name(), file::lines), matrix);
    }

    @Test
    void tablesAreReadAsTheyWereWritten() throws IOException {
        ContinualResult gated = (ContinualResult) outcome.training();
        RunTrace trace = outcome.trace();

        assertThat(read(LearningPoint.FILE)).isNotEmpty().isEqualTo(trace.curve());
        assertThat(read(ConfusionCount.FILE))
                .isNotEmpty()
                .isEqualTo(AnswerTables.confusion(trace.answers(), outcome.sequence()::className));
        assertThat(read(HardExample.FILE))
                .isNotEmpty()
                .isEqualTo(AnswerTables.hardest(
                        trace.answers(),
                        outcome.sequence()::className,
                        outcome.sequence().shape()));
        assertThat(read(GateLayer.FILE)).hasSize(6).isEqualTo(TaskLedger.gates(gated));
        assertThat(read(TaskOverlap.FILE))
                .hasSize(6)
                .isEqualTo(TaskLedger.overlaps(
                        gated.network().tasks(), gated.network().consolidated()));
        assertThat(ContinualCsv.of(read(RunFile.CONTINUAL, ContinualCsv::lines), matrix)
                        .points())
                .isNotEmpty()
                .isEqualTo(trace.points());
    }

    @Test
    void accuraciesAndMetricsAreReadAsTheyWereWritten() throws IOException {
        assertThat(read(RunFile.MATRIX, AccuracyCsv::read)).containsExactly(matrix);
        assertThat(read(RunFile.REFERENCES, ReferencesCsv::read)).containsExactly(outcome.references());
        assertThat(Maps.transformValues(
                        read(RunFile.METRICS, MetricsCsv::read).get(0).values(), MetricValue::number))
                .isEqualTo(Maps.transformValues(outcome.metrics().values(), MetricValue::number));
    }

    @Test
    void theRecordIsReadAsItWasWritten() throws IOException {
        RunRecord record = read(RunFile.RECORD, RunJson::read).orElseThrow().record();

        assertThat(new String(RunJson.bytes(record), StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(run.resolve(RunFile.RECORD)));
        assertThat(record.tasks())
                .isEqualTo(TaskLedger.records(outcome.training().tasks()));
        assertThat(record.tasks().get(2).capacity())
                .allMatch(layer ->
                        layer.budget().isPresent() && layer.probabilities().size() == 10);
        assertThat(record.exactRetention()).contains(true);
        assertThat(record.capacity().orElseThrow().widths()).containsExactly(20, 12);
        assertThat(record.dataChecksums()).isEqualTo(outcome.sequence().checksums());
        assertThat(FlatSettings.of(record.settings())).isEqualTo(FlatSettings.of(IdleKeys.used(outcome.plan())));
    }

    @Test
    void theReportTellsWhatTheRunWrote() {
        String report = Report.of(ReportData.ofFolders(List.of(run))).markdown();

        assertThat(report)
                .contains("# contract")
                .contains("exact retention: yes (gates)")
                .contains(String.format(
                        Locale.ROOT,
                        "%.4f",
                        outcome.metrics().values().get("acc").number().orElseThrow()));
    }
}
