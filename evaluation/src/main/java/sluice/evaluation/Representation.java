package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * What a hidden layer makes of some examples, and how much of the layer that takes.
 *
 * @param features [examples][units], finite; all rows of one length
 */
public record Representation(float[][] features) {
    /** Below this part of its layer's mean activation a unit counts as dormant (Sokar et al. 2023 use it for ReLU networks). */
    private static final double DORMANT = 0.025;

    /** Checks that rows have one length. */
    public Representation {
        checkArgument(
                Arrays.stream(features).allMatch(row -> row.length == features[0].length),
                "rows must all have %s values",
                features.length == 0 ? 0 : features[0].length);
    }

    /**
     * The dormant ratio: the share of units whose mean activation over the examples is at most 0.025 of the mean over all
     * units (Sokar et al. 2023, eq. 1 and definition 3.1).
     *
     * @return in [0, 1]; undefined without a unit or where all are 0
     */
    public MetricValue dormantRatio() {
        double[] activity = new double[units()];
        for (float[] row : features) {
            for (int u = 0; u < activity.length; u++) {
                activity[u] += Math.abs(row[u]);
            }
        }
        double mean = Arrays.stream(activity).average().orElse(0);
        return mean == 0
                ? MetricValue.undefined("no unit is active")
                : MetricValue.of(
                        Arrays.stream(activity).filter(a -> a <= DORMANT * mean).count() / (double) activity.length);
    }

    /**
     * The effective rank: e to the entropy of the singular values of the features, divided by their sum (Roy and Vetterli
     * 2007).
     *
     * @return from 1 to the lesser of examples and units; undefined without a unit or where all are 0
     */
    public MetricValue effectiveRank() {
        RealMatrix gram = gram(rows(), rows(), features.length <= units());
        if (gram.getFrobeniusNorm() == 0) {
            return MetricValue.undefined("no unit is active");
        }
        double[] singular = Arrays.stream(new EigenDecomposition(gram).getRealEigenvalues())
                .map(value -> Math.sqrt(Math.max(0, value)))
                .toArray();
        double sum = Arrays.stream(singular).sum();
        double entropy = Arrays.stream(singular)
                .map(value -> value / sum)
                .filter(p -> p > 0)
                .map(p -> -p * Math.log(p))
                .sum();
        return MetricValue.of(Math.exp(entropy));
    }

    /**
     * Linear centred kernel alignment (Kornblith et al. 2019, eq. 3 and section 3): how alike two representations of the
     * same examples are, whatever their rotation and scale.
     *
     * @param other of the same examples in the same order, by any number of units
     * @return in [0, 1], 1 where they are alike; undefined where one is the same for all examples
     */
    public MetricValue cka(Representation other) {
        checkArgument(
                features.length == other.features.length,
                "%s examples cannot be compared with %s",
                features.length,
                other.features.length);
        RealMatrix own = centred();
        RealMatrix others = other.centred();
        double norms = gram(own, own, false).getFrobeniusNorm()
                * gram(others, others, false).getFrobeniusNorm();
        double cross = gram(own, others, false).getFrobeniusNorm();
        return norms == 0
                ? MetricValue.undefined("a representation is the same for all examples")
                : MetricValue.of(Math.min(1, cross * cross / norms));
    }

    private int units() {
        return features.length == 0 ? 0 : features[0].length;
    }

    /** Of rows by rows, or of columns by columns; of nothing, a single 0. */
    private static RealMatrix gram(RealMatrix a, RealMatrix b, boolean byRow) {
        return byRow ? a.multiply(b.transpose()) : a.transpose().multiply(b);
    }

    private RealMatrix rows() {
        return units() == 0
                ? new Array2DRowRealMatrix(1, 1)
                : new Array2DRowRealMatrix(
                        Arrays.stream(features).map(Representation::wide).toArray(double[][]::new), false);
    }

    private static double[] wide(float[] row) {
        return IntStream.range(0, row.length).mapToDouble(u -> row[u]).toArray();
    }

    private RealMatrix centred() {
        RealMatrix rows = rows();
        for (int u = 0; u < rows.getColumnDimension(); u++) {
            double[] column = rows.getColumn(u);
            double mean = Arrays.stream(column).average().orElse(0);
            rows.setColumn(u, Arrays.stream(column).map(value -> value - mean).toArray());
        }
        return rows;
    }
}
