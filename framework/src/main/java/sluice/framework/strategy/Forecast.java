package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.OptionalLong;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.discriminant.DiscriminantCost;
import sluice.framework.network.NetworkCost;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.Loaded;
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
     * @param classes of these tasks; 0 where they predict numbers
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
        /** {@return all that is known of} */
        public long total() {
            return data + network + optimizer + strategy.orElse(0);
        }
    }

    /** {@return steps in all} */
    public long steps() {
        return schedule.stream().mapToLong(Stretch::steps).sum();
    }

    /**
     * {@return what such a training takes, without the memory of the data}
     *
     * @param phases of the training, in order
     * @param sequence the tasks
     * @param training how long each is trained
     * @param network for them, without gates
     * @param strategy bytes that are kept beside the network, if they are known
     */
    public static Forecast ofTraining(
            List<Phase> phases,
            TaskSequence sequence,
            TrainingSettings training,
            NetworkCost network,
            OptionalLong strategy) {
        int batch = training.batchSize();
        long dealt = phases.stream().mapToLong(phase -> phase.dealt(batch)).sum();
        int most = Ints.max(phases.stream().mapToInt(Phase::examples).toArray());
        long bytes = network.parameters() * Float.BYTES;
        return new Forecast(
                phases.stream()
                        .map(phase -> stretch(phase, sequence, batch, network))
                        .collect(ImmutableList.toImmutableList()),
                network.parameters(),
                network.multiplyAdds(Math.min(batch, most)),
                network.multiplyAdds(dealt),
                new Memory(0, 2 * bytes, training.optimizer().begin().moments() * bytes, strategy));
    }

    /** One pass over the examples, with no gradient. */
    static Forecast ofSums(DiscriminantCost cost, TaskSequence sequence) {
        ImmutableList<Stretch> schedule = sequence.tasks().stream()
                .map(task -> {
                    int train = task.train().size();
                    return new Stretch(
                            task.name(),
                            task.isRegression() ? 0 : task.classes().size(),
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
                new Memory(0, Float.BYTES * cost.parameters(), 0, OptionalLong.of(cost.memoryBytes())));
    }

    private static Stretch stretch(Phase phase, TaskSequence sequence, int batch, NetworkCost network) {
        List<Task> tasks = sequence.tasks().subList(phase.first(), phase.last() + 1);
        String last = tasks.get(tasks.size() - 1).name();
        return new Stretch(
                tasks.size() == 1 ? last : tasks.get(0).name() + " to " + last,
                (int) tasks.stream()
                        .filter(task -> !task.isRegression())
                        .flatMap(task -> task.classes().stream())
                        .distinct()
                        .count(),
                phase.examples(),
                tasks.stream().mapToInt(task -> task.test().size()).sum(),
                phase.steps(),
                phase.dealt(batch) / (double) phase.examples(),
                network.multiplyAdds(phase.dealt(batch)));
    }

    /**
     * {@return the same with the memory that the examples take}
     *
     * @param data loaded
     * @param features of an example
     */
    public Forecast on(Loaded data, int features) {
        return new Forecast(
                schedule,
                parameters,
                perStep,
                total,
                new Memory(examples(data) * features * Float.BYTES, memory.network, memory.optimizer, memory.strategy));
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
