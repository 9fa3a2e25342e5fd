package sluice.framework.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.csv.TableSketch;
import sluice.tasks.script.ShippedScript;
import sluice.tasks.script.SketchedScript;

/** {@code sluice init}: a script to start from. */
@Command(
        name = "init",
        description = {
            "Writes a commented script to start from, which runs as it is: for a table of your own (--csv), which is looked at, or for"
                    + " drawn digits, nothing to download.",
            "Its comments say what was guessed, and how to use data of other kinds."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sluice init",
            "  sluice init mine.yaml --from split-mnist-class",
            "  sluice init --csv sales.csv --label churned"
        })
final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "where it goes (default: sequence.yaml, or the table's name with .yaml)")
    private Path file;

    @Option(
            names = "--from",
            paramLabel = "SEQUENCE",
            description = "a copy of this shipped sequence instead (see sluice list sequences)")
    private String from;

    @Option(
            names = "--csv",
            paramLabel = "TABLE",
            description =
                    "a script for this table, CSV or ARFF: how cells are written, kinds of columns, marks of missing values, what is left out, tasks")
    private Path csv;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "with --csv, the column of the class (default: one that looks like it)")
    private String label;

    @Option(names = "--overwrite", description = "replace a file that is there already")
    private boolean overwrite;

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (csv != null && from != null) {
            throw new InputException("--csv and --from are two scripts: leave one out");
        }
        if (label != null && csv == null) {
            throw new InputException("--label names a column of a table: add --csv TABLE, or leave it out");
        }
        Path place = place();
        if (Files.isDirectory(place)) {
            throw new InputException("%s is a folder: name a file in it".formatted(place));
        }
        if (Files.exists(place) && !overwrite) {
            throw new InputException("%s is there already: name another file, or add --overwrite".formatted(place));
        }
        String text = csv == null ? shipped() : sketched(place);
        WholeFile.write(place, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        terminal.out().println("written");
        terminal.out().println("  " + place);
        terminal.out().println("check it with  sluice validate " + place);
        terminal.out().println("run it with    sluice run " + place);
        return 0;
    }

    private Path place() {
        if (file != null) {
            return file;
        }
        return Path.of(
                csv == null ? "sequence.yaml" : scriptName(csv.getFileName().toString()));
    }

    private static String scriptName(String table) {
        String unpacked = table.endsWith(".gz") ? table.substring(0, table.length() - ".gz".length()) : table;
        int dot = unpacked.lastIndexOf('.');
        return (dot > 0 ? unpacked.substring(0, dot) : unpacked) + ".yaml";
    }

    private String shipped() {
        return from == null
                ? ShippedScript.starter()
                : ShippedScript.named(from).text();
    }

    private String sketched(Path place) {
        TableSketch table = TableSketch.of(csv, Optional.ofNullable(label));
        tell(table);
        return SketchedScript.of(table, place.toAbsolutePath().getParent());
    }

    /** What was found, so that it need not be looked up. */
    private void tell(TableSketch table) {
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%s: %,d rows, %d columns%n",
                        csv,
                        table.rows(),
                        table.columns().size());
        terminal.out()
                .println("label     %s, %d classes"
                        .formatted(
                                Printable.of(table.label().name()),
                                table.label().values().size()));
        terminal.out()
                .println("tasks     "
                        + table.tasks()
                                .map(column -> "one for each of the %d values of %s"
                                        .formatted(column.values().size(), Printable.of(column.name())))
                                .orElse(
                                        table.label().values().size() == 2
                                                ? "one, as no column has a few values with rows of both classes"
                                                : "two classes each"));
        long dates = table.format().dates().stream()
                .mapToLong(date -> date.as().size())
                .sum();
        terminal.out()
                .println("features  " + table.features().size()
                        + (dates == 0 ? "" : ", and %d parts of dates".formatted(dates)));
        if (!table.unused().isEmpty()) {
            terminal.out()
                    .println("left out  "
                            + table.unused().stream()
                                    .map(column -> "%s (%s)"
                                            .formatted(
                                                    Printable.of(column.name()),
                                                    column.kind().unused()))
                                    .collect(Collectors.joining(", ")));
        }
    }
}
