package sluice.evaluation.report;

import java.util.Map;
import sluice.evaluation.MetricValue;
import sluice.evaluation.run.BoundPoint;

/** The bound of a network that generates over its steps, and its figures, for TensorBoard. */
final class GeneratorEvents {
    private GeneratorEvents() {}

    static byte[] of(ReportedGenerator run) {
        EventFile events = new EventFile();
        long last = 0;
        for (BoundPoint point : run.curve()) {
            last = point.step();
            events.add("negative_bound/train", last, point.train());
            if (point.validation().isPresent()) {
                events.add("negative_bound/validation", last, point.validation().getAsDouble());
            }
        }
        for (Map.Entry<String, MetricValue> metric : run.metrics().values().entrySet()) {
            if (metric.getValue() instanceof MetricValue.Defined figure) {
                events.add("metrics/" + metric.getKey(), last, figure.value());
            }
        }
        return events.bytes();
    }
}
