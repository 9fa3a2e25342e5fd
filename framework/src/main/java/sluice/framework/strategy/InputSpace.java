package sluice.framework.strategy;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import sluice.framework.internal.state.State;

/** What the inputs of a layer span, for the most part, as an orthonormal basis that grows task by task. One owner. */
final class InputSpace {
    /** Of the energy of all: what is left of inputs by rounding alone. */
    private static final double NOTHING = 1e-10;

    private final int inputs;
    /** A direction after the other [count, inputs]. */
    private float[] basis = {};
    /** The same the other way round [inputs, count]. */
    private float[] transposed = {};

    private int count;

    InputSpace(int inputs) {
        this.inputs = inputs;
    }

    /** Directions of the basis. */
    int count() {
        return count;
    }

    /** Of the basis alone. */
    long bytes() {
        return (long) Float.BYTES * basis.length;
    }

    /**
     * Takes from an input what lies in this space.
     *
     * @param input from a place on, overwritten
     * @param scratch at least {@link #count}
     */
    void reject(float[] input, int at, float[] scratch) {
        Arrays.fill(scratch, 0, count, 0);
        for (int i = 0; i < inputs; i++) {
            float x = input[at + i];
            if (x != 0) {
                int row = i * count;
                for (int b = 0; b < count; b++) {
                    scratch[b] += x * transposed[row + b];
                }
            }
        }
        for (int b = 0; b < count; b++) {
            float c = scratch[b];
            int row = b * inputs;
            for (int i = 0; i < inputs; i++) {
                input[at + i] -= c * basis[row + i];
            }
        }
    }

    /**
     * Grows by the fewest directions with which it has such a share of the examples' energy, the largest first (Saha et
     * al. 2021, eq. 8 and 9).
     *
     * @param examples inputs [examples][inputs], overwritten
     * @param share of the sum of squares, in (0, 1]
     */
    void grow(double[][] examples, double share) {
        double all = energy(examples);
        for (double[] example : examples) {
            reject(example);
        }
        double missing = share * all - (all - energy(examples));
        if (missing <= NOTHING * all) {
            return;
        }
        Array2DRowRealMatrix rows = new Array2DRowRealMatrix(examples, false);
        EigenDecomposition of = new EigenDecomposition(rows.multiply(rows.transpose()));
        double[] values = of.getRealEigenvalues();
        for (int v = 0; v < values.length && missing > 0 && values[v] > NOTHING * all && count < inputs; v++) {
            double[] direction = rows.preMultiply(of.getEigenvector(v).toArray());
            // once more, and of length 1, whatever rounding did
            reject(direction);
            add(direction);
            missing -= values[v];
        }
        transpose();
    }

    private static double energy(double[][] examples) {
        double sum = 0;
        for (double[] example : examples) {
            for (double x : example) {
                sum += x * x;
            }
        }
        return sum;
    }

    private void reject(double[] input) {
        for (int b = 0; b < count; b++) {
            double c = 0;
            for (int i = 0; i < inputs; i++) {
                c += input[i] * basis[b * inputs + i];
            }
            for (int i = 0; i < inputs; i++) {
                input[i] -= c * basis[b * inputs + i];
            }
        }
    }

    private void add(double[] direction) {
        double length = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
        basis = Arrays.copyOf(basis, (count + 1) * inputs);
        for (int i = 0; i < inputs; i++) {
            basis[count * inputs + i] = (float) (direction[i] / length);
        }
        count++;
    }

    private void transpose() {
        transposed = new float[basis.length];
        for (int b = 0; b < count; b++) {
            for (int i = 0; i < inputs; i++) {
                transposed[i * count + b] = basis[b * inputs + i];
            }
        }
    }

    /** Tells its basis. */
    void state(State state) {
        count = state.count("directions", count);
        if (state.restores()) {
            basis = new float[count * inputs];
        }
        state.floats("basis", basis);
        transpose();
    }
}
