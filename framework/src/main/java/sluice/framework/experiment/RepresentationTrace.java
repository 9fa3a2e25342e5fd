package sluice.framework.experiment;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Representation;
import sluice.framework.internal.state.State;
import sluice.framework.result.InterimModel;

/**
 * What the last hidden layer made of each task's test examples when the task was learned, and in the end: how far later
 * tasks moved it, and how much of the layer is in use.
 */
final class RepresentationTrace {
    /** Singular values of more take long, and hardly change the figures. */
    private static final int EXAMPLES = 256;

    private static final String CKA = MeasuredMetric.CKA.key();
    private static final String EFFECTIVE_RANK = MeasuredMetric.EFFECTIVE_RANK.key();
    private static final String DORMANT_RATIO = MeasuredMetric.DORMANT_RATIO.key();

    private static final MetricValue UNKNOWN = MetricValue.undefined(
            "no feature was looked at: report.continual asks for it, of what learns tasks step by step, one after another");

    private final int tasks;
    private final List<Representation> learned = new ArrayList<>();
    private ImmutableMap<String, MetricValue> metrics =
            ImmutableMap.of(CKA, UNKNOWN, EFFECTIVE_RANK, UNKNOWN, DORMANT_RATIO, UNKNOWN);

    /**
     * @param tasks of the sequence
     */
    RepresentationTrace(int tasks) {
        this.tasks = tasks;
    }

    /** A task, at its place from 1, is learned. */
    void taskEnded(int place, InterimModel model) {
        learned.add(of(place, model));
        if (place == tasks) {
            compute(model);
        }
    }

    private static Representation of(int place, InterimModel model) {
        // of a task that is never tested there is nothing to look at
        return new Representation(model.answers(place - 1) ? model.features(place - 1, EXAMPLES) : new float[0][]);
    }

    /** Tells what was looked at so far. */
    void state(State state) {
        int count = state.count("count", learned.size());
        for (int i = 0; i < count; i++) {
            State one = state.part("task-" + (i + 1));
            float[][] features = state.restores() ? null : learned.get(i).features();
            int rows = one.count("rows", state.restores() ? 0 : features.length);
            int columns = one.count("columns", rows == 0 || state.restores() ? 0 : features[0].length);
            float[][] told = state.restores() ? new float[rows][columns] : features;
            for (int row = 0; row < rows; row++) {
                one.floats("row-" + row, told[row]);
            }
            if (state.restores()) {
                learned.add(new Representation(told));
            }
        }
    }

    private void compute(InterimModel model) {
        List<MetricValue> alignments = new ArrayList<>();
        List<MetricValue> ranks = new ArrayList<>();
        List<MetricValue> dormant = new ArrayList<>();
        for (int task = 1; task <= tasks; task++) {
            Representation last = of(task, model);
            if (last.features().length == 0) {
                continue;
            }
            ranks.add(last.effectiveRank());
            dormant.add(last.dormantRatio());
            if (task < tasks) {
                alignments.add(last.cka(learned.get(task - 1)));
            }
        }
        if (ranks.isEmpty()) {
            return;
        }
        metrics = ImmutableMap.of(
                CKA,
                MetricValue.mean(alignments),
                EFFECTIVE_RANK,
                MetricValue.mean(ranks),
                DORMANT_RATIO,
                MetricValue.mean(dormant));
    }

    /**
     * {@return {@code cka}, the mean over tasks but the last of the alignment of a task's features in the end with
     * those right after it was learned; {@code effective_rank} and {@code dormant_ratio}, means over tasks, in the end}
     */
    ImmutableMap<String, MetricValue> metrics() {
        return metrics;
    }
}
