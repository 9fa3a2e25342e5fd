package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.StrategyColumn;

/** What a comparison's table shows of runs whose tasks predict numbers. */
final class ErrorColumns {
    private static final int MOST_DECIMALS = 9;
    private static final int DIGITS = 5;

    private ErrorColumns() {}

    /** RMSE, to as many decimals as the least RMSE of a run has digits for, R2, forgetting and transfer; then costs. */
    static ImmutableList<StrategyColumn> of(
            List<RunMetrics> finished, ForgettingDefinition forgetting, List<StrategyColumn> costs) {
        double least = finished.stream()
                .flatMap(run ->
                        run.value(RegressionMetric.RMSE).number().stream().boxed())
                .mapToDouble(Double::doubleValue)
                .filter(rmse -> rmse > 0)
                .min()
                .orElse(1);
        int decimals = Math.max(0, Math.min(MOST_DECIMALS, DIGITS - 1 - (int) Math.floor(Math.log10(least))));
        ImmutableList.Builder<StrategyColumn> columns = ImmutableList.builder();
        columns.add(StrategyColumn.interval(RegressionMetric.RMSE.key(), "RMSE", decimals));
        columns.add(StrategyColumn.interval(RegressionMetric.R2.key(), "R2", 4));
        if (!finished.stream().allMatch(RunMetrics::areOfOneTask)) {
            String word = "forgetting (%s)".formatted(forgetting.word());
            columns.add(mean(RegressionScore.RMSE, forgetting, word + " of RMSE", decimals));
            columns.add(mean(RegressionScore.R2, forgetting, word + " of R2", 4));
            columns.add(mean(RegressionScore.RMSE, ForgettingMetric.LEARNING_ACCURACY, "RMSE when learned", decimals));
        }
        return columns.addAll(costs).build();
    }

    private static StrategyColumn mean(RegressionScore score, Metric figure, String title, int decimals) {
        return StrategyColumn.mean(new RegressionMetric(score, figure).key(), title, decimals);
    }
}
