package sluice.framework.internal.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Padding;
import sluice.framework.internal.kernel.PatchGrid;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.convolution.ConvolutionConnection;
import sluice.framework.layer.pooling.Pooling;

/**
 * The gated network as one would write it down: double precision, dense, masks multiplied in. What the engine's sliced
 * single-precision step is measured against.
 */
final class ReferenceNetwork {
    /** What is equal in exact sums may differ in their last places. */
    private static final double SAME = 1e-12;

    final double[][][] weights;
    final double[][] biases;
    final Connection[] connections;
    /** gates [layer][row][unit]. */
    final double[][][] gates;

    double[][][] dWeights;
    double[][] dBiases;
    /** Gradient of the mean loss with respect to each gate value [layer][row][unit]. */
    double[][][] dGates;

    /** Layers from the lowest to the head. */
    ReferenceNetwork(List<Layer> layers, double[][][] gates) {
        this.weights = new double[layers.size()][][];
        this.biases = new double[layers.size()][];
        this.connections = layers.stream().map(Layer::connection).toArray(Connection[]::new);
        this.gates = gates;
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            weights[l] = new double[layer.units()][layer.inputs()];
            biases[l] = new double[layer.units()];
            for (int j = 0; j < layer.units(); j++) {
                biases[l][j] = layer.biases()[j];
                for (int i = 0; i < layer.inputs(); i++) {
                    weights[l][j][i] = layer.weights()[j * layer.inputs() + i];
                }
            }
        }
    }

    double loss(double[][] x, int[] labels) {
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            double[] y = activations(x[b], b)[weights.length];
            sum += logSumExp(y) - y[labels[b]];
        }
        return sum / x.length;
    }

    double[] losses(double[][] x, int[] labels) {
        double[] each = new double[x.length];
        for (int b = 0; b < x.length; b++) {
            double[] y = activations(x[b], b)[weights.length];
            each[b] = logSumExp(y) - y[labels[b]];
        }
        return each;
    }

    /** Gated values of every layer, unit by unit, the input first, the head's logits last. */
    private double[][] activations(double[] x, int b) {
        double[][] h = new double[weights.length + 1][];
        h[0] = x;
        for (int l = 0; l < weights.length; l++) {
            h[l + 1] = new double[biases[l].length * connections[l].valuesPerUnit()];
            for (int v = 0; v < h[l + 1].length; v++) {
                h[l + 1][v] = l < gates.length
                        ? pooled(l, h[l], v) * gates[l][b][v / connections[l].valuesPerUnit()]
                        : affine(l, h[l], v, 0);
            }
        }
        return h;
    }

    /**
     * How far the nearest kink of the loss is, whatever the gates: a hidden value at 0, or two of a pool that are equally
     * large.
     */
    double marginOfKinks(double[][] x) {
        double margin = Double.POSITIVE_INFINITY;
        for (int b = 0; b < x.length; b++) {
            double[][] h = activations(x[b], b);
            for (int l = 0; l < gates.length; l++) {
                for (int v = 0; v < h[l + 1].length; v++) {
                    int[] taken = taken(l, h[l], v);
                    double first = affine(l, h[l], v, taken[0]);
                    for (int position : taken) {
                        margin = Math.min(margin, Math.abs(affine(l, h[l], v, position)));
                    }
                    for (int position : taken.length > 1 ? new int[0] : positions(l, v)) {
                        double gap = first - affine(l, h[l], v, position);
                        margin = gap > SAME ? Math.min(margin, gap) : margin;
                    }
                }
            }
        }
        return margin;
    }

    /**
     * The linear piece of the network that each example lies in: of each hidden value the position it is pooled from, and
     * whether it is above 0. Where this changes, the loss has a kink.
     */
    List<Integer> piece(double[][] x) {
        List<Integer> piece = new ArrayList<>();
        for (int b = 0; b < x.length; b++) {
            double[][] h = activations(x[b], b);
            for (int l = 0; l < gates.length; l++) {
                for (int v = 0; v < h[l + 1].length; v++) {
                    for (int position : taken(l, h[l], v)) {
                        piece.add(affine(l, h[l], v, position) > 0 ? position : -1);
                    }
                }
            }
        }
        return piece;
    }

    /** A hidden value before its gate. */
    private double pooled(int l, double[] input, int v) {
        int[] taken = taken(l, input, v);
        double sum = 0;
        for (int position : taken) {
            sum += Math.max(0, affine(l, input, v, position));
        }
        return sum / taken.length;
    }

    /** The positions before pooling of which a value is the mean. */
    private int[] taken(int l, double[] input, int v) {
        return connections[l] instanceof ConvolutionConnection convolution && convolution.pooling() == Pooling.AVERAGE
                ? positions(l, v)
                : new int[] {place(l, input, v)};
    }

    /** A value of a layer, where its kernel lies at some position before pooling. */
    private double affine(int l, double[] input, int v, int position) {
        int unit = v / connections[l].valuesPerUnit();
        double sum = biases[l][unit];
        for (int w = 0; w < weights[l][unit].length; w++) {
            int i = input(l, w, position);
            sum += i < 0 ? 0 : weights[l][unit][w] * input[i];
        }
        return sum;
    }

    /** The position before pooling that a value comes from: of a square's, the first with the largest value. */
    private int place(int l, double[] input, int v) {
        int best = -1;
        double largest = Double.NEGATIVE_INFINITY;
        for (int position : positions(l, v)) {
            double here = affine(l, input, v, position);
            if (best < 0 || here > largest + SAME) {
                best = position;
                largest = here;
            }
        }
        return best;
    }

    /** The positions that a value is pooled from; 0 alone where there is no pool. */
    private int[] positions(int l, int v) {
        if (!(connections[l] instanceof ConvolutionConnection convolution)) {
            return new int[] {0};
        }
        int cell = v % convolution.valuesPerUnit();
        int pool = convolution.pool();
        int first =
                cell / convolution.width() * pool * convolution.grid().columns() + cell % convolution.width() * pool;
        return IntStream.range(0, pool * pool)
                .map(k -> first + k / pool * convolution.grid().columns() + k % pool)
                .toArray();
    }

    /** The value below that a weight meets, or -1 beyond the edge. */
    private int input(int l, int w, int position) {
        if (!(connections[l] instanceof ConvolutionConnection convolution)) {
            return w;
        }
        PatchGrid grid = convolution.grid();
        int tap = w % grid.taps();
        int before = grid.padding() == Padding.SAME ? (grid.kernel() - 1) / 2 : 0;
        int y = position / grid.columns() - before + tap / grid.kernel();
        int x = position % grid.columns() - before + tap % grid.kernel();
        boolean inside = y >= 0 && y < grid.height() && x >= 0 && x < grid.width();
        return inside ? w / grid.taps() * grid.pixels() + y * grid.width() + x : -1;
    }

    /**
     * The largest magnitude of anything on the way to the gradients, one of a weight among it: what rounding in floats is
     * relative to.
     */
    double size(double[][] x) {
        double largest = 0;
        for (int b = 0; b < x.length; b++) {
            for (double[] layer : activations(x[b], b)) {
                largest = Math.max(largest, largest(layer));
            }
        }
        for (double[][] layer : weights) {
            for (double[] row : layer) {
                largest = Math.max(largest, largest(row));
            }
        }
        return largest;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    void backward(double[][] x, int[] labels) {
        dWeights = new double[weights.length][][];
        dBiases = new double[weights.length][];
        dGates = new double[gates.length][][];
        for (int l = 0; l < weights.length; l++) {
            dWeights[l] = new double[weights[l].length][weights[l][0].length];
            dBiases[l] = new double[biases[l].length];
            if (l < gates.length) {
                dGates[l] = new double[x.length][biases[l].length];
            }
        }
        for (int b = 0; b < x.length; b++) {
            backward(x[b], b, labels[b], x.length);
        }
    }

    private void backward(double[] x, int b, int label, int batch) {
        double[][] h = activations(x, b);
        double[] dOut = h[weights.length].clone();
        double logSum = logSumExp(dOut);
        for (int c = 0; c < dOut.length; c++) {
            dOut[c] = (Math.exp(dOut[c] - logSum) - (c == label ? 1 : 0)) / batch;
        }
        for (int l = weights.length - 1; l >= 0; l--) {
            double[] dIn = new double[h[l].length];
            for (int v = 0; v < dOut.length; v++) {
                int unit = v / connections[l].valuesPerUnit();
                if (l < gates.length) {
                    dGates[l][b][unit] += dOut[v] * pooled(l, h[l], v);
                }
                int[] taken = taken(l, h[l], v);
                for (int position : taken) {
                    double dz = dOut[v] / taken.length;
                    if (l < gates.length) {
                        dz = affine(l, h[l], v, position) > 0 ? dz * gates[l][b][unit] : 0;
                    }
                    dBiases[l][unit] += dz;
                    backward(l, unit, position, dz, h[l], dIn);
                }
            }
            dOut = dIn;
        }
    }

    /** Adds what a value before pooling says to the gradients of its weights and of what they meet. */
    private void backward(int l, int unit, int position, double dz, double[] input, double[] dIn) {
        for (int w = 0; w < weights[l][unit].length; w++) {
            int i = input(l, w, position);
            if (i >= 0) {
                dWeights[l][unit][w] += dz * input[i];
                dIn[i] += dz * weights[l][unit][w];
            }
        }
    }

    private static double logSumExp(double[] y) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : y) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (double value : y) {
            sum += Math.exp(value - largest);
        }
        return Math.log(sum) + largest;
    }
}
