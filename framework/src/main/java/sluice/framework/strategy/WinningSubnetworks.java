package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.EntryOptimizer;
import sluice.framework.plain.FlatOptimizer;
import sluice.framework.plain.MaskedParameters;
import sluice.framework.plain.ParameterBlock;
import sluice.framework.plain.PlainNetwork;

/**
 * Winning subnetworks, WSN (Kang et al. 2022): a task has a learned score v per hidden weight, and uses the weights of each
 * layer whose {@code |v|} are largest, as with {@link Supermasks}; but weights are learned along with the scores, as far
 * as the task uses them and no earlier one does. What an earlier task uses is fixed, and may be used again. There are no
 * hidden biases. The outputs of a task, which nothing shares, are its own, with all of their weights.
 *
 * <p>Weights and scores move by the setup's optimiser, begun anew with every task. Once a task is learned, what it uses is
 * never given to the optimiser again, and one bit per weight remains of its scores: nothing is forgotten, bit for bit.
 *
 * @param share of each hidden layer's weights that a task uses, in (0, 1]
 * @param scoreRate what the learning rate of scores is, for each of that of weights; above 0. 1 as published
 */
public record WinningSubnetworks(double share, double scoreRate) implements TaskToldStrategy {
    /** What the authors found best on permutations of MNIST. */
    public static final double DEFAULT_SHARE = 0.3;

    /** Checks the ranges. */
    public WinningSubnetworks {
        checkArgument(share > 0 && share <= 1, "share must be in (0, 1], got %s", share);
        checkArgument(
                scoreRate > 0 && Double.isFinite(scoreRate), "scoreRate must be above 0 and finite, got %s", scoreRate);
    }

    @Override
    public String name() {
        return "wsn";
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

        private final WinningSubnetworks settings;
        private final PlainTraining training;
        private final PlainNetwork network;
        private final FlatOptimizer scoreOptimizer;
        private final float[] scoreGradient;
        /** Of all tasks, in use or not; 0 in the place of hidden biases. */
        private final float[] weights;
        /** Of the present task. */
        private final WeightScores scores;
        /** Per task, a bit per parameter. */
        private final long[][] masks;

        private final MaskedParameters answers;
        private EntryOptimizer optimizer;
        private int shown = NONE;

        Learner(WinningSubnetworks settings, PlainTraining training) {
            this.settings = settings;
            this.training = training;
            this.network = training.network();
            this.weights = network.parameters().clone();
            for (ParameterBlock block : network.hiddenBlocks()) {
                Arrays.fill(weights, block.biases(), block.end(), 0);
            }
            this.scoreOptimizer = new FlatOptimizer(training.rule(), training.gradientClip(), weights.length);
            this.scoreGradient = new float[weights.length];
            this.scores = new WeightScores(training, settings.share, false);
            this.masks = new long[training.tasks()][MaskedParameters.words(weights.length)];
            this.answers = new MaskedParameters(masks);
            this.optimizer = optimizerOf(0);
            for (int task = 0; task < masks.length; task++) {
                scores.draw(task);
                keepMask(task);
            }
        }

        /** Of what no task before this one uses, and of its outputs. */
        private EntryOptimizer optimizerOf(int task) {
            long[] taken = new long[masks[0].length];
            for (int earlier = 0; earlier < task; earlier++) {
                for (int word = 0; word < taken.length; word++) {
                    taken[word] |= masks[earlier][word];
                }
            }
            IntStream hidden = network.hiddenBlocks().stream()
                    .flatMapToInt(block -> IntStream.range(block.start(), block.biases()))
                    .filter(i -> !isIn(taken, i));
            return new EntryOptimizer(
                    training.rule(),
                    training.gradientClip(),
                    IntStream.concat(hidden, IntStream.of(training.outputParameters(task)))
                            .toArray());
        }

        private static boolean isIn(long[] mask, int i) {
            return (mask[i / Long.SIZE] >>> i & 1) == 1;
        }

        private void keepMask(int task) {
            scores.keep(masks[task]);
            for (int i : training.outputParameters(task)) {
                masks[task][i / Long.SIZE] |= 1L << i;
            }
        }

        @Override
        public void begin(LearnedTask task) {
            scores.draw(task.index());
            scoreOptimizer.reset();
            optimizer = optimizerOf(task.index());
        }

        @Override
        public double step(Batch batch) {
            network.write(into -> {
                scores.choose(weights, into);
                int head = network.outputBlock().start();
                System.arraycopy(weights, head, into, head, weights.length - head);
            });
            shown = NONE;
            double loss = training.loss(batch);
            float[] gradient = network.gradient();
            scores.gradient(gradient, weights, scoreGradient);
            cutToUse(gradient);
            double factor = training.learningRateFactor();
            scoreOptimizer.step(scores.values(), scoreGradient, settings.scoreRate * factor);
            optimizer.step(weights, gradient, factor);
            return loss;
        }

        /** Of hidden weights that the task does not use at present, the gradient is 0. */
        private void cutToUse(float[] gradient) {
            float[] used = network.parameters();
            int end = network.outputBlock().start();
            for (int i = 0; i < end; i++) {
                gradient[i] = used[i] == 0 ? 0 : gradient[i];
            }
        }

        @Override
        public void end(LearnedTask task) {
            keepMask(task.index());
            shown = NONE;
        }

        @Override
        public void beforeInterimScores() {
            keepMask(training.task());
            shown = NONE;
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            state.floats("weights", weights, network.form());
            state.floats("scores", scores.values(), network.form());
            answers.tell(state, network.form());
            scoreOptimizer.state(state.part("score-optimizer"), network.form());
            if (state.restores()) {
                optimizer = optimizerOf(training.task());
                shown = NONE;
            }
            optimizer.state(state.part("optimizer"));
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
