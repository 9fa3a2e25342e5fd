package sluice.framework.strategy;

import java.util.Comparator;
import java.util.stream.IntStream;
import sluice.tasks.OutputRange;

/**
 * The outputs that a network gives the highest logits, per example, and their probabilities among themselves.
 *
 * @param outputs per example, likeliest first
 * @param probabilities of these, which add up to 1
 */
record LikeliestOutputs(int[][] outputs, double[][] probabilities) {
    /**
     * @param logits [rows, count], row-major
     * @param rows examples
     * @param count outputs of a row
     * @param range those that compete
     * @param taken how many, from 1 to as many as compete
     */
    static LikeliestOutputs of(float[] logits, int rows, int count, OutputRange range, int taken) {
        int[][] outputs = new int[rows][];
        double[][] probabilities = new double[rows][];
        for (int row = 0; row < rows; row++) {
            int start = row * count;
            outputs[row] = IntStream.range(range.from(), range.to())
                    .boxed()
                    .sorted(Comparator.comparing((Integer output) -> -logits[start + output]))
                    .limit(taken)
                    .mapToInt(Integer::intValue)
                    .toArray();
            double largest = logits[start + outputs[row][0]];
            double[] weights = IntStream.of(outputs[row])
                    .mapToDouble(output -> Math.exp(logits[start + output] - largest))
                    .toArray();
            double sum = IntStream.range(0, taken).mapToDouble(i -> weights[i]).sum();
            probabilities[row] =
                    IntStream.range(0, taken).mapToDouble(i -> weights[i] / sum).toArray();
        }
        return new LikeliestOutputs(outputs, probabilities);
    }

    int output(int row, int rank) {
        return outputs[row][rank];
    }

    double probability(int row, int rank) {
        return probabilities[row][rank];
    }
}
