package sluice.evaluation.report;

import java.util.HashMap;
import java.util.Map;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.run.LearningPoint;

/**
 * A run's figures over its sequence for TensorBoard. The step is the number of tasks learned, and of learning curves the
 * steps done of all tasks.
 */
final class RunEvents {
    private RunEvents() {}

    static byte[] of(ReportRun run) {
        EventFile events = new EventFile();
        int last = run.matrix().tasks().size();
        for (int i = 0; i <= last; i++) {
            for (int j = 1; j <= last; j++) {
                row(run, i, j, events);
            }
        }
        for (Map.Entry<String, MetricValue> metric : run.metrics().values().entrySet()) {
            if (metric.getValue() instanceof MetricValue.Defined figure) {
                events.add("metrics/" + metric.getKey(), last, figure.value());
            }
        }
        curves(run, events);
        continual(run, events);
        return events.bytes();
    }

    private static void row(ReportRun run, int i, int j, EventFile events) {
        String figure = run.errors().isPresent() ? "rmse" : "accuracy";
        if (run.score(i, j) instanceof MetricValue.Defined score) {
            events.add(tag(figure, run, j), i, score.value());
        }
        if (run.errors().isPresent()
                && run.errors().get().value(RegressionScore.R2, i, j) instanceof MetricValue.Defined r2) {
            events.add(tag("r2", run, j), i, r2.value());
        }
    }

    private static void curves(ReportRun run, EventFile events) {
        Map<String, Long> steps = new HashMap<>();
        run.details().curves().forEach(point -> steps.merge(point.task(), point.step(), Math::max));
        Map<String, Long> before = new HashMap<>();
        long total = 0;
        for (String task : run.matrix().tasks()) {
            before.put(task, total);
            total += steps.getOrDefault(task, 0L);
        }
        for (LearningPoint point : run.details().curves()) {
            long step = before.getOrDefault(point.task(), 0L) + point.step();
            int j = run.matrix().tasks().indexOf(point.task()) + 1;
            events.add(tag("training_loss", run, j), step, point.loss());
            if (!Double.isNaN(point.accuracy())) {
                events.add(tag("training_accuracy", run, j), step, point.accuracy());
            }
        }
    }

    private static void continual(ReportRun run, EventFile events) {
        long[] steps = run.details().continualSteps();
        for (int i = 0; i < steps.length; i++) {
            ContinualEvaluation.Point point = run.details().continual().get(i);
            events.add(tag("continual_accuracy", run, point.task()), steps[i], point.accuracy());
        }
    }

    private static String tag(String figure, ReportRun run, int j) {
        return figure + "/" + j + " " + FileNames.of(run.matrix().tasks().get(j - 1));
    }
}
