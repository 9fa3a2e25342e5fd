package sluice.gating.exact;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * {@code L(h) = c + b.h + h'Qh / 2}: one example.
 *
 * @param constant c
 * @param linear b [units]
 * @param curvature Q [units, units], symmetric
 */
public record QuadraticLoss(double constant, double[] linear, double[][] curvature) implements GatedLoss {
    /** Checks that Q is square, of the size of b, and symmetric. */
    public QuadraticLoss {
        checkArgument(
                curvature.length == linear.length,
                "curvature must have a row per gate: %s, got %s",
                linear.length,
                curvature.length);
        for (int i = 0; i < curvature.length; i++) {
            for (int j = 0; j < i; j++) {
                checkArgument(
                        curvature[i][j] == curvature[j][i], "curvature must be symmetric, is not at [%s][%s]", i, j);
            }
        }
    }

    @Override
    public int units() {
        return linear.length;
    }

    @Override
    public int examples() {
        return 1;
    }

    @Override
    public double loss(int example, double[] gates) {
        double loss = constant;
        for (int i = 0; i < linear.length; i++) {
            loss += gates[i] * (linear[i] + dot(curvature[i], gates) / 2);
        }
        return loss;
    }

    @Override
    public void addGradient(int example, double[] gates, double weight, double[] into) {
        for (int i = 0; i < linear.length; i++) {
            into[i] += weight * (linear[i] + dot(curvature[i], gates));
        }
    }

    private static double dot(double[] row, double[] gates) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            sum += row[j] * gates[j];
        }
        return sum;
    }
}
