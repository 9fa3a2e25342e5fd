package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.framework.conditional.ExitTiming;
import sluice.framework.conditional.GaterTiming;
import sluice.framework.internal.clock.MedianTime;
import sluice.framework.internal.kernel.Blas;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.timing.GemmTiming;
import sluice.framework.internal.timing.PredictionTiming;
import sluice.framework.internal.timing.ReuseTiming;
import sluice.framework.internal.timing.StepTiming;
import sluice.framework.internal.timing.UnitShares;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.Optimizers;
import sluice.tasks.InputException;
import sluice.tasks.Shape;
import sluice.tasks.Suggestion;

/** {@code sluice bench}: what a training step and a prediction cost here, by how much is open and how much is frozen. */
@Command(
        name = "bench",
        description = {
            "Measures the matrix multiply, the training step and prediction on this machine, in about half a minute.",
            "The network is 784-N-N with random weights and examples, the batch 64; gates are given"
                    + " and do not learn.",
            "With --against another build: whole commands of both, in turns. With --growth: how costs grow."
        },
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {
    private static final Range<Integer> WIDTHS = Range.closed(16, 10_000);
    private static final Range<Double> SECONDS = Range.closed(0.01, 60.0);
    private static final Range<Integer> THREADS = Range.closed(1, 256);
    private static final int USUAL_WIDTH = 2000;
    private static final int SQUARE = 1024;
    private static final int INPUTS = 784;
    private static final int BATCH = 64;
    private static final ImmutableList<UnitShares> STEPS =
            ImmutableList.of(UnitShares.DENSE, new UnitShares(0.5, 0), new UnitShares(0.25, 0), new UnitShares(1, 0.5));
    private static final ImmutableList<Integer> EXIT_BATCHES = ImmutableList.of(1, 64, 1000);
    private static final ImmutableList<Optimizer> GATER_OPTIMIZERS =
            ImmutableList.of(Optimizer.sgd(1e-4), Optimizer.adam(1e-6));
    private static final ImmutableList<Double> PREDICTIONS = ImmutableList.of(1.0, 0.5, 0.25);

    private static final ImmutableList<UnitShares> CONVOLUTIONS =
            ImmutableList.of(UnitShares.DENSE, new UnitShares(0.25, 0));
    private static final NetworkShape CONVOLUTIONAL = new NetworkShape(
            new Shape.Image(28, 28),
            ImmutableList.of(new Convolution(32, 5, 2), new Convolution(64, 5, 2), new FullyConnected(256)));

    private final Terminal terminal;
    private MedianTime clock;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Mixin
    private AgainstBuild against;

    @Mixin
    private Growth growth;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "units of each of the two hidden layers, 16 to 10000 (default: 2000)")
    private Integer width;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "1 to 256 (default: OPENBLAS_NUM_THREADS, else one per physical core)")
    private Integer threads;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            completionCandidates = OptimizerNames.class,
            description = "how weights move: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private String optimizer = Optimizer.DEFAULT.name();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "to measure each figure for, about, 0.01 to 60 (default: ${DEFAULT-VALUE})")
    private double seconds = 1;

    /** Optimisers to choose from, as scripts spell them. */
    private static final class OptimizerNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Optimizers.BY_NAME.keySet().iterator();
        }
    }

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (growth.isAsked() && (against.isAsked() || width != null)) {
            throw new InputException("--growth: has no %s beside it: leave one of them out"
                    .formatted(width == null ? "--against" : "--width (its widths end at --most-width)"));
        }
        if (against.isAsked()) {
            against.run(terminal);
            return 0;
        }
        width = width == null ? USUAL_WIDTH : width;
        check("--width", WIDTHS, width);
        int count = threads == null ? Lanes.defaultCount() : threads;
        check("--threads", THREADS, count);
        check("--seconds", SECONDS, seconds);
        Optimizer rule = optimizer();
        clock = new MedianTime(seconds);
        if (growth.isAsked()) {
            grow(rule, count);
            return 0;
        }
        print("BLAS core type %s, threads %d, network %d-%d-%d, batch %d, %s"
                .formatted(Blas.coreType(), count, INPUTS, width, width, BATCH, optimizer));
        try (Lanes lanes = Lanes.start(count)) {
            products(lanes);
            steps(rule, lanes);
            convolutions(rule, lanes);
            reuse(rule, lanes);
            predictions();
            exits();
            gaters();
            return 0;
        } catch (OutOfMemoryError full) {
            throw tooWide("--width", full);
        }
    }

    private void grow(Optimizer rule, int count) {
        try (Lanes lanes = Lanes.start(count)) {
            growth.run(lanes, rule, clock, terminal);
        } catch (OutOfMemoryError full) {
            throw tooWide("--most-width", full);
        }
    }

    private static InputException tooWide(String option, OutOfMemoryError full) {
        return new InputException(
                "not enough memory for this width: give Java more with SLUICE_JAVA_OPTS=-Xmx4g, or make %s smaller"
                        .formatted(option),
                full);
    }

    private static <N extends Comparable<N>> void check(String option, Range<N> range, N value) {
        if (!range.contains(value)) {
            throw new InputException("%s must be in [%s, %s], got %s"
                    .formatted(option, range.lowerEndpoint(), range.upperEndpoint(), value));
        }
    }

    private void products(Lanes lanes) {
        FigureTable table = new FigureTable("matrix multiply", "rows x terms x columns", "threads", "GFLOP/s");
        try (Lanes one = Lanes.start(1)) {
            addProduct(table, "square", GemmTiming.measure(SQUARE, SQUARE, SQUARE, one, clock));
        }
        addProduct(table, "square, rows shared out", GemmTiming.measure(SQUARE, SQUARE, SQUARE, lanes, clock));
        addProduct(table, "shape of the first layer", GemmTiming.measure(width, BATCH, INPUTS, lanes, clock));
        print(table.text(terminal));
    }

    private static void addProduct(FigureTable table, String name, GemmTiming timing) {
        table.add(
                name,
                timing.rows() + " x " + timing.terms() + " x " + timing.columns(),
                Integer.toString(timing.threads()),
                figure("%.1f", timing.gflops()));
    }

    private Optimizer optimizer() {
        Optimizers.Row row = Optimizers.BY_NAME.get(optimizer);
        if (row == null) {
            throw new InputException("--optimizer: unknown optimizer '%s': %s"
                    .formatted(optimizer, Suggestion.of(optimizer, Optimizers.BY_NAME.keySet())));
        }
        return row.of(Optimizer.DEFAULT.learningRate(), 0, 0);
    }

    private void steps(Optimizer rule, Lanes lanes) {
        steps("training step", StepTiming.measure(width, STEPS, rule, lanes, clock));
    }

    /** 28x28x1 to 32 maps 5x5 to pool to 64 maps 5x5 to pool to 256. */
    private void convolutions(Optimizer rule, Lanes lanes) {
        steps("convolutions 32-64-256", StepTiming.measure(CONVOLUTIONAL, CONVOLUTIONS, rule, lanes, clock));
    }

    private void steps(String title, List<StepTiming> timings) {
        FigureTable table = new FigureTable(title, "open", "frozen", "ms", "time, relative", "multiply-adds, relative");
        double dense = timings.get(0).milliseconds();
        for (StepTiming timing : timings) {
            UnitShares shares = timing.shares();
            table.add(
                    shares.equals(UnitShares.DENSE) ? "dense" : "",
                    percent(shares.open()),
                    percent(shares.frozen()),
                    figure("%.3f", timing.milliseconds()),
                    figure("%.3f", timing.milliseconds() / dense),
                    figure("%.3f", timing.workShare()));
        }
        print(table.text(terminal));
    }

    private void reuse(Optimizer rule, Lanes lanes) {
        ReuseTiming timing = ReuseTiming.measure(width, rule, lanes, clock);
        FigureTable table = new FigureTable("frozen units only", "ms", "forward passes");
        table.add("step: the head alone learns", figure("%.3f", timing.step().milliseconds()), passes(timing));
        table.add("forward pass alone", figure("%.3f", timing.forwardMilliseconds()), "1.000");
        print(table.text(terminal));
    }

    private static String passes(ReuseTiming timing) {
        return figure("%.3f", timing.forwardPasses());
    }

    private void exits() {
        FigureTable table = new FigureTable(
                "answers of a network with exits",
                "images at once",
                "ms",
                "of dense 784-2000-10",
                "multiply-adds",
                "of dense");
        for (ExitTiming timing : ExitTiming.measure(EXIT_BATCHES, clock)) {
            table.add(
                    "one thread",
                    Integer.toString(timing.batch()),
                    figure("%.4f", timing.milliseconds()),
                    figure("%.3f", timing.milliseconds() / timing.denseMilliseconds()),
                    figure("%,.0f", timing.multiplyAdds()),
                    figure("%.3f", timing.multiplyAdds() / timing.denseMultiplyAdds()));
        }
        print(table.text(terminal));
    }

    private void gaters() {
        FigureTable table =
                new FigureTable("gaters, a tenth of 50 blocks open", "ungated", "gated", "gated of ungated");
        for (Optimizer optimizer : GATER_OPTIMIZERS) {
            GaterTiming timing = GaterTiming.measure(optimizer, clock);
            table.add(
                    "step of 64, " + optimizer.name() + ", ms",
                    figure("%.3f", timing.ungatedStepMilliseconds()),
                    figure("%.3f", timing.stepMilliseconds()),
                    figure("%.3f", timing.stepMilliseconds() / timing.ungatedStepMilliseconds()));
            table.add(
                    "images/s, one by one",
                    figure("%.0f", timing.ungatedImages()),
                    figure("%.0f", timing.images()),
                    figure("%.2f", timing.images() / timing.ungatedImages()));
        }
        print(table.text(terminal));
    }

    private void predictions() {
        List<PredictionTiming> timings = PredictionTiming.measure(width, PREDICTIONS, clock);
        double full = timings.get(0).imagesPerSecond();
        FigureTable table = new FigureTable("prediction", "open", "images/s", "times the full network");
        for (PredictionTiming timing : timings) {
            table.add(
                    "10,000 images",
                    percent(timing.open()),
                    figure("%.0f", timing.imagesPerSecond()),
                    figure("%.2f", timing.imagesPerSecond() / full));
        }
        print(table.text(terminal));
    }

    private static String percent(double share) {
        return figure("%.0f %%", 100 * share);
    }

    private static String figure(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private void print(String text) {
        terminal.say(text);
    }
}
