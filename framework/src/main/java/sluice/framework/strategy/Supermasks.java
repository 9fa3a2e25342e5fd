package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

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

        private final PlainTraining training;
        private final PlainNetwork network;
        private final FlatOptimizer optimizer;
        /** Fixed; 0 in the place of biases. */
        private final float[] weights;
        /** Of the present task. */
        private final WeightScores scores;
        /** Per task, a bit per parameter. */
        private final long[][] masks;

        private final MaskedParameters answers;
        private int shown = NONE;

        Learner(Supermasks supermasks, PlainTraining training) {
            this.training = training;
            this.network = training.network();
            int parameters = network.parameters().length;
            this.optimizer = new FlatOptimizer(training.rule(), training.gradientClip(), parameters);
            this.weights = new float[parameters];
            this.scores = new WeightScores(training, supermasks.share, true);
            this.masks = new long[training.tasks()][MaskedParameters.words(parameters)];
            this.answers = new MaskedParameters(masks);
            RandomGenerator random = training.random("fixed-weights");
            for (ParameterBlock block : network.blocks()) {
                float constant = (float) Math.sqrt(2.0 / block.inputs());
                for (int i = block.start(); i < block.biases(); i++) {
                    weights[i] = random.nextBoolean() ? constant : -constant;
                }
            }
            for (int task = 0; task < masks.length; task++) {
                scores.draw(task);
                scores.keep(masks[task]);
            }
        }

        @Override
        public void begin(LearnedTask task) {
            scores.draw(task.index());
            optimizer.reset();
        }

        @Override
        public double step(Batch batch) {
            network.write(into -> scores.choose(weights, into));
            shown = NONE;
            double loss = training.loss(batch);
            float[] gradient = network.gradient();
            scores.gradient(gradient, weights, gradient);
            optimizer.step(scores.values(), gradient, training.learningRateFactor());
            return loss;
        }

        @Override
        public void end(LearnedTask task) {
            scores.keep(masks[task.index()]);
        }

        @Override
        public void beforeInterimScores() {
            scores.keep(masks[training.task()]);
            shown = NONE;
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            state.floats("scores", scores.values(), network.form());
            answers.tell(state, network.form());
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
            return answers.bytes();
        }
    }
}
