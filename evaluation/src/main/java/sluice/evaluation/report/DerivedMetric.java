package sluice.evaluation.report;

import com.google.common.base.Ascii;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;

/** The metrics that reports alone have, as they follow from others of the same run. */
enum DerivedMetric implements Metric {
    /** In [0, 1] where work was saved. */
    MACS_SAVED(new Description(
            "Multiply-adds saved",
            "1 - multiply-adds of training / those of the dense network",
            "",
            Format.SHARE,
            Better.MORE));

    private final Description description;

    DerivedMetric(Description description) {
        this.description = description;
    }

    @Override
    public String key() {
        return Ascii.toLowerCase(name());
    }

    @Override
    public Description description() {
        return description;
    }

    static RunMetrics addTo(RunMetrics metrics) {
        if (metrics.values().containsKey(MACS_SAVED.key())) {
            return metrics;
        }
        return metrics.value(MeasuredMetric.MACS) instanceof MetricValue.Defined done
                        && metrics.value(MeasuredMetric.MACS_DENSE) instanceof MetricValue.Defined dense
                        && dense.value() > 0
                ? metrics.with(MACS_SAVED, 1 - done.value() / dense.value())
                : metrics.with(MACS_SAVED, MetricValue.undefined("multiply-adds were not counted"));
    }
}
