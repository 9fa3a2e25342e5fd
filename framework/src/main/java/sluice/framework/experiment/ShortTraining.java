package sluice.framework.experiment;

import com.google.common.math.IntMath;
import com.google.common.math.LongMath;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.LengthSettings;
import sluice.tasks.script.TaskSequenceScript;

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
    static Stream<Lint.Warning> warnings(TaskSequenceScript script) {
        return trains(script)
                        && script.training().length() instanceof LengthSettings.Iterations iterations
                        && iterations.count() < FEWEST
                ? Stream.of(warning(script, iterations.count(), "for each task", 1))
                : Stream.empty();
    }

    /** What there is to say of a run. */
    static Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
        if (!trains(script)) {
            return Stream.empty();
        }
        List<Task> tasks = sequence.tasks();
        if (script.strategy().name().equals("joint")) {
            int examples = tasks.stream().mapToInt(task -> task.train().size()).sum();
            int mean = IntMath.divide(examples, tasks.size(), RoundingMode.CEILING);
            long all = tasks.size() * steps(script, mean);
            return all < FEWEST
                    ? Stream.of(warning(script, all, "for all tasks together", perEpoch(script, examples)))
                    : Stream.empty();
        }
        List<Task> few = tasks.stream()
                .filter(task -> steps(script, task.train().size()) < FEWEST)
                .toList();
        if (few.isEmpty()) {
            return Stream.empty();
        }
        int least = few.stream().mapToInt(task -> task.train().size()).min().orElseThrow();
        String whose = few.size() == tasks.size() && few.size() > 1
                ? "for each task"
                : "for " + LintRule.list(few.stream().map(Task::name).toList());
        return Stream.of(warning(script, steps(script, least), whose, perEpoch(script, least)));
    }

    /** Whether weights are trained: sums over random features are taken in one pass. */
    private static boolean trains(TaskSequenceScript script) {
        return !ScriptStrategy.isDiscriminant(script) || script.inference().subnetworks() > 0;
    }

    private static long steps(TaskSequenceScript script, int examples) {
        return script.training().length() instanceof LengthSettings.Epochs epochs
                ? (long) epochs.count() * perEpoch(script, examples)
                : ((LengthSettings.Iterations) script.training().length()).count();
    }

    private static int perEpoch(TaskSequenceScript script, int examples) {
        return IntMath.divide(examples, script.training().batchSize(), RoundingMode.CEILING);
    }

    private static Lint.Warning warning(TaskSequenceScript script, long steps, String whose, int perEpoch) {
        boolean byEpochs = script.training().length() instanceof LengthSettings.Epochs;
        String key = byEpochs ? "training.epochs" : "training.iterations";
        long advised = byEpochs ? LongMath.divide(USUAL, perEpoch, RoundingMode.CEILING) : USUAL;
        return new Lint.Warning(
                key,
                String.format(
                        Locale.ROOT,
                        "%d step%s %s %s far too few: weights hardly move from where they were drawn%s; some hundred are usual, for which write %d",
                        steps,
                        steps == 1 ? "" : "s",
                        whose,
                        steps == 1 ? "is" : "are",
                        ScriptStrategy.hasGates(script) ? ", and gates cannot decide" : "",
                        advised));
    }
}
