package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Representation;
import sluice.evaluation.SampleSummary;
import sluice.framework.InterimModel;

/**
 * What the last hidden layer made of each task's test examples when the task was learned, and in the end: how far later
 * tasks moved it, and how much of the layer is in use.
 */
final class RepresentationTrace {
    /** Singular values of more take long, and hardly change the figures. */
    private static final int EXAMPLES = 256;

    static final ImmutableList<String> NAMES = ImmutableList.of("cka", "effective_rank", "dormant_ratio");

    private final int tasks;
    private final List<Representation> learned = new ArrayList<>();
    private List<Representation> last = List.of();

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
            last = IntStream.rangeClosed(1, place)
                    .mapToObj(task -> of(task, model))
                    .toList();
        }
    }

    private static Representation of(int place, InterimModel model) {
        return new Representation(model.features(place - 1, EXAMPLES));
    }

    /**
     * @return {@code cka}, the mean over tasks but the last of the alignment of a task's features in the end with those right
     *     after it was learned; {@code effective_rank} and {@code dormant_ratio}, means over tasks, in the end
     */
    ImmutableMap<String, MetricValue> metrics() {
        MetricValue unknown = MetricValue.undefined(
                "features were not looked at between the steps of tasks (report: {continual: 50} does)");
        if (last.isEmpty()) {
            return ImmutableMap.of(NAMES.get(0), unknown, NAMES.get(1), unknown, NAMES.get(2), unknown);
        }
        MetricValue cka = tasks == 1
                ? MetricValue.undefined("there is only one task")
                : SampleSummary.of(IntStream.range(0, tasks - 1)
                                .mapToObj(task -> last.get(task).cka(learned.get(task)))
                                .toList())
                        .mean();
        return ImmutableMap.of(
                NAMES.get(0),
                cka,
                NAMES.get(1),
                mean(Representation::effectiveRank),
                NAMES.get(2),
                mean(Representation::dormantRatio));
    }

    private MetricValue mean(Function<Representation, MetricValue> figure) {
        return SampleSummary.of(last.stream().map(figure).collect(toImmutableList()))
                .mean();
    }
}
