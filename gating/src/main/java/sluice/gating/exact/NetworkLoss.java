package sluice.gating.exact;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The mean cross-entropy of a gated two-layer network, {@code y = W2 (h * tanh(W1 x + c1)) + c2}. What does not depend
 * on the gates is computed once: {@code y_k = c2_k + sum_i v_ki h_i} with {@code v_ki = W2_ki tanh(W1 x + c1)_i}.
 *
 * @param contributions v [examples, classes, units]
 * @param outputBiases c2 [classes]
 * @param targets class of each example
 */
public record NetworkLoss(double[][][] contributions, double[] outputBiases, int[] targets) implements GatedLoss {
    private static final int RANDOM_EXAMPLES = 4;
    private static final int RANDOM_INPUTS = 3;
    private static final int RANDOM_CLASSES = 3;

    /** Checks that every example has a target among the classes. */
    public NetworkLoss {
        checkArgument(
                targets.length == contributions.length,
                "targets must be one per example: %s, got %s",
                contributions.length,
                targets.length);
        for (int target : targets) {
            checkArgument(
                    target >= 0 && target < outputBiases.length,
                    "targets must be in [0, %s), got %s",
                    outputBiases.length,
                    target);
        }
    }

    /**
     * {@return the loss of this network on these examples}
     *
     * @param inputs x [examples, inputs]
     * @param targets class of each example
     * @param hiddenWeights W1 [units, inputs]
     * @param hiddenBiases c1 [units]
     * @param outputWeights W2 [classes, units]
     * @param outputBiases c2 [classes]
     */
    public static NetworkLoss of(
            double[][] inputs,
            int[] targets,
            double[][] hiddenWeights,
            double[] hiddenBiases,
            double[][] outputWeights,
            double[] outputBiases) {
        double[][][] contributions = new double[inputs.length][outputBiases.length][hiddenBiases.length];
        for (int example = 0; example < inputs.length; example++) {
            for (int i = 0; i < hiddenBiases.length; i++) {
                double hidden = Math.tanh(hiddenBiases[i] + dot(hiddenWeights[i], inputs[example]));
                for (int k = 0; k < outputBiases.length; k++) {
                    contributions[example][k][i] = outputWeights[k][i] * hidden;
                }
            }
        }
        return new NetworkLoss(contributions, outputBiases, targets);
    }

    /**
     * A network with weights and inputs from the standard normal distribution: 4 examples, 3 inputs, 3 classes.
     *
     * @param units gates
     * @param random where the numbers come from
     * @return its loss
     */
    public static NetworkLoss random(int units, RandomGenerator random) {
        return of(
                gaussians(RANDOM_EXAMPLES, RANDOM_INPUTS, random),
                random.ints(RANDOM_EXAMPLES, 0, RANDOM_CLASSES).toArray(),
                gaussians(units, RANDOM_INPUTS, random),
                gaussians(1, units, random)[0],
                gaussians(RANDOM_CLASSES, units, random),
                gaussians(1, RANDOM_CLASSES, random)[0]);
    }

    private static double[][] gaussians(int rows, int columns, RandomGenerator random) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return values;
    }

    @Override
    public int units() {
        return contributions[0][0].length;
    }

    @Override
    public int examples() {
        return contributions.length;
    }

    @Override
    public double loss(int example, double[] gates) {
        return logPartition(example, gates) - output(example, targets[example], gates);
    }

    @Override
    public void addGradient(int example, double[] gates, double weight, double[] into) {
        double logPartition = logPartition(example, gates);
        for (int k = 0; k < outputBiases.length; k++) {
            double probability = Math.exp(output(example, k, gates) - logPartition);
            double error = weight * (probability - (k == targets[example] ? 1 : 0));
            double[] contribution = contributions[example][k];
            for (int i = 0; i < contribution.length; i++) {
                into[i] += error * contribution[i];
            }
        }
    }

    /** {@code log sum_k exp(y_k)}, less its largest term, so that gates far above 1 do not overflow. */
    private double logPartition(int example, double[] gates) {
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int k = 0; k < outputBiases.length; k++) {
            double output = output(example, k, gates);
            if (output > largest) {
                sum *= Math.exp(largest - output);
                largest = output;
            }
            sum += Math.exp(output - largest);
        }
        return largest + Math.log(sum);
    }

    private double output(int example, int k, double[] gates) {
        return outputBiases[k] + dot(contributions[example][k], gates);
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
