package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A column of a {@link StrategyTable}: a statistic of a metric over the runs of a strategy.
 *
 * @param metric its name, as the files have it
 * @param title heading of the column
 * @param decimals shown after the point, in [0, 9]
 * @param statistic what is shown of the runs' values
 * @param presence when the column is shown
 */
public record StrategyColumn(String metric, String title, int decimals, Statistic statistic, Presence presence) {
    /** What is shown of the runs' values. */
    public enum Statistic {
        /** Their mean. */
        MEAN,
        /** Their mean, and half the width of its 95 % confidence interval. */
        MEAN_AND_INTERVAL,
        /** Their median, which a run that was disturbed does not move. */
        MEDIAN
    }

    /** When a column is shown. */
    public enum Presence {
        /** Always. */
        ALWAYS,
        /** Where a strategy has a value in it. */
        WHERE_MEASURED
    }

    /** Checks the number of decimals. */
    public StrategyColumn {
        checkArgument(decimals >= 0 && decimals <= 9, "decimals must be in [0, 9], got %s", decimals);
    }

    /**
     * {@return a column of means}
     *
     * @param metric its name, as the files have it
     * @param title heading of the column
     * @param decimals shown after the point, in [0, 9]
     */
    public static StrategyColumn mean(String metric, String title, int decimals) {
        return new StrategyColumn(metric, title, decimals, Statistic.MEAN, Presence.ALWAYS);
    }

    /**
     * {@return a column of means, each with half the width of its 95 % confidence interval}
     *
     * @param metric its name, as the files have it
     * @param title heading of the column
     * @param decimals shown after the point, in [0, 9]
     */
    public static StrategyColumn interval(String metric, String title, int decimals) {
        return new StrategyColumn(metric, title, decimals, Statistic.MEAN_AND_INTERVAL, Presence.ALWAYS);
    }

    /**
     * {@return a column of medians}
     *
     * @param metric its name, as the files have it
     * @param title heading of the column
     * @param decimals shown after the point, in [0, 9]
     */
    public static StrategyColumn median(String metric, String title, int decimals) {
        return new StrategyColumn(metric, title, decimals, Statistic.MEDIAN, Presence.ALWAYS);
    }

    /** {@return this column, but left out of a table in which no strategy has a value in it} */
    public StrategyColumn whereMeasured() {
        return new StrategyColumn(metric, title, decimals, statistic, Presence.WHERE_MEASURED);
    }

    /** The middle of the values: their mean or median. */
    MetricValue middle(SampleSummary summary) {
        return statistic == Statistic.MEDIAN ? summary.median() : summary.mean();
    }

    /** Whether an interval is shown beside the middle, where it is defined. */
    boolean hasInterval() {
        return statistic == Statistic.MEAN_AND_INTERVAL;
    }
}
