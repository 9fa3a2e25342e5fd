package sluice.framework.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import sluice.evaluation.report.Report;
import sluice.tasks.InputException;

/** What is written beside a report when asked for. */
final class ReportExtras {
    @Option(names = "--charts", description = "each chart as PNG and SVG, too, in the folder charts")
    private boolean charts;

    @Option(names = "--tensorboard", description = "event files for TensorBoard, too, in the folder tensorboard")
    private boolean tensorboard;

    /** Writes it into a folder that holds finished runs. */
    List<Path> write(Path runs) {
        if (!charts && !tensorboard) {
            return List.of();
        }
        try {
            return write(Report.ofFolders(List.of(runs)), runs);
        } catch (IOException e) {
            throw new InputException(
                    "results are in %s, but nothing more can be written there (%s): mend that, and use sluice report"
                            .formatted(runs, e.getMessage()),
                    e);
        }
    }

    /** Writes it into the folder of the report. */
    List<Path> write(Report report, Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        if (charts) {
            written.addAll(report.writeCharts(folder.resolve(Report.CHARTS)));
        }
        if (tensorboard) {
            written.addAll(report.writeEvents(folder.resolve(Report.EVENTS)));
        }
        return written;
    }
}
