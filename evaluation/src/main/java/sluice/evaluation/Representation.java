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

    private static final MetricValue NO_UNIT = MetricValue.undefined("no unit is open");

    /** Checks that rows have one length. */
    public Representation {
        checkArgument(
                Arrays.stream(features).allMatch(row -> row.length == features[0].length),
                "rows must all have %s values",
                features.length == 0 ? 0 : features[0].length);
    }

    /**
     * The dormant ratio: the share of units whose mean activation over the examples is at most 0.025 of the mean over all
     * units (Sokar et al. 2023, eq. 1 and definition 3.1); 1 where no unit is ever active.
     *
     * @return in [0, 1]; undefined without a unit
     */
    public MetricValue dormantRatio() {
        if (units() == 0) {
            return NO_UNIT;
        }
        double[] activity = new double[units()];
        for (float[] row : features) {
            for (int u = 0; u < activity.length; u++) {
                activity[u] += Math.abs(row[u]);
            }
        }
        double mean = Arrays.stream(activity).average().orElseThrow();
        return MetricValue.of(
                Arrays.stream(activity).filter(a -> a <= DORMANT * mean).count() / (double) units());
    }

    /**
     * The effective rank: e to the entropy of the singular values of the features, divided by their sum (Roy and Vetterli
     * 2007).
     *
     * @return from 1 to the lesser of examples and units; undefined without a unit or where all are 0
     */
    public MetricValue effectiveRank() {
        if (units() == 0) {
            return NO_UNIT;
        }
        RealMatrix rows = rows();
        RealMatrix gram = features.length <= units()
                ? rows.multiply(rows.transpose())
                : rows.transpose().multiply(rows);
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
     * Linear centred kernel alignment (Kornblith et al. 2019, section 3): how alike two representations of the same examples
     * are, whatever their rotation and scale.
     *
     * @param other of the same examples in the same order, by any number of units
     * @return in [0, 1], 1 where they are alike; undefined without a unit or where one is the same for all examples
     */
    public MetricValue cka(Representation other) {
        checkArgument(
                features.length == other.features.length,
                "%s examples cannot be compared with %s",
                features.length,
                other.features.length);
        if (units() == 0 || other.units() == 0) {
            return NO_UNIT;
        }
        RealMatrix own = similarities();
        RealMatrix others = other.similarities();
        double norms = own.getFrobeniusNorm() * others.getFrobeniusNorm();
        double alignment = 0;
        for (int i = 0; i < features.length; i++) {
            for (int j = 0; j < features.length; j++) {
                alignment += own.getEntry(i, j) * others.getEntry(i, j);
            }
        }
        return norms == 0
                ? MetricValue.undefined("a representation is the same for all examples")
                : MetricValue.of(Math.max(0, Math.min(1, alignment / norms)));
    }

    private int units() {
        return features.length == 0 ? 0 : features[0].length;
    }

    private RealMatrix rows() {
        return new Array2DRowRealMatrix(
                Arrays.stream(features).map(Representation::wide).toArray(double[][]::new), false);
    }

    private static double[] wide(float[] row) {
        return IntStream.range(0, row.length).mapToDouble(u -> row[u]).toArray();
    }

    /** Inner products of examples, each less the mean example. */
    private RealMatrix similarities() {
        RealMatrix rows = rows();
        for (int u = 0; u < rows.getColumnDimension(); u++) {
            double[] column = rows.getColumn(u);
            double mean = Arrays.stream(column).average().orElse(0);
            rows.setColumn(u, Arrays.stream(column).map(value -> value - mean).toArray());
        }
        return rows.multiply(rows.transpose());
    }
}
