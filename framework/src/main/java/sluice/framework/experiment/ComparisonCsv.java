package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.ReferenceMetric;

/** The figures of a comparison, a line per run; those of a run that failed, and undefined ones, are empty. */
final class ComparisonCsv {
    private static final ImmutableList<Metric> FIGURES = ImmutableList.of(
            ForgettingMetric.ACC,
            ForgettingMetric.BWT,
            ForgettingMetric.FORGETTING,
            ForgettingMetric.LEARNING_ACCURACY,
            MeasuredMetric.OCCUPANCY,
            MeasuredMetric.HARDENING_COST,
            MeasuredMetric.MS_PER_STEP,
            MeasuredMetric.MACS_PER_STEP,
            MeasuredMetric.MACS_DENSE_PER_STEP,
            MeasuredMetric.TRAIN_SECONDS,
            MeasuredMetric.MEMORY_BYTES,
            MeasuredMetric.REUSE);
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    private ComparisonCsv() {}

    /**
     * Writes a line per run.
     *
     * @param references whether the runs are held against references, and what that says is to be written too
     */
    static void write(Iterable<ComparedRun> runs, boolean references, Appendable out) throws IOException {
        List<Metric> figures = new ArrayList<>(FIGURES);
        if (references) {
            figures.addAll(Arrays.asList(ReferenceMetric.values()));
        }
        CSVPrinter printer = FORMAT.print(out);
        List<String> header = new ArrayList<>(List.of("variant", "seed"));
        figures.forEach(figure -> header.add(figure.key()));
        printer.printRecord(header);
        for (ComparedRun run : runs) {
            List<String> cells = new ArrayList<>(List.of(run.variant(), Long.toString(run.seed())));
            figures.forEach(figure -> cells.add(cell(run, figure)));
            printer.printRecord(cells);
        }
    }

    private static String cell(ComparedRun run, Metric figure) {
        OptionalDouble number = run instanceof ComparedRun.Finished finished
                ? finished.metrics().value(figure).number()
                : OptionalDouble.empty();
        return number.isPresent() ? BigDecimal.valueOf(number.getAsDouble()).toPlainString() : "";
    }
}
