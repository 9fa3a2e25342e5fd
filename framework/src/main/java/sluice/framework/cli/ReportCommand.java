package sluice.framework.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.evaluation.report.Report;
import sluice.evaluation.report.ReportData;
import sluice.tasks.InputException;

/** {@code sluice report}: a page over finished runs, or over an accuracy matrix of any system. */
@Command(
        name = "report",
        description = {
            "Makes report.html, one page that opens offline, and report.md, over finished runs.",
            "Accuracies of other systems: --matrix FILE, with the columns after_task,task,accuracy (or correct,total;"
                    + " and strategy,seed), or a grid of a row per task learned and a column per task."
        },
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    private static final Path USUAL = Path.of("report");

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(paramLabel = "FOLDER", arity = "0..*", description = "folder of a run or of a comparison")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--matrix", paramLabel = "FILE", description = "CSV file of accuracies of any system")
    private Path matrix;

    @Option(names = "--percent", description = "the accuracies of --matrix are in percent")
    private boolean percent;

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
        if (percent && matrix == null) {
            throw new InputException("--percent says how to read --matrix FILE: name one, or leave --percent out");
        }
        Report report = Report.of(data());
        Path folder = folder();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InputException("%s is a file: choose a folder with --out".formatted(folder));
        }
        try {
            List<Path> written = new ArrayList<>(report.writeTo(folder));
            written.addAll(extras.write(report, folder));
            terminal.out().println("written");
            written.forEach(file -> terminal.out().println("  " + file));
        } catch (IOException e) {
            throw new InputException(
                    "%s cannot be written (%s): choose another --out".formatted(folder, e.getMessage()), e);
        }
        return 0;
    }

    private ReportData data() {
        if (matrix == null) {
            return ReportData.ofFolders(folders);
        }
        ReportData foreign = ReportData.ofMatrix(matrix, percent);
        return folders.isEmpty() ? foreign : ReportData.ofFolders(folders).and(foreign);
    }

    private Path folder() {
        if (out != null) {
            return out;
        }
        return folders.size() == 1 && matrix == null ? folders.get(0) : USUAL;
    }
}
