package sluice.evaluation.report;

import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;

/** Figures that follow from others of the same run. */
final class DerivedMetric {
    /** 1 - macs / macs_dense, in [0, 1] where work was saved. */
    static final String MACS_SAVED = "macs_saved";

    private DerivedMetric() {}

    static RunMetrics addTo(RunMetrics metrics) {
        MetricValue done = metrics.values().get("macs");
        MetricValue dense = metrics.values().get("macs_dense");
        if (metrics.values().containsKey(MACS_SAVED)) {
            return metrics;
        }
        return done instanceof MetricValue.Defined d && dense instanceof MetricValue.Defined full && full.value() > 0
                ? metrics.with(MACS_SAVED, 1 - d.value() / full.value())
                : metrics.with(MACS_SAVED, MetricValue.undefined("multiply-adds were not counted"));
    }
}
