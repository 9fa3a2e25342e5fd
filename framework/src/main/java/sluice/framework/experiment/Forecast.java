package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.OptionalLong;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.discriminant.DiscriminantCost;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.strategy.Phase;
import sluice.framework.strategy.PlainStrategy;
import sluice.framework.strategy.RandomFeatureLda;
import sluice.tasks.Loaded;
import sluice.tasks.OutputLayout;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * What a run will take, reckoned without training.
 *
 * @param schedule what is trained on, in order
 * @param parameters weights and biases of the network
 * @param perStep multiply-adds of a full step of a plain dense network
 * @param total multiply-adds of all steps of a plain dense network; gates stay below, strategies that replay or look
 *     twice go above
 * @param memory what it will keep
 */
public record Forecast(
        ImmutableList<Stretch> schedule, long parameters, MultiplyAdds perStep, MultiplyAdds total, Memory memory) {
    /**
     * A stretch of training between two evaluations.
     *
     * @param tasks whose examples are dealt out together
     * @param classes of these tasks
     * @param train their training examples
     * @param test their test examples
     * @param steps training steps
     * @param epochs passes through the examples, the last perhaps cut short
     * @param total multiply-adds of a plain dense network
     */
    public record Stretch(
            String tasks, int classes, int train, int test, long steps, double epochs, MultiplyAdds total) {}

    /**
     * Bytes that are held throughout a run; work space comes on top.
     *
     * @param data examples
     * @param network parameters and their gradient
     * @param optimizer moments
     * @param strategy what it keeps beside; empty where only the run can tell
     */
    public record Memory(long data, long network, long optimizer, OptionalLong strategy) {
        /**
         * @return all that is known of
         */
        public long total() {
            return data + network + optimizer + strategy.orElse(0);
        }
    }

    /**
     * @return steps in all
     */
    public long steps() {
        return schedule.stream().mapToLong(Stretch::steps).sum();
    }

    static Forecast of(Experiment experiment, Learner learner, Loaded data, TaskSequence sequence) {
        if (experiment.taskless()
                && learner instanceof Learner.OfTasks tasks
                && tasks.strategy().apply(sequence) instanceof RandomFeatureLda lda) {
            return ofSums(lda.trainer(tasks.setup()).cost(sequence), data, sequence);
        }
        NetworkCost network = new NetworkCost(
                ScriptLayers.shape(experiment.script(), sequence),
                OutputLayout.of(sequence).count());
        int batch = learner.training().batchSize();
        PlainStrategy.Curriculum curriculum = learner instanceof Learner.OfTasks tasks
                        && tasks.strategy().apply(sequence) instanceof PlainStrategy dense
                ? dense.curriculum()
                : PlainStrategy.Curriculum.TASK_BY_TASK;
        ImmutableList<Phase> phases = Phase.of(curriculum, sequence, learner.training());
        long dealt = phases.stream().mapToLong(phase -> phase.dealt(batch)).sum();
        int most = Ints.max(phases.stream().mapToInt(Phase::examples).toArray());
        return new Forecast(
                phases.stream()
                        .map(phase -> stretch(phase, sequence, batch, network))
                        .collect(ImmutableList.toImmutableList()),
                network.parameters(),
                network.multiplyAdds(Math.min(batch, most)),
                network.multiplyAdds(dealt),
                memory(learner, data, sequence, network));
    }

    /** One pass over the examples, with no gradient. */
    private static Forecast ofSums(DiscriminantCost cost, Loaded data, TaskSequence sequence) {
        ImmutableList<Stretch> schedule = sequence.tasks().stream()
                .map(task -> {
                    int train = task.train().size();
                    return new Stretch(
                            task.name(),
                            task.classes().size(),
                            train,
                            task.test().size(),
                            DiscriminantCost.steps(train),
                            1,
                            cost.ofTask(train));
                })
                .collect(ImmutableList.toImmutableList());
        MultiplyAdds total = schedule.stream().map(Stretch::total).reduce(MultiplyAdds.NONE, MultiplyAdds::plus);
        return new Forecast(
                schedule,
                cost.parameters(),
                cost.perStep(schedule.stream().mapToInt(Stretch::train).max().orElseThrow()),
                total,
                new Memory(
                        examples(data) * sequence.features() * Float.BYTES,
                        Float.BYTES * cost.parameters(),
                        0,
                        OptionalLong.of(cost.memoryBytes())));
    }

    private static Stretch stretch(Phase phase, TaskSequence sequence, int batch, NetworkCost network) {
        List<Task> tasks = sequence.tasks().subList(phase.first(), phase.last() + 1);
        String last = tasks.get(tasks.size() - 1).name();
        return new Stretch(
                tasks.size() == 1 ? last : tasks.get(0).name() + " to " + last,
                (int) tasks.stream()
                        .flatMap(task -> task.classes().stream())
                        .distinct()
                        .count(),
                phase.examples(),
                tasks.stream().mapToInt(task -> task.test().size()).sum(),
                phase.steps(),
                phase.dealt(batch) / (double) phase.examples(),
                network.multiplyAdds(phase.dealt(batch)));
    }

    private static Memory memory(Learner learner, Loaded data, TaskSequence sequence, NetworkCost network) {
        Optimizer optimizer = learner.training().optimizer();
        long bytes = network.parameters() * Float.BYTES;
        return new Memory(
                examples(data) * sequence.features() * Float.BYTES,
                2 * bytes,
                optimizer.begin().moments() * bytes,
                learner instanceof Learner.OfTasks tasks
                        ? new StrategyMemory(network, sequence.tasks().size())
                                .bytes(tasks.strategy().apply(sequence))
                        : OptionalLong.empty());
    }

    /** Tasks that are split from a data set share its examples. */
    private static long examples(Loaded data) {
        if (data instanceof Loaded.OneSet set) {
            return (long) set.dataSet().train().size() + set.dataSet().test().size();
        }
        return ((Loaded.Tasks) data)
                .sequence().tasks().stream()
                        .mapToLong(
                                task -> (long) task.train().size() + task.test().size())
                        .sum();
    }
}
