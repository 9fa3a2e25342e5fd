package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.EntryOptimizer;
import sluice.framework.plain.KeptParameters;
import sluice.framework.plain.ParameterBlock;

/**
 * PackNet (Mallya and Lazebnik 2018): a task trains all hidden weights that no earlier one keeps; then, layer by layer,
 * the smallest of them are set to 0 and handed on to later tasks, and the others are trained again for the rest of the
 * steps, and kept as they are. A task is asked for with its own weights and those of earlier tasks. Hidden biases are
 * trained by the first task alone. The outputs of a task, which nothing shares, are its own and are not pruned.
 *
 * <p>What an earlier task keeps is never given to the optimiser, and each phase begins with an optimiser of its own:
 * nothing is forgotten, bit for bit.
 *
 * @param pruned share of a layer's weights, not yet kept, that a task hands on, in (0, 1)
 * @param retraining share of the task's steps after the pruning, in [0, 1)
 */
public record PackNet(double pruned, double retraining) implements TaskToldStrategy {
    /** The authors train for 20 epochs, prune, and train for 10 more. */
    public static final double DEFAULT_RETRAINING = 1.0 / 3;

    /** Checks the ranges. */
    public PackNet {
        checkArgument(pruned > 0 && pruned < 1, "pruned must be in (0, 1), got %s", pruned);
        checkArgument(retraining >= 0 && retraining < 1, "retraining must be in [0, 1), got %s", retraining);
    }

    /**
     * A share to hand on that leaves room for every task: the first of T keeps {@code 1/T} of the weights, the last a
     * third of that or a little more. With few tasks it is one half, the least that the authors tried.
     *
     * @param tasks of the sequence, at least 1
     * @return pruned
     */
    public static double defaultPruned(int tasks) {
        checkArgument(tasks >= 1, "tasks must be at least 1, got %s", tasks);
        return Math.max(0.5, 1 - 1.0 / tasks);
    }

    @Override
    public String name() {
        return "packnet";
    }

    /** Pruning comes after a share of all steps, so that none may be left out. */
    @Override
    public StrategyTraits traits() {
        return TaskToldStrategy.super.traits().without(StrategyTraits.Setting.VALIDATION);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of(Short.BYTES * network.parameters());
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    private static final class Learner implements TaskLearner {
        /** In the place of a task, of a parameter that none keeps; later than any. */
        private static final short NOBODY = Short.MAX_VALUE;

        private final PackNet packNet;
        private final PlainTraining training;
        /** Per parameter, the task that keeps it. */
        private final short[] keeper;
        /** The parameters, while an earlier task is asked for, or those of a layer that are pruned. */
        private final float[] scratch;

        private final LargestMagnitudes largest;
        private EntryOptimizer optimizer;
        private long stepsToPruning;

        Learner(PackNet packNet, PlainTraining training) {
            this.packNet = packNet;
            this.training = training;
            int parameters = training.network().parameters().length;
            this.keeper = new short[parameters];
            this.scratch = new float[parameters];
            this.largest = new LargestMagnitudes(parameters);
            this.optimizer = optimizerOf(i -> false);
            Arrays.fill(keeper, NOBODY);
            for (int t = 0; t < training.tasks(); t++) {
                for (int i : training.outputParameters(t)) {
                    keeper[i] = (short) t;
                }
            }
        }

        @Override
        public void begin(LearnedTask task) {
            optimizer = optimizerOf(i -> keeper[i] == NOBODY || keeper[i] == task.index());
            stepsToPruning = Math.max(1, task.steps() - Math.round(packNet.retraining * task.steps()));
        }

        @Override
        public double step(Batch batch) {
            if (stepsToPruning == 0) {
                prune(training.task());
            }
            stepsToPruning--;
            double loss = training.loss(batch);
            float[] gradient = training.network().gradient();
            training.network().write(parameters -> optimizer.step(parameters, gradient, training.learningRateFactor()));
            return loss;
        }

        @Override
        public void end(LearnedTask task) {
            // before its time, where the task is ended early
            if (stepsToPruning >= 0) {
                prune(task.index());
                stepsToPruning = -1;
            }
        }

        private void prune(int task) {
            training.network().write(parameters -> {
                for (ParameterBlock block : training.network().hiddenBlocks()) {
                    prune(task, block, parameters);
                }
            });
            optimizer = optimizerOf(i -> keeper[i] == task);
        }

        private void prune(int task, ParameterBlock block, float[] parameters) {
            int free = 0;
            for (int i = block.start(); i < block.biases(); i++) {
                if (keeper[i] == NOBODY) {
                    scratch[free++] = parameters[i];
                }
            }
            int kept = free - (int) Math.round(packNet.pruned * free);
            float least = kept == 0 ? Float.POSITIVE_INFINITY : largest.smallestOf(kept, scratch, 0, free);
            for (int i = block.start(); i < block.biases(); i++) {
                if (keeper[i] == NOBODY) {
                    // 0 does nothing for the task, and may for a later one
                    boolean keeps = Math.abs(parameters[i]) >= least && parameters[i] != 0;
                    keeper[i] = keeps ? (short) task : NOBODY;
                    parameters[i] = keeps ? parameters[i] : 0;
                }
            }
            if (keeper[block.biases()] == NOBODY) {
                Arrays.fill(keeper, block.biases(), block.end(), (short) task);
            }
        }

        private int[] keepers() {
            int[] keepers = new int[keeper.length];
            for (int i = 0; i < keeper.length; i++) {
                keepers[i] = keeper[i];
            }
            return keepers;
        }

        private EntryOptimizer optimizerOf(IntPredicate entries) {
            return new EntryOptimizer(
                    training.rule(),
                    training.gradientClip(),
                    IntStream.range(0, keeper.length).filter(entries).toArray());
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            int[] keepers = keepers();
            state.ints("keepers", keepers, training.network().form());
            stepsToPruning = state.count("stepsToPruning", stepsToPruning);
            if (state.restores()) {
                for (int i = 0; i < keeper.length; i++) {
                    keeper[i] = (short) keepers[i];
                }
                int task = training.task();
                boolean pruned = stepsToPruning < 0;
                optimizer = optimizerOf(i -> keeper[i] == task || (!pruned && keeper[i] == NOBODY));
            }
            optimizer.state(state.part("optimizer"));
        }

        @Override
        public float[] scores(Batch batch, int task) {
            if (task >= training.task()) {
                return training.forward(batch);
            }
            training.network().write(parameters -> {
                System.arraycopy(parameters, 0, scratch, 0, scratch.length);
                for (int i = 0; i < keeper.length; i++) {
                    parameters[i] = keeper[i] > task ? 0 : parameters[i];
                }
            });
            float[] scores = training.forward(batch);
            training.network().write(parameters -> System.arraycopy(scratch, 0, parameters, 0, scratch.length));
            return scores;
        }

        @Override
        public Optional<Answering> answering() {
            return Optional.of(new KeptParameters(keepers()));
        }

        /** Which of the tasks keeps a hidden weight, or that none does, is said by as few bits as will do. */
        @Override
        public Optional<WeightCapacity> capacity(int tasks) {
            int used = 0;
            for (short task : keeper) {
                used += task < tasks ? 1 : 0;
            }
            long bits = (long) Integer.SIZE - Integer.numberOfLeadingZeros(tasks);
            return Optional.of(
                    new WeightCapacity(keeper.length, used, bits * WeightCapacity.hiddenWeights(training.network())));
        }

        @Override
        public long memoryBytes() {
            return (long) Short.BYTES * keeper.length;
        }
    }
}
