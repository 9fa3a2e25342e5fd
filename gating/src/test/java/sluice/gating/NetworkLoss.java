package sluice.gating;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The mean cross-entropy of a gated two-layer network: {@code y = W2 (h * tanh(W1 x + c1)) + c2}.
 *
 * @param inputs x [examples, inputs]
 * @param targets class of each example
 * @param hiddenWeights W1 [units, inputs]
 * @param hiddenBiases c1 [units]
 * @param outputWeights W2 [classes, units]
 * @param outputBiases c2 [classes]
 */
record NetworkLoss(
        double[][] inputs,
        int[] targets,
        double[][] hiddenWeights,
        double[] hiddenBiases,
        double[][] outputWeights,
        double[] outputBiases)
        implements GatedLoss {
    /** A network with weights and inputs from the standard normal distribution: 4 examples, 3 inputs, 3 classes. */
    static NetworkLoss random(int units, RandomGenerator random) {
        return new NetworkLoss(
                gaussians(4, 3, random),
                random.ints(4, 0, 3).toArray(),
                gaussians(units, 3, random),
                gaussians(1, units, random)[0],
                gaussians(3, units, random),
                gaussians(1, 3, random)[0]);
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
        return hiddenBiases.length;
    }

    @Override
    public int examples() {
        return inputs.length;
    }

    @Override
    public double loss(int example, double[] gates) {
        double[] outputs = outputs(hidden(example), gates);
        return Math.log(Arrays.stream(outputs).map(Math::exp).sum()) - outputs[targets[example]];
    }

    @Override
    public double[] gradient(int example, double[] gates) {
        double[] hidden = hidden(example);
        double[] outputs = outputs(hidden, gates);
        double partition = Arrays.stream(outputs).map(Math::exp).sum();
        double[] gradient = new double[units()];
        for (int k = 0; k < outputs.length; k++) {
            double error = Math.exp(outputs[k]) / partition - (k == targets[example] ? 1 : 0);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += error * outputWeights[k][i] * hidden[i];
            }
        }
        return gradient;
    }

    private double[] hidden(int example) {
        double[] hidden = new double[units()];
        Arrays.setAll(hidden, i -> Math.tanh(hiddenBiases[i] + dot(hiddenWeights[i], inputs[example])));
        return hidden;
    }

    private double[] outputs(double[] hidden, double[] gates) {
        double[] gated = new double[hidden.length];
        Arrays.setAll(gated, i -> gates[i] * hidden[i]);
        double[] outputs = new double[outputBiases.length];
        Arrays.setAll(outputs, k -> outputBiases[k] + dot(outputWeights[k], gated));
        return outputs;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
