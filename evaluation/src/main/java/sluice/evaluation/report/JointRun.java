package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Reference;
import sluice.evaluation.ReferenceAccuracies;
import sluice.evaluation.ReferenceMetric;
import sluice.evaluation.RunMetrics;

/** A run of the strategy joint among others of its seed: what these are held against where none trained a reference. */
final class JointRun {
    private static final String STRATEGY = "joint";
    private static final String KEY = ReferenceMetric.INTRANSIGENCE.key();

    private JointRun() {}

    /** The runs, with intransigence where it follows from a joint run of the same seed and tasks. */
    static ImmutableList<ReportRun> holdAgainst(List<ReportRun> runs) {
        Map<Long, ReferenceAccuracies> joint = new HashMap<>();
        runs.stream()
                .filter(JointRun::isJoint)
                .forEach(run -> accuracies(run).ifPresent(known -> joint.putIfAbsent(run.seed(), known)));
        return runs.stream()
                .map(run -> held(run, Optional.ofNullable(joint.get(run.seed()))))
                .collect(toImmutableList());
    }

    private static boolean isJoint(ReportRun run) {
        return run.details()
                .provenance()
                .path("strategy")
                .asText(run.matrix().strategy())
                .equals(STRATEGY);
    }

    /** What the joint run knows of each task in the end; nothing if a cell is missing. */
    private static Optional<ReferenceAccuracies> accuracies(ReportRun run) {
        AccuracyMatrix matrix = run.matrix();
        ReferenceAccuracies accuracies = ReferenceAccuracies.empty(run.seed());
        int last = matrix.tasks().size();
        for (int j = 1; j <= last; j++) {
            Optional<AccuracyMatrix.Cell> cell = matrix.cell(last, j);
            if (cell.isEmpty()) {
                return Optional.empty();
            }
            accuracies = accuracies.with(
                    Reference.JOINT,
                    matrix.tasks().get(j - 1),
                    cell.get().correct(),
                    cell.get().total());
        }
        return Optional.of(accuracies);
    }

    private static ReportRun held(ReportRun run, Optional<ReferenceAccuracies> joint) {
        if (run.metric(KEY) instanceof MetricValue.Defined) {
            return run;
        }
        MetricValue intransigence = isJoint(run)
                ? MetricValue.undefined("it is the joint run, which others are held against")
                : joint.map(known -> ReferenceMetric.INTRANSIGENCE.of(run.matrix(), known))
                        .orElseGet(
                                () -> MetricValue.undefined(
                                        "no joint run of its seed is among the results, and none was asked for as a reference"));
        Map<String, MetricValue> values = Maps.newLinkedHashMap(run.metrics().values());
        values.put(KEY, intransigence);
        return run.with(new RunMetrics(run.metrics().strategy(), run.seed(), ImmutableMap.copyOf(values)));
    }
}
