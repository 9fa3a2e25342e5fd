package sluice.framework.experiment;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.MetricValue;

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

    static void write(Iterable<ComparedRun> runs, Appendable out) throws IOException {
        CSVPrinter printer = FORMAT.print(out);
        List<String> header = new ArrayList<>(List.of("variant", "seed"));
        header.addAll(FIGURES);
        printer.printRecord(header);
        for (ComparedRun run : runs) {
            List<String> cells = new ArrayList<>(List.of(run.variant(), Long.toString(run.seed())));
            FIGURES.forEach(figure -> cells.add(cell(run, figure)));
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
