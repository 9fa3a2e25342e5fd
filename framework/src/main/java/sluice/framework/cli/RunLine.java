package sluice.framework.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.OptionalDouble;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;

/** A run's figures on one line. */
final class RunLine {
    private static final String ACCURACY = "0.####";

    private RunLine() {}

    static String of(RunMetrics metrics, ForgettingDefinition forgetting) {
        return "ACC %s, forgetting (%s) %s, %s ms per step"
                .formatted(
                        figure(ACCURACY, metrics, "acc"),
                        forgetting.word(),
                        figure(ACCURACY, metrics, forgetting.key()),
                        figure("0.00", metrics, "ms_per_step"));
    }

    private static String figure(String pattern, RunMetrics metrics, String name) {
        OptionalDouble number = metrics.values()
                .getOrDefault(name, MetricValue.undefined("it was not measured"))
                .number();
        return number.isPresent()
                ? new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number.getAsDouble())
                : "-";
    }
}
