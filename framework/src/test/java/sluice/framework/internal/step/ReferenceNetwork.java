package sluice.framework.internal.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.framework.layer.convolution.ConvolutionConnection;
import sluice.framework.layer.normalisation.NormalisedConnection;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.framework.predict.internal.kernel.PatchGrid;

/**
 * The gated network as one would write it down: double precision, dense, masks multiplied in. What the engine's sliced
 * single-precision step is measured against.
 */
final class ReferenceNetwork {
    /** What is equal in exact sums may differ in their last places. */
    private static final double SAME = 1e-12;

    final double[][][] weights;
    /** Biases of layers, or what a task adds after normalisation. */
    final double[][] biases;
    /** What a task multiplies by after normalisation; 1 where nothing is normalised. */
    final double[][] scales;
    /** Whether a layer is normalised by the batch. */
    final boolean[] normalised;

    final Connection[] connections;
    /** gates [layer][row][unit]. */
    final double[][][] gates;

    double[][][] dWeights;
    double[][] dBiases;
    double[][] dScales;
    /** Of the last batch [layer][unit]: mean, and biased variance. */
    double[][] means;

    double[][] variances;
    /** Gradient of the mean loss with respect to each gate value [layer][row][unit]. */
    double[][][] dGates;

    /**
     * @param layers from the lowest to the head
     * @param own what the task has of each hidden layer for itself
     */
    ReferenceNetwork(List<Layer> layers, List<TaskParameters> own, double[][][] gates) {
        this.weights = new double[layers.size()][][];
        this.biases = new double[layers.size()][];
        this.scales = new double[layers.size()][];
        this.normalised = new boolean[layers.size()];
        this.means = new double[layers.size()][];
        this.variances = new double[layers.size()][];
        this.connections = layers.stream().map(ReferenceNetwork::unwrapped).toArray(Connection[]::new);
        this.gates = gates;
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            weights[l] = new double[layer.units()][layer.inputs()];
            biases[l] = new double[layer.units()];
            scales[l] = new double[layer.units()];
            means[l] = new double[layer.units()];
            variances[l] = new double[layer.units()];
            normalised[l] = l < own.size() && own.get(l).perUnit() > 0;
            for (int j = 0; j < layer.units(); j++) {
                biases[l][j] = normalised[l] ? own.get(l).values()[1][j] : layer.biases()[j];
                scales[l][j] = normalised[l] ? own.get(l).values()[0][j] : 1;
                for (int i = 0; i < layer.inputs(); i++) {
                    weights[l][j][i] = layer.weights()[j * layer.inputs() + i];
                }
            }
        }
    }

    private static Connection unwrapped(Layer layer) {
        return layer.connection() instanceof NormalisedConnection normalised ? normalised.layer() : layer.connection();
    }

    double loss(double[][] x, int[] labels) {
        return Arrays.stream(losses(x, labels)).sum() / x.length;
    }

    double[] losses(double[][] x, int[] labels) {
        double[] each = new double[x.length];
        double[][][] h = activations(x);
        for (int b = 0; b < x.length; b++) {
            double[] y = h[weights.length][b];
            each[b] = logSumExp(y) - y[labels[b]];
        }
        return each;
    }

    /** The head's outputs [row][class]. */
    double[][] logits(double[][] x) {
        return activations(x)[weights.length];
    }

    /** Gated values [layer][row] of every layer, unit by unit, the input first, the head's logits last. */
    private double[][][] activations(double[][] x) {
        double[][][] h = new double[weights.length + 1][x.length][];
        h[0] = x;
        for (int l = 0; l < weights.length; l++) {
            if (normalised[l]) {
                takeStatistics(l, h[l]);
            }
            for (int b = 0; b < x.length; b++) {
                h[l + 1][b] = new double[biases[l].length * connections[l].valuesPerUnit()];
                for (int v = 0; v < h[l + 1][b].length; v++) {
                    h[l + 1][b][v] = l < gates.length
                            ? pooled(l, h[l][b], v) * gates[l][b][v / connections[l].valuesPerUnit()]
                            : affine(l, h[l][b], v, 0);
                }
            }
        }
        return h;
    }

    /** Over all rows, and all positions that are pooled. */
    private void takeStatistics(int l, double[][] input) {
        for (int unit = 0; unit < biases[l].length; unit++) {
            int[] positions = pooledPositions(l, unit);
            double sum = 0;
            for (double[] row : input) {
                for (int position : positions) {
                    sum += product(l, row, unit, position);
                }
            }
            means[l][unit] = sum / (input.length * positions.length);
            double squares = 0;
            for (double[] row : input) {
                for (int position : positions) {
                    double off = product(l, row, unit, position) - means[l][unit];
                    squares += off * off;
                }
            }
            variances[l][unit] = squares / (input.length * positions.length);
        }
    }

    private int[] pooledPositions(int l, int unit) {
        int outputs = connections[l].valuesPerUnit();
        return IntStream.range(unit * outputs, (unit + 1) * outputs)
                .flatMap(v -> Arrays.stream(positions(l, v)))
                .toArray();
    }

    /** The largest factor that normalisation of a batch multiplies by, 1 where there is none. */
    double magnification(double[][] x) {
        activations(x);
        double largest = 1;
        for (int l = 0; l < weights.length; l++) {
            for (int unit = 0; unit < biases[l].length && normalised[l]; unit++) {
                largest = Math.max(largest, rate(l, unit));
            }
        }
        return largest;
    }

    private double rate(int l, int unit) {
        return normalised[l] ? 1 / Math.sqrt(variances[l][unit] + 1e-5) : 1;
    }

    private double normal(int l, double[] input, int unit, int position) {
        return (product(l, input, unit, position) - means[l][unit]) * rate(l, unit);
    }

    /**
     * How far the nearest kink of the loss is, whatever the gates: a hidden value at 0, or two of a pool that are equally
     * large.
     */
    double marginOfKinks(double[][] x) {
        double margin = Double.POSITIVE_INFINITY;
        double[][][] h = activations(x);
        for (int b = 0; b < x.length; b++) {
            for (int l = 0; l < gates.length; l++) {
                for (int v = 0; v < h[l + 1][b].length; v++) {
                    int[] taken = taken(l, h[l][b], v);
                    double first = affine(l, h[l][b], v, taken[0]);
                    for (int position : taken) {
                        margin = Math.min(margin, Math.abs(affine(l, h[l][b], v, position)));
                    }
                    for (int position : taken.length > 1 ? new int[0] : positions(l, v)) {
                        double gap = first - affine(l, h[l][b], v, position);
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
        double[][][] h = activations(x);
        for (int b = 0; b < x.length; b++) {
            for (int l = 0; l < gates.length; l++) {
                for (int v = 0; v < h[l + 1][b].length; v++) {
                    for (int position : taken(l, h[l][b], v)) {
                        piece.add(affine(l, h[l][b], v, position) > 0 ? position : -1);
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
        return normalised[l]
                ? scales[l][unit] * normal(l, input, unit, position) + biases[l][unit]
                : biases[l][unit] + product(l, input, unit, position);
    }

    private double product(int l, double[] input, int unit, int position) {
        double sum = 0;
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
        for (double[][] layer : activations(x)) {
            for (double[] row : layer) {
                largest = Math.max(largest, largest(row));
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
        dScales = new double[weights.length][];
        dGates = new double[gates.length][][];
        for (int l = 0; l < weights.length; l++) {
            dWeights[l] = new double[weights[l].length][weights[l][0].length];
            dBiases[l] = new double[biases[l].length];
            dScales[l] = new double[biases[l].length];
            if (l < gates.length) {
                dGates[l] = new double[x.length][biases[l].length];
            }
        }
        double[][][] h = activations(x);
        double[][] dOut = new double[x.length][];
        for (int b = 0; b < x.length; b++) {
            dOut[b] = h[weights.length][b].clone();
            double logSum = logSumExp(dOut[b]);
            for (int c = 0; c < dOut[b].length; c++) {
                dOut[b][c] = (Math.exp(dOut[b][c] - logSum) - (c == labels[b] ? 1 : 0)) / x.length;
            }
        }
        for (int l = weights.length - 1; l >= 0; l--) {
            dOut = backward(l, h[l], dOut);
        }
    }

    /** From the gradient at a layer's output to that at its input, over all rows. */
    private double[][] backward(int l, double[][] input, double[][] dOut) {
        double[][] dIn = new double[input.length][input[0].length];
        for (int unit = 0; unit < biases[l].length; unit++) {
            int[] positions = pooledPositions(l, unit);
            double[][] dy =
                    new double[input.length][Arrays.stream(positions).max().orElse(0) + 1];
            for (int b = 0; b < input.length; b++) {
                beforeRelu(l, unit, b, input[b], dOut[b], dy[b]);
            }
            double[][] dz = normalised[l] ? beforeNormalisation(l, unit, positions, input, dy) : dy;
            for (int b = 0; b < input.length; b++) {
                for (int position : positions) {
                    backward(l, unit, position, dz[b][position], input[b], dIn[b]);
                }
            }
        }
        return dIn;
    }

    /** The gradient before ReLU and pooling of one unit's values in one row, by position; and that of its bias and its gate. */
    private void beforeRelu(int l, int unit, int b, double[] input, double[] dOut, double[] into) {
        int outputs = connections[l].valuesPerUnit();
        for (int v = unit * outputs; v < (unit + 1) * outputs; v++) {
            if (l < gates.length) {
                dGates[l][b][unit] += dOut[v] * pooled(l, input, v);
            }
            int[] taken = taken(l, input, v);
            for (int position : taken) {
                double dy = dOut[v] / taken.length;
                if (l < gates.length) {
                    dy = affine(l, input, v, position) > 0 ? dy * gates[l][b][unit] : 0;
                }
                dBiases[l][unit] += dy;
                into[position] += dy;
            }
        }
    }

    /** Ioffe and Szegedy 2015, the equations of section 3, with the means' gradients put in. */
    private double[][] beforeNormalisation(int l, int unit, int[] positions, double[][] input, double[][] dy) {
        double[][] dz = new double[dy.length][dy[0].length];
        double sum = 0;
        double products = 0;
        for (int b = 0; b < dy.length; b++) {
            for (int position : positions) {
                sum += dy[b][position];
                products += dy[b][position] * normal(l, input[b], unit, position);
            }
        }
        dScales[l][unit] = products;
        double count = (double) dy.length * positions.length;
        for (int b = 0; b < dy.length; b++) {
            for (int position : positions) {
                double mixed = sum / count + normal(l, input[b], unit, position) * products / count;
                dz[b][position] = scales[l][unit] * rate(l, unit) * (dy[b][position] - mixed);
            }
        }
        return dz;
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
