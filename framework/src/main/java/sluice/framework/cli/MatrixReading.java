package sluice.framework.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import sluice.evaluation.matrix.MatrixOptions;
import sluice.tasks.InputException;

/** How a file of accuracies is to be read, where it can be read in two ways. */
final class MatrixReading {
    @Option(names = "--percent", description = "the accuracies of --matrix are in percent")
    private boolean percent;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description =
                    "what --matrix has: long (a line per accuracy), grid (a row per task learned) or turned (a row per task asked for); else it is told")
    private MatrixOptions.Layout layout;

    @Option(
            names = "--rows",
            paramLabel = "NAME",
            description = "the column of a grid that names its rows, or none; else it is told by its name and values")
    private String rows;

    /** What is said of the file. */
    MatrixOptions options() {
        if (layout == MatrixOptions.Layout.LONG && rows != null) {
            throw new InputException("--rows names a column of a grid: leave it out with --layout long");
        }
        return new MatrixOptions(Optional.ofNullable(layout), Optional.ofNullable(rows), percent);
    }

    /** Refuses what is said where there is no such file. */
    void checkUnused() {
        String used = percent ? "--percent" : layout != null ? "--layout" : rows != null ? "--rows" : "";
        if (!used.isEmpty()) {
            throw new InputException(
                    "%s says how to read --matrix FILE: name one, or leave %s out".formatted(used, used));
        }
    }
}
