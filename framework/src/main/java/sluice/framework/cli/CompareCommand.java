package sluice.framework.cli;

import com.google.common.base.CharMatcher;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.evaluation.MetricValue;
import sluice.evaluation.PairedDifference;
import sluice.evaluation.SignFlipTest;
import sluice.framework.experiment.ImageDifferences;
import sluice.framework.experiment.RunComparison;
import sluice.framework.experiment.StoredRuns;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;

/** {@code sluice compare}: what differs between finished runs, in settings and in metrics. */
@Command(
        name = "compare",
        description = {
            "Holds finished runs against each other, paired by seed.",
            "Tells which settings differ, and per metric the difference with its 95 %% interval, and whether it is more than"
                    + " noise (two-sided sign-flip permutation test)."
        },
        sortOptions = false,
        footer = {
            "",
            "RUN is a run folder, or a variant of a comparison as FOLDER:VARIANT, with all its seeds.",
            "",
            "Examples:",
            "  sluice compare runs/split-digits-seed1 runs/mine-seed1",
            "  sluice compare runs/estimators-split-mnist:st-open runs/estimators-split-mnist:centred --out"
                    + " differences.csv"
        })
final class CompareCommand implements Callable<Integer> {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    private static final CharMatcher FORMULA = CharMatcher.anyOf("=+-@\t\r");
    /** Standard errors to each side of a 95 % interval. */
    private static final double NORMAL = 1.959964;

    private static final int MOST_SHOWN = 50;
    private static final int ENOUGH_PAIRS = 6;

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(index = "0", paramLabel = "RUN_A", description = "the one")
    private String first;

    @Parameters(index = "1", paramLabel = "RUN_B", description = "the other; differences are B less A")
    private String second;

    @Option(names = "--out", paramLabel = "FILE", description = "write all differences, those by layer too, as CSV")
    private Path out;

