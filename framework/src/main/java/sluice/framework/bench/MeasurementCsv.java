package sluice.framework.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Measurements as CSV, a line each, figures in full precision. */
public final class MeasurementCsv {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader(
                    "problem",
                    "estimator",
                    "family",
                    "claim",
                    "activation",
                    "samples",
                    "relative_bias",
                    "relative_bias_low",
                    "relative_bias_high",
                    "standard_error",
                    "largest_distance_in_standard_errors",
                    "cosine",
                    "variance",
                    "forward_passes",
                    "backward_passes",
                    "cost",
                    "variance_times_cost",
                    "verdict")
            .get();

    private MeasurementCsv() {}

    /**
     * {@return measurements as CSV}
     *
     * @param measurements the lines
     */
    public static CharSequence of(List<Measurement> measurements) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            for (Measurement m : measurements) {
                print(m, printer);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text;
    }

    private static void print(Measurement m, CSVPrinter printer) throws IOException {

        printer.printRecord(
                m.problem(),
                m.estimator(),
                m.family(),
                m.claim().name().toLowerCase(Locale.ROOT),
                m.activation(),
                m.samples(),
                m.relativeBias(),
                m.low(),
                m.high(),
                m.standardError(),
                m.largestDistance(),
                m.cosine(),
                m.variance(),
                m.forwardPasses(),
                m.backwardPasses(),
                m.cost(),
                m.varianceTimesCost(),
                m.verdict());
    }
}
