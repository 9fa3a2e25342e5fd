package sluice.framework.discriminant;

/** Linear discriminant scores by the textbook, in double precision, from all examples at once. */
final class NaiveDiscriminant {
    private NaiveDiscriminant() {}

    /** Scores [examples][classes]; shrinkage is a share of the mean variance within classes. */
    static double[][] scores(float[][] rows, int[] labels, int classes, double shrinkage) {
        int d = rows[0].length;
        double[][] means = new double[classes][d];
        double[] counts = new double[classes];
        for (int i = 0; i < rows.length; i++) {
            counts[labels[i]]++;
            for (int j = 0; j < d; j++) {
                means[labels[i]][j] += rows[i][j];
            }
        }
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j < d; j++) {
                means[c][j] /= counts[c];
            }
        }
        double[][] covariance = new double[d][d];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    covariance[j][k] += (rows[i][j] - means[labels[i]][j])
                            * (rows[i][k] - means[labels[i]][k])
                            / (rows.length - classes);
                }
            }
        }
        double trace = 0;
        for (int j = 0; j < d; j++) {
            trace += covariance[j][j];
        }
        for (int j = 0; j < d; j++) {
            covariance[j][j] += shrinkage * trace / d;
        }
        double[][] scores = new double[rows.length][classes];
        for (int c = 0; c < classes; c++) {
            double[] w = solved(covariance, means[c]);
            for (int i = 0; i < rows.length; i++) {
                scores[i][c] = Math.log(counts[c] / rows.length);
                for (int j = 0; j < d; j++) {
                    scores[i][c] += w[j] * (rows[i][j] - means[c][j] / 2);
                }
            }
        }
        return scores;
    }

    /** Gauss's elimination; the matrix is positive definite. */
    private static double[] solved(double[][] matrix, double[] right) {
        int n = right.length;
        double[][] a = new double[n][];
        double[] x = right.clone();
        for (int i = 0; i < n; i++) {
            a[i] = matrix[i].clone();
        }
        for (int p = 0; p < n; p++) {
            for (int i = 0; i < n; i++) {
                double factor = i == p ? 0 : a[i][p] / a[p][p];
                for (int j = p; j < n; j++) {
                    a[i][j] -= factor * a[p][j];
                }
                x[i] -= factor * x[p];
            }
        }
        for (int i = 0; i < n; i++) {
            x[i] /= a[i][i];
        }
        return x;
    }
}
