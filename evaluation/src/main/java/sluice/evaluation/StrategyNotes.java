package sluice.evaluation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.List;

/** What a reader of a comparison's table must know of its figures: why some are missing, and what others rest on. */
record StrategyNotes(ImmutableList<StrategyRuns> strategies, ImmutableList<StrategyColumn> columns) {
    /** The notes, a line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        SetMultimap<String, String> withoutInterval = LinkedHashMultimap.create();
        boolean hasInterval = false;
        for (StrategyRuns runs : strategies) {
            lines.addAll(gaps(runs));
            for (StrategyColumn column : columns) {
                SampleSummary summary = runs.summary(column.metric());
                if (column.hasInterval() && summary.n() > 0) {
                    hasInterval |= summary.halfWidth() instanceof MetricValue.Defined;
                    if (summary.halfWidth() instanceof MetricValue.Undefined undefined) {
                        withoutInterval.put(undefined.reason(), StrategyTable.name(runs));
                    }
                }
            }
        }
        withoutInterval
                .asMap()
                .forEach((reason, names) -> lines.add("no interval for " + String.join(", ", names) + ": " + reason));
        columns.stream()
                .filter(column -> column.statistic() == StrategyColumn.Statistic.MEDIAN)
                .forEach(column -> lines.add(0, Printable.of(column.title()) + ": median over runs"));
        if (hasInterval) {
            lines.add(0, "+- half the width of the 95 % confidence interval of the mean over runs (Student's t)");
        }
        return lines;
    }

    /** Metrics that all or some of a strategy's runs lack. A strategy of which no run ended lacks all, as it shows. */
    private List<String> gaps(StrategyRuns runs) {
        List<String> lines = new ArrayList<>();
        SetMultimap<String, String> undefined = LinkedHashMultimap.create();
        int finished = runs.finished().size();
        for (StrategyColumn column : columns) {
            SampleSummary summary = runs.summary(column.metric());
            String title = Printable.of(column.title());
            if (summary.n() > 0 && summary.n() < finished) {
                lines.add(StrategyTable.name(runs) + ": " + title + " of " + summary.n() + " of " + finished + " runs");
            } else if (column.middle(summary) instanceof MetricValue.Undefined none && finished > 0) {
                undefined.put(Printable.of(none.text()), title);
            }
        }
        undefined
                .asMap()
                .forEach((reason, titles) ->
                        lines.add(StrategyTable.name(runs) + ": " + String.join(", ", titles) + " " + reason));
        return lines;
    }
}
