package sluice.framework.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import sluice.tasks.csv.TaskRanges;
import sluice.tasks.script.ShippedScript;
import sluice.tasks.script.SketchedScript;

/** {@code sluice init}: a script to start from. */
@Command(
        name = "init",
        description = {
            "Writes a commented script to start from, which runs as it is: for a table (--csv) or pictures (--images) of your own, which are looked at, or"
                    + " for drawn digits, nothing to download.",
            "Its comments say what was guessed, and how to use data of other kinds."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sluice init",
            "  sluice init mine.yaml --from split-mnist-class",
            "  sluice init --csv sales.csv --label churned",
            "  sluice init --csv sales.csv --target price",
            "  sluice init --images photos"
        })
final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "where it goes (default: sequence.yaml, or the name of the table or folder with .yaml)")
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

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description = "with --csv, the column of a number that is to be predicted, in place of a class")
    private String target;

    @Option(
            names = "--images",
            paramLabel = "FOLDER",
            description =
                    "a script for the PNG and JPEG images in this folder's train/CLASS and test/CLASS, or CLASS: classes, sizes, what is set aside")
    private Path images;

    @Option(names = "--overwrite", description = "replace a file that is there already")
    private boolean overwrite;

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        checkOneScript();
        checkColumns();
        Path place = place();
        if (Files.isDirectory(place)) {
            throw new InputException("%s is a folder: name a file in it".formatted(place));
        }
        if (Files.exists(place) && !overwrite) {
            throw new InputException("%s is there already: name another file, or add --overwrite".formatted(place));
        }
        String text = text(place);
        WholeFile.write(place, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        terminal.out().println("written");
        terminal.out().println("  " + place);
        terminal.out().println("check it with  sluice validate " + place);
        terminal.out().println("run it with    sluice run " + place);
        return 0;
    }

    private void checkColumns() {
        if (csv == null && (label != null || target != null)) {
            throw new InputException("%s names a column of a table: add --csv TABLE, or leave it out"
                    .formatted(label == null ? "--target" : "--label"));
        }
        if (label != null && target != null) {
            throw new InputException(
                    "--label learns classes and --target a number: leave out --label to predict %s, or --target"
                            .formatted(Printable.of(target)));
        }
    }

    private void checkOneScript() {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("--csv", csv);
        asked.put("--images", images);
        asked.put("--from", from);
        List<String> given =
                asked.keySet().stream().filter(name -> asked.get(name) != null).toList();
        if (given.size() > 1) {
            throw new InputException("%s and %s are two scripts: leave one out".formatted(given.get(0), given.get(1)));
        }
    }

    private Path place() {
        if (file != null) {
            return file;
        }
        if (images != null) {
            Path name = images.toAbsolutePath().normalize().getFileName();
            return Path.of((name == null ? "images" : name) + ".yaml");
        }
        return Path.of(
                csv == null ? "sequence.yaml" : scriptName(csv.getFileName().toString()));
    }

    private String text(Path place) {
        if (images != null) {
            return new ImagesStart(images, terminal).script(place);
        }
        return csv == null ? shipped() : sketched(place);
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
        TableSketch table =
                target == null ? TableSketch.of(csv, Optional.ofNullable(label)) : TableSketch.ofTarget(csv, target);
        tell(table);
        return SketchedScript.of(table, place.toAbsolutePath().getParent());
    }

    private static String inTwos(int classes) {
        if (classes == 3) {
            return "one of three classes";
        }
        return classes % 2 == 0 ? "two classes each" : "two classes each, three in the last";
    }

    private static String withoutColumn(TableSketch table) {
        if (table.hasTarget()) {
            return "one, as no column has a few values with rows enough";
        }
        int classes = table.predicted().values().size();
        return classes == 2 ? "one, as no column has a few values with rows of both classes" : inTwos(classes);
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
        String predicted = Printable.of(table.predicted().name());
        terminal.out()
                .println(
                        table.hasTarget()
                                ? "target    %s, a number".formatted(predicted)
                                : "label     %s, %d classes"
                                        .formatted(
                                                predicted,
                                                table.predicted().values().size()));
        table.warnings().forEach(warning -> terminal.err().println("sluice: warning: " + warning));
        if (table.mayBeTarget()) {
            terminal.err()
                    .println("sluice: warning: the classes of %1$s are numbers: --target %1$s would predict the number"
                            .formatted(predicted));
        }
        terminal.out()
                .println("tasks     "
                        + table.tasks()
                                .map(column -> "one for each of the %d values of %s"
                                        .formatted(column.values().size(), Printable.of(column.name())))
                                .or(() -> table.times()
                                        .map(times -> "%d in the order of time, by %s"
                                                .formatted(
                                                        ((TaskRanges.Parts) times.cut()).count(),
                                                        Printable.of(times.column()))))
                                .or(() -> table.clusters().stream()
                                        .mapToObj(
                                                "%d clusters of rows that are alike, as no column divides them"
                                                        ::formatted)
                                        .findFirst())
                                .orElseGet(() -> withoutColumn(table)));
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
