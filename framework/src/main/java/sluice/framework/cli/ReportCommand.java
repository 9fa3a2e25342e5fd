package sluice.framework.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.evaluation.report.ForeignRuns;
import sluice.evaluation.report.Report;
import sluice.evaluation.report.ReportData;
import sluice.tasks.InputException;

/** {@code sluice report}: a page over finished runs, or over an accuracy matrix of any system. */
@Command(
        name = "report",
        description = {
            "Makes report.html, one page that opens offline, and report.md, over finished runs.",
            "Accuracies of other systems: --matrix FILE, with a line per accuracy (columns after_task,task,accuracy, or"
                    + " correct,total; and strategy,seed; under the names of other systems too), or a grid of a row per"
                    + " task learned and a column per task; with commas, semicolons, tabs or blanks between cells, or JSON."
                    + " How it was read is said, and written as accuracy-matrix.csv and metrics.csv beside the page."
        },
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    private static final Path DEFAULT = Path.of("report");

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..*",
            description = "folder of a run or of a comparison, or a .zip of one")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--matrix", paramLabel = "FILE", description = "file of accuracies of any system")
    private Path matrix;

    @Mixin
    private MatrixReading reading;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "where the report goes; else the folder itself where there is just one, otherwise report/")
    private Path out;

    @Mixin
    private ReportExtras extras;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (folders.isEmpty() && matrix == null) {
            throw new InputException(
                    "nothing to report: name the folder of a run or of a comparison, or --matrix FILE (see sluice report --help)");
        }
        if (matrix == null) {
            reading.checkUnused();
        }
        Optional<ForeignRuns> foreign =
                Optional.ofNullable(matrix).map(file -> ReportData.ofMatrix(file, reading.options()));
        Path folder = folder();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InputException("%s is a file: choose a folder with --out".formatted(folder));
        }
        foreign.ifPresent(runs -> ForeignFiles.checkFree(folder));
        boolean isNew = !Files.exists(folder);
        Report report = report(foreign);
        foreign.ifPresent(runs -> ForeignFiles.print(matrix, runs.read(), terminal));
        try {
            List<Path> written =
                    new ArrayList<>(report.writeTo(folder, cut -> terminal.err().println("sluice: warning: " + cut)));
            if (foreign.isPresent()) {
                written.addAll(ForeignFiles.write(foreign.get().read(), folder));
            }
            written.addAll(extras.write(report, folder));
            terminal.out().println("written");
            written.forEach(file -> terminal.out().println("  " + file));
        } catch (IOException e) {
            if (isNew) {
                deleteIfEmpty(folder);
            }
            throw new InputException(
                    "%s cannot be written (%s): choose another --out".formatted(folder, e.getMessage()), e);
        }
        return 0;
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException stays) {
            // something is in it, or there is a worse error on its way already
        }
    }

    private Report report(Optional<ForeignRuns> foreign) {
        if (foreign.isEmpty()) {
            return Report.ofFolders(folders);
        }
        ReportData read = foreign.get().data();
        return Report.of(
                folders.isEmpty() ? read : ReportData.ofFolders(folders).and(read));
    }

    private Path folder() {
        if (out != null) {
            return out;
        }
        boolean isOne = folders.size() == 1 && matrix == null;
        return isOne && !Files.isRegularFile(folders.get(0)) ? folders.get(0) : DEFAULT;
    }
}
