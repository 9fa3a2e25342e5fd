package sluice.framework.strategy;

import java.util.Arrays;
import sluice.framework.loss.Loss;
import sluice.framework.loss.SoftmaxCrossEntropy;
import sluice.framework.plain.Batch;
import sluice.framework.plain.PerExample;
import sluice.tasks.OutputRange;

/**
 * The diagonal of the Fisher information over a task's training examples: the mean over examples of the expected square of
 * the gradient of the log-likelihood, the expectation over the likeliest outputs by the network's own probabilities among
 * them; where numbers are predicted, over a Gaussian of variance 1/2 around what is predicted.
 */
public final class FisherInformation {
    private static final Loss LOG_LIKELIHOOD = new SoftmaxCrossEntropy();

    /** The root of what is expected of the squared gradient of a Gaussian whose negative log-likelihood the squared error is. */
    private static final float OF_NUMBERS = (float) Math.sqrt(2);

    private final PlainTraining training;
    private final OutputRange range;
    private final int taken;
    private final int outputs;

    private FisherInformation(PlainTraining training, LearnedTask learned, int labels) {
        this.training = training;
        this.range = training.competing(learned.index());
        this.taken = Math.min(labels, range.to() - range.from());
        this.outputs = training.outputs().count();
    }

    /**
     * {@return as the parameters lie}
     *
     * @param training with the network as it is
     * @param learned the task
     * @param labels how many of the likeliest outputs, at least 1; with as many as compete, or more, it is exact
     */
    public static double[] diagonal(PlainTraining training, LearnedTask learned, int labels) {
        return new FisherInformation(training, learned, labels).over(learned);
    }

    private double[] over(LearnedTask learned) {
        float[] sums = new float[training.network().parameters().length];
        double[] total = new double[sums.length];
        learned.forEachBatch(batch -> {
            float[] logits = training.forward(batch);
            LikeliestOutputs likeliest = LikeliestOutputs.of(logits, batch.size(), outputs, range, taken);
            training.network()
                    .backward(taken, rank -> atLogits(batch, logits, likeliest, rank), PerExample.SQUARE, sums);
            add(sums, total);
        });
        for (int i = 0; i < total.length; i++) {
            total[i] /= learned.size();
        }
        return total;
    }

    /** Of the log-likelihood of each example's output of a rank, times the root of its probability. */
    private float[] atLogits(Batch batch, float[] logits, LikeliestOutputs likeliest, int rank) {
        float[] gradient = training.logitGradient();
        Arrays.fill(gradient, 0, batch.size() * outputs, 0);
        if (training.isRegression()) {
            for (int row = 0; row < batch.size(); row++) {
                gradient[row * outputs + range.from()] = OF_NUMBERS;
            }
            return gradient;
        }
        for (int row = 0; row < batch.size(); row++) {
            LOG_LIKELIHOOD.ofRow(
                    logits,
                    row * outputs,
                    range,
                    likeliest.output(row, rank),
                    Math.sqrt(likeliest.probability(row, rank)),
                    gradient);
        }
        return gradient;
    }

    private static void add(float[] sums, double[] total) {
        for (int i = 0; i < total.length; i++) {
            total[i] += sums[i];
        }
    }
}
