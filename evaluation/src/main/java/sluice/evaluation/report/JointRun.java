package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.evaluation.MetricValue;
import sluice.evaluation.ReferenceMetric;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.run.RunRecord;

/** A run of the strategy joint among others of its seed: what these are held against where none trained a reference. */
final class JointRun {
    private static final String STRATEGY = "joint";
    private static final String KEY = ReferenceMetric.INTRANSIGENCE.key();

    private JointRun() {}

    /** The runs, with intransigence where it follows from a joint run of the same seed and tasks. */
    static ImmutableList<ReportRun> holdAgainst(List<ReportRun> runs) {
        Map<Long, RunMetrics> joint = new HashMap<>();
        runs.stream().filter(JointRun::isJoint).forEach(run -> joint.putIfAbsent(run.seed(), run.metrics()));
        return runs.stream().map(run -> run.with(held(run, joint))).collect(toImmutableList());
    }

    private static boolean isJoint(ReportRun run) {
        return run.details()
                .record()
                .map(RunRecord::strategy)
                .filter(strategy -> !strategy.isEmpty())
                .orElse(run.matrix().strategy())
                .equals(STRATEGY);
    }

    private static RunMetrics held(ReportRun run, Map<Long, RunMetrics> joint) {
        if (run.metric(KEY) instanceof MetricValue.Defined || run.errors().isPresent()) {
            return run.metrics();
        }
        if (isJoint(run)) {
            return undefined(run, "it is the joint run, which others are held against");
        }
        return joint.containsKey(run.seed())
                ? run.metrics().heldAgainst(joint.get(run.seed()))
                : undefined(
                        run, "no joint run of its seed is among the results, and none was asked for as a reference");
    }

    private static RunMetrics undefined(ReportRun run, String reason) {
        return run.metrics().replacing(KEY, MetricValue.undefined(reason));
    }
}
