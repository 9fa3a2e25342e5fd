package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.Shuffling;
import sluice.framework.optimizer.Optimizers;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.gating.GateEstimation;
import sluice.gating.GradientEstimator;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.tasks.Examples;

/**
 * Trains the neurons at exits: stochastic binary ones, each of which looks at what the head there says and draws whether the example
 * stops. What is descended is the expected cross-entropy of the head at which an example stops, and beside it its expected
 * multiply-adds, by a multiplier that grows while their mean is above the budget.
 */
final class ExitNeurons {
    private static final int EPOCHS = 60;
    private static final int BATCH = 100;
    private static final double RATE = 0.01;
    private static final double MULTIPLIER_RATE = 0.01;

    /** Neurons begin with stopping most examples early: what goes on to a large part is dear. */
    private static final float FIRST_BIAS = 2;

    private static final double FIRST_MULTIPLIER = 0.05;

    private static final double LEAST_VARIANCE = 1e-6;

    private final int exits;
    private final int features;
    /** [exits][examples][features] of what a neuron looks at, standardised. */
    private final float[][][] seen;

    /** [exits][features] */
    private final double[][] means;
    /** [exits][features] */
    private final double[][] deviations;

    private final double[][] losses;
    private final double[][] costs;
    private final float[][] weights;
    private final float[][] gradients;
    private final float[][][] moments;
    private final double[] logits;
    private final double[] gradient;
    private final double[] told;
    private double multiplier = FIRST_MULTIPLIER;

    private ExitNeurons(ExitModel model, Examples examples, double budget, int running) {
        int classes = model.shape().classes();
        this.exits = model.shape().exits() - 1;
        this.features = Confidence.features(classes);
        this.seen = new float[exits][examples.size()][];
        this.losses = new double[exits + 1][examples.size()];
        this.costs = new double[exits + 1][examples.size()];
        try (ExitPass pass = model.pass(Math.max(1, Math.min(examples.size(), ExitModel.ROWS)))) {
            pass.run(examples, (example, part, said, multiplyAdds) -> {
                Margins.logSoftmax(said);
                if (part < exits) {
                    seen[part][example] = Confidence.look(said);
                }
                losses[part][example] = -said[examples.label(example)];
                costs[part][example] = (multiplyAdds + (long) Math.min(part + 1, exits) * features) / budget;
                return true;
            });
        }
        this.means = new double[exits][features];
        this.deviations = new double[exits][features];
        for (int k = 0; k < exits; k++) {
            standardise(k);
        }
        this.weights = new float[exits][features];
        for (float[] neuron : weights) {
            neuron[features - 1] = FIRST_BIAS;
        }
        this.gradients = new float[exits][features];
        this.moments = new float[exits][running][features];
        this.logits = new double[BATCH * exits];
        this.gradient = new double[BATCH * exits];
        this.told = new double[BATCH];
    }

    /**
     * {@return the neurons, of each exit the weights of what it looks at, then its bias}
     *
     * @param model whose heads are trained
     * @param examples that heads have not learned from
     * @param budget mean multiply-adds of an example; between the first exit and the whole where none is set
     * @param estimator of gradients through the draws
     */
    static ImmutableList<float[]> train(
            ExitModel model, Examples examples, long budget, GradientEstimator estimator, RandomStreams streams) {
        ExitShape shape = model.shape();
        int exits = shape.exits() - 1;
        if (exits == 0 || examples.size() == 0) {
            return ImmutableList.of();
        }
        double aim = budget == ExitTrainer.NO_BUDGET
                ? Math.sqrt((double) shape.multiplyAdds(0) * shape.multiplyAdds(exits))
                : budget;
        ParameterUpdate update = Optimizers.BY_NAME.get("adam").of(RATE, 0, 0).begin();
        ExitNeurons neurons = new ExitNeurons(model, examples, aim, update.moments());
        neurons.descend(estimator.begin(Gater.layout(exits, BATCH)), update, streams);
        return neurons.ofLogarithms();
    }

    /**
     * Logarithms of probabilities are far below zero, all of them the further the surer a head is: as they are, a step that is to let all
     * examples go on moves the surest most. The bias, which is last, stays.
     */
    private void standardise(int exit) {
        float[][] examples = seen[exit];
        deviations[exit][features - 1] = 1;
        for (int i = 0; i < features - 1; i++) {
            double sum = 0;
            double squares = 0;
            for (float[] looked : examples) {
                sum += looked[i];
                squares += (double) looked[i] * looked[i];
            }
            means[exit][i] = sum / examples.length;
            double variance = squares / examples.length - means[exit][i] * means[exit][i];
            deviations[exit][i] = variance > LEAST_VARIANCE ? Math.sqrt(variance) : 1;
            for (float[] looked : examples) {
                looked[i] = (float) ((looked[i] - means[exit][i]) / deviations[exit][i]);
            }
        }
    }

