package sluice.framework.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.Printable;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.WholeFile;
import sluice.evaluation.matrix.ReadMatrix;
import sluice.evaluation.report.Report;
import sluice.evaluation.run.RunFile;
import sluice.tasks.InputException;

/** What is said and written of accuracies of another system beside their report. */
final class ForeignFiles {
    private static final List<String> OF_RUNS = List.of(RunFile.RECORD, RunFile.RUNS);

    /** Tasks whose matrix a terminal shows. */
    private static final int SHOWN = 15;

    private ForeignFiles() {}

    /** Refuses a folder whose own results would be replaced. */
    static void checkFree(Path folder) {
        boolean isOfRun = OF_RUNS.stream().anyMatch(file -> Files.exists(folder.resolve(file)));
        boolean isOther = Files.exists(folder.resolve(RunFile.MATRIX)) && !Files.exists(folder.resolve(Report.PAGE));
        if (isOfRun || isOther) {
            throw new InputException("%s holds results of its own, whose %s would be replaced: choose another --out"
                    .formatted(folder, RunFile.MATRIX));
        }
    }

    /** How the file was read, and the headline figures. */
    static void print(Path file, ReadMatrix read, Terminal terminal) {
        terminal.say("read " + Printable.of(file.toString()) + ": " + read.statement());
        for (AccuracyMatrix run : read.runs()) {
            ForgettingReport report = ForgettingReport.of(run);
            terminal.say(
                    run.tasks().size() <= SHOWN ? report.render(terminal.matrixColumns()) : report.renderMetrics());
        }
    }

    /** The matrices as they were read, and their metrics. */
    static List<Path> write(ReadMatrix read, Path folder) throws IOException {
        Path matrix = folder.resolve(RunFile.MATRIX);
        write(matrix, out -> AccuracyCsv.write(read.runs(), out));
        Path metrics = folder.resolve(RunFile.METRICS);
        List<RunMetrics> figures = read.runs().stream()
                .map(run -> RunMetrics.of(ForgettingReport.of(run)))
                .toList();
        write(metrics, out -> MetricsCsv.write(figures, out));
        return List.of(matrix, metrics);
    }

    private interface Text {
        void writeTo(Writer out) throws IOException;
    }

    private static void write(Path file, Text text) throws IOException {
        WholeFile.write(file, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            text.writeTo(writer);
            writer.flush();
        });
    }
}