    @Option(names = "--overwrite", description = "replace a file that is there already")
    private boolean overwrite;

    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (out != null && Files.exists(out) && !overwrite) {
            throw new InputException("%s is there already: choose another --out, or add --overwrite".formatted(out));
        }
        RunComparison comparison = RunComparison.of(StoredRuns.read(first), StoredRuns.read(second));
        if (out != null) {
            WholeFile.write(out, file -> write(comparison, file));
        }
        print(comparison);
        return 0;
    }

    private void print(RunComparison comparison) {
        line("A  %s, %s", comparison.a().name(), seeds(comparison.a().bySeed().keySet()));
        line("B  %s, %s", comparison.b().name(), seeds(comparison.b().bySeed().keySet()));
        if (comparison.settings().isEmpty()) {
            line("no setting differs");
        } else {
            FigureTable settings = new FigureTable("setting", "A", "B");
            comparison.settings().forEach((key, values) -> settings.add(key, cut(values.a()), cut(values.b())));
            line("%s", settings.text(terminal));
        }
        FigureTable metrics = new FigureTable("metric", "pairs", "A", "B", "B - A", "95 % interval", "p", "difference");
        comparison.metrics().forEach((metric, difference) -> {
            if (!isByLayer(metric)) {
                metrics.add(
                        metric,
                        Integer.toString(difference.test().pairs()),
                        figure(difference.a().mean()),
                        figure(difference.b().mean()),
                        figure(difference.difference().mean()),
                        interval(difference),
                        figure(difference.test().p()),
                        difference.verdict().words());
            }
        });
        line("%s", metrics.text(terminal));
        notes(comparison);
        comparison.images().ifPresent(this::print);
        if (out != null) {
            line("written%n  %s", out);
        }
    }

    private void print(ImageDifferences images) {
        FigureTable table = new FigureTable("negative bound", "A", "B", "B - A", "standard error", "z");
        add(table, "NLL", images.importanceWeighted());
        add(table, "ELBO", images.evidence());
        line("%s", table.text(terminal));
        line(
                "paired over %,d test images, in nats: the mean over the seeds in common of each; z: difference in standard errors",
                images.images());
    }

    private static void add(FigureTable table, String name, ImageDifferences.Paired paired) {
        table.add(
                name,
                figure(paired.a()),
                figure(paired.b()),
                String.format(Locale.ROOT, "%.4f", paired.difference()),
                paired.error().isPresent() ? figure(paired.error().getAsDouble()) : "-",
                paired.z().isPresent()
                        ? String.format(Locale.ROOT, "%.2f", paired.z().getAsDouble())
                        : "-");
    }

    private void notes(RunComparison comparison) {
        int pairs = comparison.seeds().size();
        line(
                "A and B: means over the %s in common; 95 %% interval of the mean paired difference (Student's t)",
                seeds(comparison.seeds()));
        line("p: %s, each metric on its own; more than noise where p < 0.05", SignFlipTest.NAME);
        if (pairs < ENOUGH_PAIRS) {
            line(
                    "with %d pair%s p cannot be below %s: run %d seeds or more of both to tell a difference from noise",
                    pairs, pairs == 1 ? "" : "s", figure(Math.pow(2, 1.0 - pairs)), ENOUGH_PAIRS);
        }
        String undefined = comparison.undefined().stream()
                .filter(metric -> !isByLayer(metric))
                .collect(Collectors.joining(", "));
        if (!undefined.isEmpty()) {
            line("undefined in A or B: %s", undefined);
        }
    }

    private static boolean isByLayer(String metric) {
        return metric.contains("_layer_") || metric.endsWith("_head");
    }

    private static String seeds(Collection<Long> seeds) {
        return (seeds.size() == 1 ? "seed " : "seeds ")
                + seeds.stream().map(seed -> Long.toString(seed)).collect(Collectors.joining(", "));
    }

    private static String cut(String value) {
        return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN - 3) + "...";
    }

    private static String interval(PairedDifference difference) {
        return difference.difference().halfWidth() instanceof MetricValue.Undefined
                ? "-"
                : "[%s, %s]"
                        .formatted(
                                figure(difference.difference().low()),
                                figure(difference.difference().high()));
    }

    private static String figure(MetricValue value) {
        return value.number().isPresent() ? figure(value.number().getAsDouble()) : "-";
    }

    /** Four significant digits at least, without needless zeros. */
    private static String figure(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e6) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return size >= 1e-4 && size < 1e6
                ? String.format(Locale.ROOT, size < 100 ? "%.4f" : "%.1f", value)
                : String.format(Locale.ROOT, "%.3e", value);
    }

    private void line(String pattern, Object... parts) {
        terminal.say(pattern, parts);
    }

    private static void write(RunComparison comparison, OutputStream file) throws IOException {
        Writer writer = new OutputStreamWriter(file, StandardCharsets.UTF_8);
        CSVPrinter printer = FORMAT.print(writer);
        printer.printRecord(
                "kind", "name", "a", "b", "pairs", "difference", "ci95_low", "ci95_high", "p", "least_p", "verdict");
        for (Map.Entry<String, RunComparison.Values> setting :
                comparison.settings().entrySet()) {
            RunComparison.Values values = setting.getValue();
            printer.printRecord(
                    "setting", setting.getKey(), text(values.a()), text(values.b()), "", "", "", "", "", "", "");
        }
        for (Map.Entry<String, PairedDifference> metric : comparison.metrics().entrySet()) {
            PairedDifference difference = metric.getValue();
            printer.printRecord(
                    "metric",
                    metric.getKey(),
                    exact(difference.a().mean()),
                    exact(difference.b().mean()),
                    difference.test().pairs(),
                    exact(difference.difference().mean()),
                    exact(difference.difference().low()),
                    exact(difference.difference().high()),
                    difference.test().p(),
                    difference.test().leastP(),
                    difference.verdict().words());
        }
        if (comparison.images().isPresent()) {
            ImageDifferences images = comparison.images().get();
            write("nll", images.images(), images.importanceWeighted(), printer);
            write("elbo", images.images(), images.evidence(), printer);
        }
        writer.flush();
    }

    /** Paired over images: the interval is that of a normal distribution. */
    private static void write(String name, int images, ImageDifferences.Paired paired, CSVPrinter printer)
            throws IOException {
        double half = NORMAL * paired.error().orElse(Double.NaN);
        boolean known = paired.error().isPresent();
        printer.printRecord(
                "images",
                name,
                paired.a(),
                paired.b(),
                images,
                paired.difference(),
                known ? paired.difference() - half : "",
                known ? paired.difference() + half : "",
                "",
                "",
                "");
    }

    private static String exact(MetricValue value) {
        return value.number().isPresent() ? Double.toString(value.number().getAsDouble()) : "";
    }

    /** A text that no spreadsheet takes for a formula. */
    private static String text(String value) {
        boolean number = value.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?") || value.equals("-");
        return !value.isEmpty() && FORMULA.matches(value.charAt(0)) && !number ? "'" + value : value;
    }
}
