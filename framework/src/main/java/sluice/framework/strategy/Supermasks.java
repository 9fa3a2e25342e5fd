package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.FlatOptimizer;
import sluice.framework.plain.MaskedParameters;
import sluice.framework.plain.ParameterBlock;
import sluice.framework.plain.PlainNetwork;

/**
 * Supermasks in superposition, SupSup, with the task given at training and at test (Wortsman et al. 2020): weights are
 * drawn once, {@code +-sqrt(2 / inputs)}, and never learned; a task learns which of them to use. It has a score v per
 * weight, and in every layer the weights with the largest {@code |v|} are used, the others are 0. The gradient passes
 * through the choice as if it were not there: {@code dL/d|v| = w dL/d(w m)} (Ramanujan et al. 2020, section 3). There are
 * no biases. Of the output layer a task uses its own outputs alone.
 *
 * <p>Scores move by the setup's optimiser, begun anew with every task. Once a task is learned, one bit per weight remains
 * of it, and as weights and masks never change, nothing is forgotten, bit for bit.
 *
 * @param share of each layer's weights that a task uses, in (0, 1]
 */
public record Supermasks(double share) implements TaskToldStrategy {
    /** Where the choice among masks is largest. */
    public static final double DEFAULT_SHARE = 0.5;

    /** Checks the range. */
    public Supermasks {
        checkArgument(share > 0 && share <= 1, "share must be in (0, 1], got %s", share);
    }

    @Override
    public String name() {
        return "supermasks";
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of((long) Long.BYTES * tasks * MaskedParameters.words(network.parameters()));
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    private static final class Learner implements TaskLearner {
        private static final int NONE = -1;

        private final double share;
        private final PlainTraining training;
        private final PlainNetwork network;
        private final FlatOptimizer optimizer;
        private final LargestMagnitudes[] largest;
        /** Fixed; 0 in the place of biases. */
        private final float[] weights;
        /** Scores of the present task; 0 where it has no choice. */
        private final float[] v;
        /** Per task, a bit per parameter. */
        private final long[][] masks;

        private final MaskedParameters answers;
        private int outputsOfTask;
        private int shown = NONE;

        Learner(Supermasks supermasks, PlainTraining training) {
            this.share = supermasks.share;
            this.training = training;
            this.network = training.network();
            int parameters = network.parameters().length;
            this.optimizer = new FlatOptimizer(training.rule(), training.gradientClip(), parameters);
            this.weights = new float[parameters];
            this.v = new float[parameters];
            this.largest = new LargestMagnitudes[network.blocks().size()];
            this.masks = new long[training.tasks()][MaskedParameters.words(parameters)];
            this.answers = new MaskedParameters(masks);
            RandomGenerator random = training.random("fixed-weights");
            for (int l = 0; l < largest.length; l++) {
                ParameterBlock block = network.blocks().get(l);
                largest[l] = new LargestMagnitudes(block.biases() - block.start());
                float constant = (float) Math.sqrt(2.0 / block.inputs());
                for (int i = block.start(); i < block.biases(); i++) {
                    weights[i] = random.nextBoolean() ? constant : -constant;
                }
            }
            for (int task = 0; task < masks.length; task++) {
                drawScores(task);
                keepMask(task);
            }
        }

        @Override
        public void begin(LearnedTask task) {
            drawScores(task.index());
            optimizer.reset();
        }

        private void drawScores(int task) {
            RandomGenerator random = training.random("scores of task " + task);
            for (ParameterBlock block : network.hiddenBlocks()) {
                for (int i = block.start(); i < block.biases(); i++) {
                    v[i] = drawScore(block, random);
                }
            }
            ParameterBlock head = network.outputBlock();
            Arrays.fill(v, head.start(), head.end(), 0);
            outputsOfTask = training.outputs().learning(task).to()
                    - training.outputs().learning(task).from();
            for (int i : training.outputParameters(task)) {
                v[i] = i < head.biases() ? drawScore(head, random) : 0;
            }
        }

        private static float drawScore(ParameterBlock block, RandomGenerator random) {
            return (2 * random.nextFloat() - 1) / (float) Math.sqrt(block.inputs());
        }

        @Override
        public double step(Batch batch) {
            network.write(this::choose);
            shown = NONE;
            double loss = training.loss(batch);
            float[] gradient = network.gradient();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= weights[i] * Math.copySign(1f, v[i]);
            }
            optimizer.step(v, gradient, training.learningRateFactor());
            return loss;
        }

        /** Writes the weights with the largest scores of each layer, and 0 for the others. */
        private void choose(float[] into) {
            for (int l = 0; l < largest.length; l++) {
                ParameterBlock block = network.blocks().get(l);
                int least = Float.floatToRawIntBits(leastOf(l));
                for (int i = block.start(); i < block.biases(); i++) {
                    // magnitudes are ordered as their bits are; a branch would be guessed wrongly every other time
                    int below = ((Float.floatToRawIntBits(v[i]) & Integer.MAX_VALUE) - least) >> 31;
                    into[i] = Float.intBitsToFloat(Float.floatToRawIntBits(weights[i]) & ~below);
                }
                Arrays.fill(into, block.biases(), block.end(), 0);
            }
        }

        /** The least magnitude of a score that a layer's mask takes. */
        private float leastOf(int layer) {
            ParameterBlock block = network.blocks().get(layer);
            int units = layer == largest.length - 1 ? outputsOfTask : block.units();
            int chosen = (int) Math.max(1, Math.round(share * block.inputs() * units));
            return largest[layer].smallestOf(chosen, v, block.start(), block.biases());
        }

        @Override
        public void end(LearnedTask task) {
            keepMask(task.index());
        }

        @Override
        public void beforeInterimScores() {
            keepMask(training.task());
            shown = NONE;
        }

        private void keepMask(int task) {
            long[] mask = masks[task];
            Arrays.fill(mask, 0);
            for (int l = 0; l < largest.length; l++) {
                ParameterBlock block = network.blocks().get(l);
                float least = leastOf(l);
                for (int i = block.start(); i < block.biases(); i++) {
                    mask[i / Long.SIZE] |= Math.abs(v[i]) >= least ? 1L << i : 0;
                }
            }
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            state.floats("scores", v, network.form());
            for (int t = 0; t < masks.length; t++) {
                if (state.has("mask-" + (t + 1))) {
                    state.bits("mask-" + (t + 1), masks[t], network.form());
                }
            }
            optimizer.state(state.part("optimizer"), network.form());
            shown = state.restores() ? NONE : shown;
        }

        @Override
        public void drawn(State state) {
            state.floats("fixed", weights, network.form());
        }

        @Override
        public float[] scores(Batch batch, int task) {
            if (shown != task) {
                answers.show(network, weights, task);
                shown = task;
            }
            return training.forward(batch);
        }

        @Override
        public Optional<Answering> answering() {
            network.write(parameters -> System.arraycopy(weights, 0, parameters, 0, weights.length));
            shown = NONE;
            return Optional.of(answers);
        }

        @Override
        public Optional<WeightCapacity> capacity(int tasks) {
            return Optional.of(WeightCapacity.of(network, masks, tasks));
        }

        @Override
        public long memoryBytes() {
            return (long) Long.BYTES * masks.length * masks[0].length;
        }
    }
}
