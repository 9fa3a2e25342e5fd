package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.network.NetworkCost;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** A way of learning tasks one after another; an immutable value. */
public interface Strategy {
    /** {@return the name that scripts and reports use} */
    String name();

    /** {@return the scenarios that it can serve; all unless it says otherwise} */
    default ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.copyOf(Scenario.values());
    }

    /** {@return what is known of it before it learns; the usual unless it says otherwise} */
    default StrategyTraits traits() {
        return StrategyTraits.DEFAULT;
    }

    /**
     * What a run records of it, so that it can be told from others: of a record its components by name, else its text.
     *
     * @return its name alone, or a map from its name to more: numbers, texts, lists and maps
     */
    default Object settings() {
        if (!(this instanceof Record record)) {
            return toString();
        }
        Map<String, Object> components = Recorded.components(record);
        return components.isEmpty() ? name() : Map.of(name(), components);
    }

    /**
     * {@return examples that its network has room for in a step}
     *
     * @param sequence the tasks
     * @param batchSize examples of a mini-batch
     */
    default long stepExamples(TaskSequence sequence, int batchSize) {
        int largestTask = sequence.tasks().stream()
                .mapToInt(task -> task.train().size())
                .max()
                .orElse(0);
        return Math.min(batchSize, largestTask);
    }

    /** {@return whether its network may be widened as it learns} */
    default boolean grows() {
        return false;
    }

    /**
     * {@return what learns in its place there; itself unless it says otherwise}
     *
     * @param scenario of a sequence
     */
    default Strategy inScenario(Scenario scenario) {
        return this;
    }

    /**
     * What will surprise whoever names it in a scenario, though nothing is wrong with it.
     *
     * @param scenario of a sequence
     * @return a line; empty unless it says otherwise
     */
    default Optional<String> surprise(Scenario scenario) {
        return Optional.empty();
    }

    /**
     * What of its network will surprise whoever has it learn these tasks, though nothing is wrong with it.
     *
     * @param sequence of tasks
     * @param setup the network's shape, and how it is trained
     * @return remarks; none unless it says otherwise
     */
    default ImmutableList<Remark> surprises(TaskSequence sequence, Setup setup) {
        return ImmutableList.of();
    }

    /**
     * What it will keep beside the network's own parameters, as the metric {@code memory_bytes} of a run will have it.
     *
     * @param network that it trains
     * @param tasks of the sequence
     * @return bytes; empty where they are not known beforehand
     */
    default OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.empty();
    }

    /**
     * What a run will take, reckoned without training.
     *
     * @param sequence the tasks
     * @param network for them, without gates
     * @param setup how it is trained
     * @return the forecast, without the memory of the data
     */
    default Forecast forecast(TaskSequence sequence, NetworkCost network, Setup setup) {
        return Forecast.ofTraining(
                Phase.of(traits().curriculum(), sequence, setup.training()),
                sequence,
                setup.training(),
                network,
                memoryBytes(network, sequence));
    }

    /**
     * What it keeps of these tasks; unless it says otherwise, what it keeps of so many.
     *
     * @param network that is trained
     * @param sequence the tasks
     * @return bytes beside the network's parameters, after the last task; empty where they are not known beforehand
     */
    default OptionalLong memoryBytes(NetworkCost network, TaskSequence sequence) {
        return memoryBytes(network, sequence.tasks().size());
    }

    /**
     * Refuses, before any training, a sequence that it could learn only with other parameters.
     *
     * @param sequence the tasks
     * @throws sluice.tasks.InputException saying which parameter does not fit the sequence, and what would
     */
    default void check(TaskSequence sequence) {}

    /** {@return the earlier run that it goes on with; none unless it says otherwise} */
    default Optional<PriorRun> goesOn() {
        return Optional.empty();
    }

    /**
     * {@return the same with tasks that it learned in earlier runs, to be asked again; itself where it goes on with none}
     *
     * @param tasks what is at hand of them
     */
    default Strategy asking(EarlierTasks tasks) {
        return this;
    }

    /**
     * {@return the tasks as it learns them after those of the run that it goes on with}
     *
     * @param sequence the tasks
     * @param setup how it is trained
     * @throws sluice.tasks.InputException if they do not fit that run
     */
    default TaskSequence next(TaskSequence sequence, Setup setup) {
        return sequence;
    }

    /**
     * {@return the tasks behind those that its network has learned in earlier runs, of which no examples are there; as they are unless it
     * says otherwise}
     *
     * @param sequence the tasks, as {@link #next} gives them
     */
    default TaskSequence withEarlier(TaskSequence sequence) {
        return sequence;
    }

    /**
     * Learns the tasks of a sequence on a fresh network.
     *
     * @param sequence the tasks, of a scenario that the strategy serves
     * @param setup the network's shape, and how it is trained
     * @param listener told of progress
     * @return accuracy of every task after every task, and what each took; where the listener's {@linkplain TrainingListener#control
     *     control} ended the training, of the tasks that were learned by then, which its model, if any, can be asked for
     * @throws sluice.framework.result.DivergedException if the loss becomes NaN or infinite
     * @throws IllegalArgumentException if the strategy cannot serve the sequence's scenario
     * @throws sluice.tasks.InputException as {@link #check} does
     */
    TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener);

    /**
     * {@return whether it can be gone on with from a checkpoint of these tasks}
     *
     * @param sequence the tasks
     */
    default boolean keepsCheckpoints(TaskSequence sequence) {
        return false;
    }

    /**
     * Learns the tasks of a sequence, or goes on with that from a checkpoint of the same tasks and setup.
     *
     * @param sequence the tasks, of which {@link #keepsCheckpoints} is true
     * @param setup the network's shape, and how it is trained
     * @param listener told of progress
     * @param checkpoints what to go on from, and who takes others
     * @return as {@link #learn(TaskSequence, Setup, TrainingListener)}
     */
    default TrainingResult learn(
            TaskSequence sequence, Setup setup, TrainingListener listener, Checkpoints checkpoints) {
        throw new UnsupportedOperationException("strategy %s keeps no checkpoints".formatted(name()));
    }
}
