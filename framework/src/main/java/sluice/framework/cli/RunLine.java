package sluice.framework.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.OptionalDouble;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ClassificationMetric;
import sluice.evaluation.Figures;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.RunMetrics;

/** A run's figures on one line. */
final class RunLine {
    private static final String ACCURACY = "0.####";

    private RunLine() {}

    /** Of a run that learned tasks. */
    static String of(RunMetrics metrics, ForgettingDefinition forgetting) {
        if (isNotTested(metrics)) {
            return notTested(metrics);
        }
        if (metrics.areOfNumbers()) {
            return ofNumbers(metrics, forgetting);
        }
        return metrics.areOfOneTask() ? ofOneTask(metrics) : ofTasks(metrics, forgetting);
    }

    private static String ofTasks(RunMetrics metrics, ForgettingDefinition forgetting) {
        return "ACC %s, forgetting (%s) %s, %s ms per step"
                .formatted(
                        figure(ACCURACY, metrics, ForgettingMetric.ACC),
                        forgetting.word(),
                        figure(ACCURACY, metrics, forgetting),
                        figure("0.00", metrics, MeasuredMetric.MS_PER_STEP));
    }

    /** Of a run whose tasks predict numbers. */
    private static String ofNumbers(RunMetrics metrics, ForgettingDefinition forgetting) {
        String forgotten = metrics.areOfOneTask()
                ? ""
                : ", forgetting (%s) of RMSE %s"
                        .formatted(
                                forgetting.word(),
                                fiveDigits(metrics, new RegressionMetric(RegressionScore.RMSE, forgetting)));
        return "RMSE %s, R2 %s%s, %s ms per step"
                .formatted(
                        fiveDigits(metrics, RegressionMetric.RMSE),
                        figure(ACCURACY, metrics, RegressionMetric.R2),
                        forgotten,
                        figure("0.00", metrics, MeasuredMetric.MS_PER_STEP));
    }

    private static String fiveDigits(RunMetrics metrics, Metric metric) {
        OptionalDouble number = metrics.value(metric).number();
        return number.isPresent() ? Figures.fiveDigits(number.getAsDouble()) : "-";
    }

    /** Of a run of one task, of which nothing can be forgotten. */
    private static String ofOneTask(RunMetrics metrics) {
        return "accuracy %s, balanced accuracy %s, macro F1 %s, %s ms per step"
                .formatted(
                        figure(ACCURACY, metrics, ForgettingMetric.ACC),
                        figure(ACCURACY, metrics, ClassificationMetric.BALANCED_ACCURACY),
                        figure(ACCURACY, metrics, ClassificationMetric.MACRO_F1),
                        figure("0.00", metrics, MeasuredMetric.MS_PER_STEP));
    }

    static String ofGenerator(RunMetrics metrics) {
        String line = "NLL %s nats, negative ELBO %s"
                .formatted(figure("0.00", metrics, MeasuredMetric.NLL), figure("0.00", metrics, GeneratorMetric.ELBO));
        return metrics.values().containsKey(GeneratorMetric.CLASS_ACCURACY.key())
                ? line + ", class accuracy " + figure(ACCURACY, metrics, GeneratorMetric.CLASS_ACCURACY)
                : line;
    }

    private static String notTested(RunMetrics metrics) {
        return "not tested, %s ms per step".formatted(figure("0.00", metrics, MeasuredMetric.MS_PER_STEP));
    }

    private static boolean isNotTested(RunMetrics metrics) {
        return metrics.value(metrics.areOfNumbers() ? RegressionMetric.RMSE : ForgettingMetric.ACC)
                .equals(AccuracyMatrix.NOT_TESTED);
    }

    private static String figure(String pattern, RunMetrics metrics, Metric metric) {
        OptionalDouble number = metrics.value(metric).number();
        return number.isPresent()
                ? new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number.getAsDouble())
                : "-";
    }
}