    /** The neurons' weights for what they look at as it is. */
    private ImmutableList<float[]> ofLogarithms() {
        ImmutableList.Builder<float[]> neurons = ImmutableList.builder();
        for (int k = 0; k < exits; k++) {
            float[] neuron = new float[features];
            double bias = weights[k][features - 1];
            for (int i = 0; i < features - 1; i++) {
                neuron[i] = (float) (weights[k][i] / deviations[k][i]);
                bias -= neuron[i] * means[k][i];
            }
            neuron[features - 1] = (float) bias;
            neurons.add(neuron);
        }
        return neurons.build();
    }

    private void descend(GateEstimation estimation, ParameterUpdate update, RandomStreams streams) {
        int[] order = IntStream.range(0, losses[0].length).toArray();
        int batches = (order.length + BATCH - 1) / BATCH;
        long step = 0;
        RandomGenerator shuffling = streams.stream("exit-neurons-shuffling");
        RandomGenerator noise = streams.stream("exit-neurons");
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Shuffling.shuffle(order, shuffling);
            for (int b = 0; b < batches; b++) {
                int[] batch = Arrays.copyOfRange(order, b * BATCH, Math.min(order.length, (b + 1) * BATCH));
                Progress progress = new Progress(epoch, EPOCHS, b, batches);
                say(batch);
                estimation.draw(logits, 1, progress, batch.length, noise);
                for (int p : estimation.evaluationOrder()) {
                    answer(estimation.probes().get(p), batch);
                }
                estimation.gradient(gradient);
                update.beginStep(++step, 1 - progress.ofTask());
                move(update, batch);
                multiplier = Math.max(0, multiplier + MULTIPLIER_RATE * Math.min(1, expectedCost(batch) - 1));
            }
        }
    }

    private void say(int[] batch) {
        for (int r = 0; r < batch.length; r++) {
            for (int k = 0; k < exits; k++) {
                logits[r * exits + k] = Confidence.logit(weights[k], seen[k][batch[r]]);
            }
        }
    }

    /** What an example costs that stops at an exit. */
    private double cost(int exit, int example) {
        return losses[exit][example] + multiplier * costs[exit][example];
    }

    /** Tells a probe the loss of each example under its draw, and how that would change with each gate. */
    private void answer(Probe probe, int[] batch) {
        double[] ofExits = new double[exits + 1];
        double[] gates = new double[exits];
        double[] slopes = new double[exits];
        for (int r = 0; r < batch.length; r++) {
            for (int k = 0; k <= exits; k++) {
                ofExits[k] = cost(k, batch[r]);
            }
            System.arraycopy(probe.gates(), r * exits, gates, 0, exits);
            told[r] = stopped(ofExits, gates, slopes);
            for (int k = 0; k < exits && probe.needsUpstream(); k++) {
                probe.upstream()[r * exits + k] = slopes[k] / batch.length;
            }
        }
        if (probe.needsLoss()) {
            System.arraycopy(told, 0, probe.losses(), 0, batch.length);
        }
    }

    /**
     * {@return what an example costs that stops at the first exit whose gate is 1; of gates between 0 and 1 the multilinear form}
     *
     * @param costs of each exit, the end of the network last
     * @param gates of each exit but the end
     * @param slopes receives the derivative with respect to each gate
     */
    static double stopped(double[] costs, double[] gates, double[] slopes) {
        double rest = costs[gates.length];
        for (int k = gates.length - 1; k >= 0; k--) {
            slopes[k] = costs[k] - rest;
            rest += gates[k] * slopes[k];
        }
        double reached = 1;
        for (int k = 0; k < gates.length; k++) {
            slopes[k] *= reached;
            reached *= 1 - gates[k];
        }
        return rest;
    }

    private void move(ParameterUpdate update, int[] batch) {
        for (int k = 0; k < exits; k++) {
            Arrays.fill(gradients[k], 0);
            for (int r = 0; r < batch.length; r++) {
                float factor = (float) gradient[r * exits + k];
                float[] looked = seen[k][batch[r]];
                for (int i = 0; i < features; i++) {
                    gradients[k][i] += factor * looked[i];
                }
            }
            update.move(weights[k], moments[k], gradients[k], 0, features);
        }
    }

    /** Of the budget, mean over the batch, were each neuron to stop with its probability. */
    private double expectedCost(int[] batch) {
        double sum = 0;
        for (int r = 0; r < batch.length; r++) {
            double rest = costs[exits][batch[r]];
            for (int k = exits - 1; k >= 0; k--) {
                double stops = 1 / (1 + Math.exp(-logits[r * exits + k]));
                rest = stops * costs[k][batch[r]] + (1 - stops) * rest;
            }
            sum += rest;
        }
        return sum / batch.length;
    }
}
