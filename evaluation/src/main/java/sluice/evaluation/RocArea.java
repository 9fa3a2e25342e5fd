package sluice.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The area under the ROC curve by ranks, where rows that tie share theirs, whatever their order. */
public final class RocArea {
    private RocArea() {}

    /**
     * {@return the probability that a random known example scores higher than a random stranger, ties counting half (Mann and Whitney 1947),
     * in [0, 1]: 1 is without any mistake, 0.5 is chance; undefined where one side has no example}
     *
     * @param known scores of examples that are known, none of them NaN
     * @param strangers scores of strangers, none of them NaN
     */
    public static MetricValue of(float[] known, float[] strangers) {
        if (known.length == 0 || strangers.length == 0) {
            return MetricValue.undefined(
                    "there is no %s test example".formatted(known.length == 0 ? "known" : "strange"));
        }
        float[] larger = known.clone();
        float[] smaller = strangers.clone();
        Arrays.sort(larger);
        Arrays.sort(smaller);
        return MetricValue.of(area(larger, smaller));
    }

    /** Of all pairs of classes that have rows, the mean of both classes' areas: the measure M of Hand and Till 2001. */
    static MetricValue of(TaskPredictions task) {
        List<int[]> rows = IntStream.range(0, task.classes().size())
                .mapToObj(c -> IntStream.range(0, task.rows())
                        .filter(row -> task.actual()[row] == c)
                        .toArray())
                .toList();
        int[] present = IntStream.range(0, rows.size())
                .filter(c -> rows.get(c).length > 0)
                .toArray();
        if (present.length < 2) {
            return MetricValue.undefined(
                    "task %s has test rows of one class alone".formatted(Printable.of(task.task())));
        }
        List<Double> areas = new ArrayList<>();
        for (int own : present) {
            for (int other : present) {
                if (own != other) {
                    areas.add(area(scores(task, rows.get(own), own), scores(task, rows.get(other), own)));
                }
            }
        }
        return MetricValue.of(
                areas.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }

    private static float[] scores(TaskPredictions task, int[] rows, int of) {
        float[] scores = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            scores[i] = task.probability(rows[i], of);
        }
        Arrays.sort(scores);
        return scores;
    }

    /** The share of pairs in which the first is larger, and half of those that tie; both ascend. */
    private static double area(float[] larger, float[] smaller) {
        long doubled = 0;
        int below = 0;
        int upTo = 0;
        for (float score : larger) {
            while (below < smaller.length && smaller[below] < score) {
                below++;
            }
            while (upTo < smaller.length && smaller[upTo] <= score) {
                upTo++;
            }
            doubled += below + upTo;
        }
        return doubled / 2.0 / ((double) larger.length * smaller.length);
    }
}
