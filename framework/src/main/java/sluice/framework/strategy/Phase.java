package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.util.stream.IntStream;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.TaskSequence;

/**
 * A stretch of training between two evaluations: whose examples are dealt out together, and for how long.
 *
 * @param first the first of these tasks, from 0
 * @param last the last of them
 * @param examples their training examples
 * @param steps training steps, at least 1
 */
public record Phase(int first, int last, int examples, long steps) {
    /**
     * {@return the phases of such a training, in order; one for all tasks if they are learned jointly, in as many steps
     * as they would take one by one}
     *
     * @param curriculum which examples a network is trained on
     * @param sequence the tasks
     * @param training how long each is trained
     */
    public static ImmutableList<Phase> of(Curriculum curriculum, TaskSequence sequence, TrainingSettings training) {
        int tasks = sequence.tasks().size();
        return switch (curriculum) {
            case TASK_BY_TASK ->
                IntStream.range(0, tasks)
                        .mapToObj(t -> alone(t, t, sequence, training))
                        .collect(ImmutableList.toImmutableList());
            case CUMULATIVE ->
                IntStream.range(0, tasks)
                        .mapToObj(t -> alone(0, t, sequence, training))
                        .collect(ImmutableList.toImmutableList());
            case JOINT -> {
                int examples = examples(0, tasks - 1, sequence);
                int ofOne = IntMath.divide(examples, tasks, RoundingMode.CEILING);
                yield ImmutableList.of(new Phase(0, tasks - 1, examples, tasks * training.steps(ofOne)));
            }
        };
    }

    private static Phase alone(int first, int last, TaskSequence sequence, TrainingSettings training) {
        int examples = examples(first, last, sequence);
        return new Phase(first, last, examples, training.steps(examples));
    }

    private static int examples(int first, int last, TaskSequence sequence) {
        return sequence.tasks().subList(first, last + 1).stream()
                .mapToInt(task -> task.train().size())
                .sum();
    }

    /**
     * {@return the passes through the examples; the last may be cut short}
     *
     * @param batchSize examples per step, at least 1
     */
    public TrainingPlan plan(int batchSize) {
        return TrainingPlan.ofSteps(steps, IntMath.divide(examples, batchSize, RoundingMode.CEILING));
    }

    /**
     * {@return examples that are dealt out in all}
     *
     * @param batchSize examples per step, at least 1
     */
    public long dealt(int batchSize) {
        TrainingPlan plan = plan(batchSize);
        return (plan.epochs() - 1L) * examples + Math.min((long) plan.lastSteps() * batchSize, examples);
    }
}
