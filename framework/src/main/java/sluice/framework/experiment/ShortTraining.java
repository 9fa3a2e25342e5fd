package sluice.framework.experiment;

import com.google.common.math.IntMath;
import com.google.common.math.LongMath;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * A training in so few steps that nothing can come of it. An optimiser moves a weight by about its learning rate in a step: in
 * fifty steps of the usual 0.001 by half of what weights of a hundred inputs are drawn with; and a gate that opens with the
 * usual probability takes forty steps, all in one direction, until it is closed for good.
 */
final class ShortTraining {
    /** Steps of a task below which a training is far too short. */
    static final int FEWEST = 50;

    /** Steps of a task that are advised: about those of split-digits. */
    private static final int USUAL = 300;

    private ShortTraining() {}

    /** What there is to say before data is loaded: something where the script counts steps. */
    static Stream<Surprise> warnings(RunPlan plan) {
        return plan.trains()
                        && plan.training().length() instanceof TrainingDuration.Iterations iterations
                        && iterations.count() < FEWEST
                ? Stream.of(warning(plan, iterations.count(), "for each task", 1))
                : Stream.empty();
    }

    /** What there is to say of a run. */
    static Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
        if (!plan.trains()) {
            return Stream.empty();
        }
        List<Task> tasks = sequence.tasks();
        if (plan.joint()) {
            int examples = tasks.stream().mapToInt(task -> task.train().size()).sum();
            int mean = IntMath.divide(examples, tasks.size(), RoundingMode.CEILING);
            long all = tasks.size() * steps(plan, mean);
            return all < FEWEST
                    ? Stream.of(warning(plan, all, "for all tasks together", perEpoch(plan, examples)))
                    : Stream.empty();
        }
        List<Task> few = tasks.stream()
                .filter(task -> steps(plan, task.train().size()) < FEWEST)
                .toList();
        if (few.isEmpty()) {
            return Stream.empty();
        }
        int least = few.stream().mapToInt(task -> task.train().size()).min().orElseThrow();
        String whose = few.size() == tasks.size() && few.size() > 1
                ? "for each task"
                : "for " + LintRule.list(few.stream().map(Task::name).toList());
        return Stream.of(warning(plan, steps(plan, least), whose, perEpoch(plan, least)));
    }

    private static long steps(RunPlan plan, int examples) {
        return TrainingPlan.of(plan.training().length(), perEpoch(plan, examples))
                .steps();
    }

    private static int perEpoch(RunPlan plan, int examples) {
        return IntMath.divide(examples, plan.training().batchSize(), RoundingMode.CEILING);
    }

    private static Surprise warning(RunPlan plan, long steps, String whose, int perEpoch) {
        boolean byEpochs = !(plan.training().length() instanceof TrainingDuration.Iterations);
        String key = byEpochs ? "training.epochs" : "training.iterations";
        long advised = byEpochs ? LongMath.divide(USUAL, perEpoch, RoundingMode.CEILING) : USUAL;
        return new Surprise(
                key,
                String.format(
                        Locale.ROOT,
                        "%d step%s %s %s far too few: weights hardly move from where they were drawn%s; some hundred are usual, for which write %d",
                        steps,
                        steps == 1 ? "" : "s",
                        whose,
                        steps == 1 ? "is" : "are",
                        plan.takes(StrategyTraits.Setting.GATES) ? ", and gates cannot decide" : "",
                        advised));
    }
}
