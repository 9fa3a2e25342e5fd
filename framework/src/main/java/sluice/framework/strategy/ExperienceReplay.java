package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Batch;
import sluice.tasks.TaskSequence;

/**
 * Experience replay: some examples are stored, and each step sees as many of them as of the present task. The memory
 * takes a task's examples in, each once, when the task ends. As van de Ven and Tolias (2019) weigh replay, the loss from
 * the second task on is {@code 1/t} times the mean cross-entropy of the present examples plus {@code 1 - 1/t} times that
 * of the replayed ones, t being the task, counted from 1: all tasks weigh alike.
 *
 * @param memory room for examples in all, at least 1
 * @param kind which are kept
 */
public record ExperienceReplay(int memory, Kind kind) implements PlainStrategy {
    /** Room for 100 examples per class in a sequence of ten, as in the comparison of van de Ven et al. (2022). */
    public static final int DEFAULT_MEMORY = 1000;

    /** Which examples are kept. */
    public enum Kind {
        /** A uniform sample of all examples so far (Vitter 1985, algorithm R). */
        RESERVOIR,
        /**
         * Equally many of each class of each task so far, or all there are of a rare one; each class's are a uniform
         * sample of it (Chrysakis and Moens 2020, algorithm 1).
         */
        BALANCED
    }

    /** Checks the range. */
    public ExperienceReplay {
        checkArgument(memory >= 1, "memory must be at least 1, got %s", memory);
    }

    @Override
    public String name() {
        return kind == Kind.BALANCED ? "er-balanced" : "er";
    }

    @Override
    public int extraRows(int replayed) {
        return replayed;
    }

    @Override
    public void check(TaskSequence sequence) {
        ReplayMemory.check(memory, sequence);
    }

    @Override
    public StrategyTraits traits() {
        return PlainStrategy.super.traits().storing(memory);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of(ReplayMemory.bytes(memory, network.features()));
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(training, new ReplayMemory(kind, memory, training));
    }

    private static final class Learner implements WholeNetworkLearner {
        private final PlainTraining training;
        private final ReplayMemory memory;

        Learner(PlainTraining training, ReplayMemory memory) {
            this.training = training;
            this.memory = memory;
        }

        @Override
        public double step(Batch batch) {
            int present = batch.size();
            int replayed = memory.sample(present, batch);
            double share = 1.0 / (training.task() + 1);
            training.forward(batch);
            double loss = training.loss(batch, 0, present, share);
            training.loss(batch, present, present + replayed, 1 - share);
            training.backward();
            training.move();
            return loss / share;
        }

        @Override
        public void end(LearnedTask task) {
            memory.offerAll(task);
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            memory.state(state);
        }

        @Override
        public PlainTraining training() {
            return training;
        }

        @Override
        public long memoryBytes() {
            return memory.bytes();
        }
    }
}
