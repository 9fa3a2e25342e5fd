package sluice.framework.experiment;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.MetricValue;
import sluice.evaluation.ReferenceMetric;

/** The figures of a comparison, a line per run; those of a run that failed, and undefined ones, are empty. */
final class ComparisonCsv {
    private static final List<String> FIGURES = List.of(
            "acc",
            "bwt",
            "forgetting",
            "learning_accuracy",
            "occupancy",
            "hardening_cost",
            "ms_per_step",
            "macs_per_step",
            "macs_dense_per_step",
            "train_seconds",
            "memory_bytes",
            "reuse");
    private static final MetricValue UNMEASURED = MetricValue.undefined("it was not measured");
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    private ComparisonCsv() {}

    /**
     * Writes a line per run.
     *
     * @param references whether the runs are held against references, and what that says is to be written too
     */
    static void write(Iterable<ComparedRun> runs, boolean references, Appendable out) throws IOException {
        List<String> figures = new ArrayList<>(FIGURES);
        if (references) {
            Arrays.stream(ReferenceMetric.values()).map(ReferenceMetric::key).forEach(figures::add);
        }
        CSVPrinter printer = FORMAT.print(out);
        List<String> header = new ArrayList<>(List.of("variant", "seed"));
        header.addAll(figures);
        printer.printRecord(header);
        for (ComparedRun run : runs) {
            List<String> cells = new ArrayList<>(List.of(run.variant(), Long.toString(run.seed())));
            figures.forEach(figure -> cells.add(cell(run, figure)));
            printer.printRecord(cells);
        }
    }

    private static String cell(ComparedRun run, String figure) {
        OptionalDouble number = run instanceof ComparedRun.Finished finished
                ? finished.metrics().values().getOrDefault(figure, UNMEASURED).number()
                : OptionalDouble.empty();
        return number.isPresent() ? BigDecimal.valueOf(number.getAsDouble()).toPlainString() : "";
    }
}
