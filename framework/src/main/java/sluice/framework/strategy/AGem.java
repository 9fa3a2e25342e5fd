package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Batch;
import sluice.tasks.TaskSequence;

/**
 * Averaged gradient episodic memory (Chaudhry et al. 2019): a step must not raise the mean loss of a sample of the
 * memory, to first order. With g the gradient of the present examples and g_ref that of as many stored ones, g is used as
 * it is where {@code g' g_ref >= 0}, else {@code g - (g' g_ref) / (g_ref' g_ref) g_ref} (eq. 11). The memory takes a
 * task's examples in, each once, when the task ends, equally many of each class.
 *
 * @param memory room for examples in all, at least 1
 */
public record AGem(int memory) implements PlainStrategy {
    /** Checks the range. */
    public AGem {
        checkArgument(memory >= 1, "memory must be at least 1, got %s", memory);
    }

    @Override
    public String name() {
        return "a-gem";
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
        return new Learner(training, new ReplayMemory(ExperienceReplay.Kind.BALANCED, memory, training));
    }

    private static final class Learner implements WholeNetworkLearner {
        private final PlainTraining training;
        private final ReplayMemory memory;
        private final Batch sample;
        private final float[] reference;

        Learner(PlainTraining training, ReplayMemory memory) {
            this.training = training;
            this.memory = memory;
            this.sample =
                    new Batch(training.network().rows(), training.network().features());
            this.reference = new float[training.network().parameters().length];
        }

        @Override
        public double step(Batch batch) {
            sample.clear();
            if (memory.sample(batch.size(), sample) > 0) {
                training.loss(sample, reference);
            }
            double loss = training.loss(batch);
            if (sample.size() > 0) {
                project(training.network().gradient(), reference);
            }
            training.move();
            return loss;
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

    /** Takes from {@code gradient} what points against {@code reference}. */
    static void project(float[] gradient, float[] reference) {
        double product = dot(gradient, reference);
        if (product < 0) {
            float share = (float) (product / dot(reference, reference));
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] -= share * reference[i];
            }
        }
    }

    /** In four chains, so that one addition need not wait for the last. */
    static double dot(float[] a, float[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += (double) a[i] * b[i];
            s1 += (double) a[i + 1] * b[i + 1];
            s2 += (double) a[i + 2] * b[i + 2];
            s3 += (double) a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += (double) a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
