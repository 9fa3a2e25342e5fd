package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A column of a {@link StrategyTable}: the mean of a metric over the runs of a strategy.
 *
 * @param metric its name, as the files have it
 * @param title heading of the column
 * @param decimals shown after the point, in [0, 9]
 * @param spread what is shown beside the mean
 * @param presence when the column is shown
 */
public record StrategyColumn(String metric, String title, int decimals, Spread spread, Presence presence) {
    /** What is shown beside a mean. */
    public enum Spread {
        /** Nothing. */
        NONE,
        /** Half the width of the 95 % confidence interval. */
        INTERVAL
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
     * @param metric its name, as the files have it
     * @param title heading of the column
     * @param decimals shown after the point, in [0, 9]
     * @return a column of means
     */
    public static StrategyColumn mean(String metric, String title, int decimals) {
        return new StrategyColumn(metric, title, decimals, Spread.NONE, Presence.ALWAYS);
    }

    /**
     * @param metric its name, as the files have it
     * @param title heading of the column
     * @param decimals shown after the point, in [0, 9]
     * @return a column of means, each with half the width of its 95 % confidence interval
     */
    public static StrategyColumn interval(String metric, String title, int decimals) {
        return new StrategyColumn(metric, title, decimals, Spread.INTERVAL, Presence.ALWAYS);
    }

    /**
     * @return this column, but left out of a table in which no strategy has a value in it
     */
    public StrategyColumn whereMeasured() {
        return new StrategyColumn(metric, title, decimals, spread, Presence.WHERE_MEASURED);
    }
}
