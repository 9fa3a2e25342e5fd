package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.framework.bench.Claim;
import sluice.framework.bench.EstimatorBench;
import sluice.framework.bench.Figure;
import sluice.framework.bench.MeasuredFiles;
import sluice.framework.bench.Measurement;
import sluice.framework.bench.MeasurementCsv;
import sluice.framework.bench.MeasurementPlot;
import sluice.gating.Estimators;
import sluice.gating.exact.Enumeration;
import sluice.gating.exact.GatedProblem;
import sluice.tasks.InputException;
import sluice.tasks.Suggestion;

/** {@code sluice estimators}: every estimator against the exact gradient. */
@Command(
        name = "estimators",
        description = {
            "Measures gradient estimators against the exact gradient.",
            "That enumerates all gate configurations: on a quadratic and a network of 6 gates, and on random networks; with"
                    + " independent gates, and where one of each three gates is open. Cost is forward passes plus"
                    + " 2 x backward, those of an estimate; those of a training step include the backward pass from"
                    + " which weights learn."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sluice estimators",
            "  sluice estimators unbiased centred --samples 1000000 --out runs/unbiased"
        })
final class EstimatorsCommand implements Callable<Integer> {
    /** Each is a panel of the plot. */
    private static final int MOST_NETWORKS = 20;

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "only these estimators (see sluice list estimators)")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--networks",
            paramLabel = "N",
            description = "random networks of either kind, 0 to 20 (default: ${DEFAULT-VALUE})")
    private int networks = 1;

    @Option(
            names = "--gates",
            paramLabel = "G",
            description = "gates of each, 1 to 20; above 12 it takes long (default: ${DEFAULT-VALUE})")
    private int gates = 10;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "estimates of each estimator on each problem, 2 or more (default: ${DEFAULT-VALUE})")
    private int samples = 200_000;

    @Option(names = "--seed", paramLabel = "SEED", description = "of networks and draws (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--threads", paramLabel = "N", description = "1 to 256 (default: one per core)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "FOLDER", description = "where files go (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("runs", "estimators");

    @Option(names = "--overwrite", description = "replace earlier measurements")
    private boolean overwrite;

    EstimatorsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<String> estimators = checkedNames();
        checkNumbers();
        MeasuredFiles files = MeasuredFiles.claim(out, "--out", "estimators", overwrite);
        Figure.checkFonts();
        EstimatorBench bench = new EstimatorBench(samples, seed, threads);
        List<Measurement> all = new ArrayList<>();
        for (GatedProblem problem : bench.problems(networks, gates)) {
            List<Measurement> measurements = bench.measure(problem, estimators);
            if (!measurements.isEmpty()) {
                print(problem, measurements);
                all.addAll(measurements);
            }
        }
        printSummary(all);
        terminal.out().println("written");
        files.write(MeasurementPlot.of(all), MeasurementCsv.of(all))
                .forEach(file -> terminal.out().println("  " + file));
        return 0;
    }

    private List<String> checkedNames() {
        for (String name : names) {
            if (!Estimators.BY_NAME.containsKey(name)) {
                throw new InputException("no estimator is called '%s': %s"
                        .formatted(name, Suggestion.of(name, Estimators.BY_NAME.keySet())));
            }
        }
        return names.isEmpty()
                ? Estimators.BY_NAME.keySet().asList()
                : names.stream().distinct().collect(ImmutableList.toImmutableList());
    }

    private void checkNumbers() {
        if (gates > Enumeration.MOST_GATES) {
            throw new InputException("--gates: enumeration of 2^%d configurations: %d gates; at most %d"
                    .formatted(gates, gates, Enumeration.MOST_GATES));
        }
        check("--gates", 1, Enumeration.MOST_GATES, gates);
        check("--networks", 0, MOST_NETWORKS, networks);
        check("--threads", 1, 256, threads);
        check("--samples", 2, Integer.MAX_VALUE, samples);
    }

    private static void check(String option, int least, int most, int value) {
        if (value < least || value > most) {
            throw new InputException("%s must be in [%d, %d], got %d".formatted(option, least, most, value));
        }
    }

    private void print(GatedProblem problem, List<Measurement> measurements) {
        terminal.say("%s: %s, %,d estimates each", problem.name(), gates(problem), samples);
        FigureTable table = new FigureTable(
                "estimator",
                "family",
                "relative bias",
                "95 %",
                "cosine",
                "variance",
                "passes",
                "of a step",
                "variance x cost",
                "verdict");
        for (Measurement m : measurements) {
            table.add(
                    m.estimator(),
                    m.family().toString(),
                    figure("%.4f", m.relativeBias()),
                    "[" + figure("%.4f", m.low()) + ", " + figure("%.4f", m.high()) + "]",
                    figure("%.4f", m.cosine()),
                    figure("%.5f", m.variance()),
                    m.forwardPasses() + " + " + m.backwardPasses(),
                    Estimators.BY_NAME.get(m.estimator()).passes().ofStep(),
                    figure("%.5f", m.varianceTimesCost()),
                    m.verdict());
        }
        terminal.say(table.text(terminal));
    }

    private static String gates(GatedProblem problem) {
        int units = problem.loss().units();
        int choices = problem.choices();
        return choices == 1
                ? "%d gates".formatted(units)
                : "%d gates in choices of one of %d, temperature %.0f"
                        .formatted(units, choices, EstimatorBench.CHOICE_TEMPERATURE);
    }

    private void printSummary(List<Measurement> all) {
        List<Measurement> claimed =
                all.stream().filter(m -> m.claim() == Claim.UNBIASED).toList();
        long rejected = claimed.stream().filter(Measurement::isRejected).count();
        terminal.say(
                "%d measurements of estimators that claim no bias: %d rejected at %.0f standard errors",
                claimed.size(), rejected, Measurement.STANDARD_ERRORS);
    }

    private static String figure(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
