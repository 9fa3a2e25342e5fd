package sluice.framework.kernel;

import java.util.Arrays;

/** Elementwise passes over the rows of native matrices, each row once through the heap, where loops are fastest. */
public final class RowPasses {
    private final float[] row;
    private final float[] second;

    /**
     * @param columns longest row
     */
    public RowPasses(int columns) {
        row = new float[columns];
        second = new float[columns];
    }

    /**
     * {@code z = max(0, z + bias)}.
     *
     * @param z [rows, columns], overwritten
     * @param rows rows in use
     * @param columns columns in use
     * @param bias [columns]
     */
    public void biasAndRelu(NativeMatrix z, int rows, int columns, float[] bias) {
        for (int r = 0; r < rows; r++) {
            z.getRow(r, row, columns);
            for (int c = 0; c < columns; c++) {
                row[c] = Math.max(0f, row[c] + bias[c]);
            }
            z.putRow(r, row, columns);
        }
    }

    /**
     * {@code z = z + bias}.
     *
     * @param z [rows, columns], overwritten
     * @param rows rows in use
     * @param columns columns in use
     * @param bias [columns]
     */
    public void bias(NativeMatrix z, int rows, int columns, float[] bias) {
        for (int r = 0; r < rows; r++) {
            z.getRow(r, row, columns);
            for (int c = 0; c < columns; c++) {
                row[c] += bias[c];
            }
            z.putRow(r, row, columns);
        }
    }

    /**
     * {@code target = u * gates}, one gate per entry.
     *
     * @param u [rows, at least columns]
     * @param gates [rows, columns], row-major
     * @param target [rows, columns], overwritten
     * @param rows rows in use
     * @param columns columns in use
     */
    public void gate(NativeMatrix u, float[] gates, NativeMatrix target, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            u.getRow(r, row, columns);
            for (int c = 0; c < columns; c++) {
                row[c] *= gates[r * columns + c];
            }
            target.putRow(r, row, columns);
        }
    }

    /**
     * Backward through one gate per column and the ReLU: {@code into[c] += sum over rows of dOut * u}, which is the
     * gradient at the gates, and {@code dz = dOut} where {@code u > 0}, for the open columns, which come first.
     *
     * @param dOut [rows, columns], gradient at the layer's output
     * @param u [rows, columns], what the gates multiply
     * @param dz [rows, open], overwritten
     * @param rows rows in use
     * @param columns columns in use
     * @param open open columns
     * @param into [columns], added to
     */
    public void backwardShared(
            NativeMatrix dOut, NativeMatrix u, NativeMatrix dz, int rows, int columns, int open, double[] into) {
        for (int r = 0; r < rows; r++) {
            dOut.getRow(r, row, columns);
            u.getRow(r, second, columns);
            for (int c = 0; c < columns; c++) {
                into[c] += row[c] * second[c];
            }
            for (int c = 0; c < open; c++) {
                row[c] = second[c] > 0 ? row[c] : 0f;
            }
            dz.putRow(r, row, open);
        }
    }

    /**
     * Backward through one gate per entry and the ReLU: {@code into[r, c] = dOut * u} and {@code dz = dOut * gate} where
     * {@code u > 0}, for the columns open in any row, which come first.
     *
     * @param dOut [rows, columns], gradient at the layer's output
     * @param u [rows, columns], what the gates multiply
     * @param gates [rows, open], row-major
     * @param dz [rows, open], overwritten
     * @param rows rows in use
     * @param columns columns in use
     * @param open columns open in any row
     * @param into [rows, columns], row-major, overwritten
     */
    public void backwardPerExample(
            NativeMatrix dOut,
            NativeMatrix u,
            float[] gates,
            NativeMatrix dz,
            int rows,
            int columns,
            int open,
            double[] into) {
        for (int r = 0; r < rows; r++) {
            dOut.getRow(r, row, columns);
            u.getRow(r, second, columns);
            for (int c = 0; c < columns; c++) {
                into[r * columns + c] = row[c] * second[c];
            }
            for (int c = 0; c < open; c++) {
                row[c] = second[c] > 0 ? row[c] * gates[r * open + c] : 0f;
            }
            dz.putRow(r, row, open);
        }
    }

    /**
     * Column sums.
     *
     * @param a [rows, at least columns]
     * @param rows rows in use
     * @param columns columns in use
     * @param into [columns], overwritten
     */
    public void columnSums(NativeMatrix a, int rows, int columns, float[] into) {
        Arrays.fill(into, 0, columns, 0f);
        for (int r = 0; r < rows; r++) {
            a.getRow(r, row, columns);
            for (int c = 0; c < columns; c++) {
                into[c] += row[c];
            }
        }
    }

    /**
     * Mean softmax cross-entropy and its gradient.
     *
     * @param logits [rows, classes], overwritten with d(mean loss)/dlogits
     * @param rows rows in use
     * @param classes columns in use
     * @param labels a class per row
     * @param losses [rows], overwritten with each row's own loss
     * @return the mean loss
     */
    public double softmaxCrossEntropy(NativeMatrix logits, int rows, int classes, int[] labels, double[] losses) {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            logits.getRow(r, row, classes);
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                largest = Math.max(largest, row[c]);
            }
            double partition = 0;
            for (int c = 0; c < classes; c++) {
                partition += Math.exp(row[c] - largest);
            }
            losses[r] = Math.log(partition) + largest - row[labels[r]];
            sum += losses[r];
            for (int c = 0; c < classes; c++) {
                double p = Math.exp(row[c] - largest) / partition;
                row[c] = (float) ((p - (c == labels[r] ? 1 : 0)) / rows);
            }
            logits.putRow(r, row, classes);
        }
        return sum / rows;
    }
}
