package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.Printable;
import sluice.evaluation.ReferenceMetric;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.SpreadsheetText;

/** The figures of a comparison, a line per run; those of a run that failed, and undefined ones, are empty. */
public final class ComparisonCsv {
    private static final String VARIANT = "variant";
    private static final String SEED = "seed";
    private static final ImmutableList<Metric> COSTS = ImmutableList.of(
            MeasuredMetric.MS_PER_STEP,
            MeasuredMetric.MACS_PER_STEP,
            MeasuredMetric.MACS_DENSE_PER_STEP,
            MeasuredMetric.TRAIN_SECONDS,
            MeasuredMetric.MEMORY_BYTES,
            MeasuredMetric.REUSE);
    private static final ImmutableList<Metric> FIGURES = ImmutableList.<Metric>builder()
            .add(
                    ForgettingMetric.ACC,
                    ForgettingMetric.BWT,
                    ForgettingMetric.FORGETTING,
                    ForgettingMetric.LEARNING_ACCURACY,
                    MeasuredMetric.OCCUPANCY,
                    MeasuredMetric.HARDENING_COST)
            .addAll(COSTS)
            .build();
    private static final ImmutableList<Metric> FIGURES_OF_NUMBERS = ImmutableList.<Metric>builder()
            .add(RegressionMetric.RMSE, RegressionMetric.R2)
            .add(ofErrors(ForgettingMetric.BWT))
            .add(ofErrors(ForgettingMetric.FORGETTING))
            .add(ofErrors(ForgettingMetric.LEARNING_ACCURACY))
            .add(MeasuredMetric.OCCUPANCY)
            .addAll(COSTS)
            .build();
    private static final ImmutableList<Metric> FIGURES_OF_GENERATORS = ImmutableList.<Metric>builder()
            .add(MeasuredMetric.NLL)
            .add(GeneratorMetric.values())
            .add(MeasuredMetric.MS_PER_STEP, MeasuredMetric.TRAIN_SECONDS, MeasuredMetric.EVAL_SECONDS)
            .build();
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    private ComparisonCsv() {}

    private static Metric ofErrors(Metric figure) {
        return new RegressionMetric(RegressionScore.RMSE, figure);
    }

    /**
     * A run of a comparison.
     *
     * @param variant its name
     * @param seed of the run
     */
    public record Run(String variant, long seed) {}

    /**
     * What a line tells.
     *
     * @param run which run
     * @param metrics its figures; empty where it failed
     */
    public record Line(Run run, Optional<RunMetrics> metrics) {
        private boolean isOfNumbers() {
            return metrics.isPresent() && metrics.get().areOfNumbers();
        }

        private boolean isOfGenerator() {
            return metrics.isPresent() && metrics.get().values().containsKey(GeneratorMetric.ELBO.key());
        }
    }

    /**
     * Writes the header and a line per run. Neither flushes nor closes.
     *
     * @param lines in the order of the script
     * @param references whether the runs are held against references, and what that says is to be written too
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public static void write(Iterable<Line> lines, boolean references, Appendable out) throws IOException {
        List<Metric> figures = new ArrayList<>(
                Iterables.any(lines, Line::isOfGenerator)
                        ? FIGURES_OF_GENERATORS
                        : Iterables.any(lines, Line::isOfNumbers) ? FIGURES_OF_NUMBERS : FIGURES);
        if (references) {
            figures.addAll(List.of(ReferenceMetric.values()));
        }
        CSVPrinter printer = FORMAT.print(out);
        List<String> header = new ArrayList<>(List.of(VARIANT, SEED));
        figures.forEach(figure -> header.add(figure.key()));
        printer.printRecord(header);
        for (Line line : lines) {
            List<String> cells = new ArrayList<>(
                    List.of(line.run().variant(), Long.toString(line.run().seed())));
            figures.forEach(figure -> cells.add(cell(line, figure)));
            printer.printRecord(cells);
        }
    }

    private static String cell(Line line, Metric figure) {
        OptionalDouble number =
                line.metrics().isPresent() ? line.metrics().get().value(figure).number() : OptionalDouble.empty();
        return number.isPresent() ? BigDecimal.valueOf(number.getAsDouble()).toPlainString() : "";
    }

    /**
     * Reads which runs a file has, to its end; columns may be more and in another order. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages, such as a file's name
     * @return the runs, in order
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if variant or seed is missing, or a seed is no whole number
     */
    public static ImmutableList<Run> runs(Reader in, String source) throws IOException {
        ImmutableList.Builder<Run> runs = ImmutableList.builder();
        for (CSVRecord line :
                FORMAT.builder().setHeader().setSkipHeaderRecord(true).get().parse(in)) {
            if (!line.isMapped(VARIANT) || !line.isMapped(SEED) || !line.isConsistent()) {
                throw new MatrixFormatException("%s, line %d: columns variant and seed are needed"
                        .formatted(Printable.of(source), line.getRecordNumber() + 1));
            }
            try {
                runs.add(new Run(SpreadsheetText.plain(line.get(VARIANT)), Long.parseLong(line.get(SEED))));
            } catch (NumberFormatException notWhole) {
                throw new MatrixFormatException("%s, line %d, column seed: must be a whole number, got %s"
                        .formatted(Printable.of(source), line.getRecordNumber() + 1, Printable.quoted(line.get(SEED))));
            }
        }
        return runs.build();
    }
}
