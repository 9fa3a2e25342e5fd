package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import com.google.common.math.Stats;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.evaluation.Printable;
import sluice.evaluation.run.LearningPoint;
import sluice.framework.result.TaskSummary;

/** Tasks whose loss still falls where their training ends: they were trained too short. */
final class StillFalling {
    /** What is left of the loss, at the most, of the tenth of a training before its last. */
    private static final double LESS = 0.93;

    /** Right answers in training from which on little is left to learn. */
    private static final double LEARNED = 0.98;

    /** The same of numbers: mean squared error in parts of the variance that targets are scaled by, up to which little is left to learn. */
    private static final double UNLEARNED = 0.02;

    /** Standard errors that a fall is larger than. */
    private static final double SURE = 2;

    private static final int PARTS = 10;

    private StillFalling() {}

    private record Fall(String task, double before, double after, double accuracy) {
        static Stream<Fall> of(String task, List<LearningPoint> points) {
            int count = points.size() / PARTS;
            if (count < 2) {
                return Stream.empty();
            }
            List<LearningPoint> last = points.subList(points.size() - count, points.size());
            Stats before = losses(points.subList(points.size() - 2 * count, points.size() - count));
            Stats after = losses(last);
            double accuracy = Stats.meanOf(
                    last.stream().mapToDouble(LearningPoint::accuracy).toArray());
            double error = Math.sqrt((before.sampleVariance() + after.sampleVariance()) / count);
            boolean falls = after.mean() < LESS * before.mean()
                    && before.mean() - after.mean() > SURE * error
                    && (Double.isNaN(accuracy) ? after.mean() > UNLEARNED : accuracy < LEARNED);
            return falls ? Stream.of(new Fall(task, before.mean(), after.mean(), accuracy)) : Stream.empty();
        }

        /** How well training examples are answered, after a comma. */
        String right() {
            return Double.isNaN(accuracy)
                    ? ", as parts of the variance that targets are scaled by"
                    : String.format(Locale.ROOT, ", with %.1f %% of the examples right in training", 100 * accuracy);
        }

        private static Stats losses(List<LearningPoint> points) {
            return Stats.of(points.stream().mapToDouble(LearningPoint::loss).toArray());
        }
    }

    /**
     * {@return a line on all such tasks; empty where there is none}
     *
     * @param curve how tasks were learned, in about a hundred points each
     * @param tasks what learning them took; where a pass was chosen, longer training was tried
     */
    static Optional<String> line(List<LearningPoint> curve, List<TaskSummary> tasks) {
        ImmutableListMultimap<String, LearningPoint> byTask = Multimaps.index(curve, LearningPoint::task);
        Set<String> chosen = tasks.stream()
                .filter(task ->
                        task.chosen().filter(pass -> pass.pass() < pass.most()).isPresent())
                .map(TaskSummary::task)
                .collect(Collectors.toSet());
        ImmutableList<Fall> falls = byTask.asMap().entrySet().stream()
                .filter(task -> !chosen.contains(task.getKey()))
                .flatMap(task -> Fall.of(task.getKey(), ImmutableList.copyOf(task.getValue())))
                .collect(ImmutableList.toImmutableList());
        return falls.stream()
                .findFirst()
                .map(first -> String.format(
                        Locale.ROOT,
                        "the loss of %s still falls where training ends (from %.3g to %.3g between the last two tenths of the steps%s%s): train longer by training.epochs or training.iterations, or raise training.learning_rate",
                        byTask.keySet().size() == 1
                                ? "task " + Printable.of(first.task())
                                : "%d of %d tasks"
                                        .formatted(falls.size(), byTask.keySet().size()),
                        first.before(),
                        first.after(),
                        first.right(),
                        byTask.keySet().size() == 1 ? "" : ", of task " + Printable.of(first.task())));
    }
}
