package sluice.framework;

import java.util.Arrays;
import java.util.List;

/**
 * The gated network as one would write it down: double precision, dense, masks multiplied in. What the engine's sliced
 * single-precision step is measured against.
 */
final class ReferenceNetwork {
    final double[][][] weights;
    final double[][] biases;
    /** gates [layer][row][unit]. */
    final double[][][] gates;

    double[][][] dWeights;
    double[][] dBiases;
    /** Gradient of the mean loss with respect to each gate value [layer][row][unit]. */
    double[][][] dGates;

    /** Layers from the lowest to the head. */
    ReferenceNetwork(List<DenseLayer> layers, double[][][] gates) {
        this.weights = new double[layers.size()][][];
        this.biases = new double[layers.size()][];
        this.gates = gates;
        for (int l = 0; l < layers.size(); l++) {
            DenseLayer layer = layers.get(l);
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

    /** Gated outputs of every layer, the input first, the head's logits last. */
    private double[][] activations(double[] x, int b) {
        double[][] h = new double[weights.length + 1][];
        h[0] = x;
        for (int l = 0; l < weights.length; l++) {
            h[l + 1] = affine(l, h[l]);
            if (l < gates.length) {
                for (int j = 0; j < h[l + 1].length; j++) {
                    h[l + 1][j] = Math.max(0, h[l + 1][j]) * gates[l][b][j];
                }
            }
        }
        return h;
    }

    private double[] affine(int l, double[] input) {
        double[] z = biases[l].clone();
        for (int j = 0; j < z.length; j++) {
            for (int i = 0; i < input.length; i++) {
                z[j] += weights[l][j][i] * input[i];
            }
        }
        return z;
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
            double[] z = affine(l, h[l]);
            double[] dz = dOut;
            if (l < gates.length) {
                dz = new double[dOut.length];
                for (int j = 0; j < dz.length; j++) {
                    dGates[l][b][j] = dOut[j] * Math.max(0, z[j]);
                    dz[j] = z[j] > 0 ? dOut[j] * gates[l][b][j] : 0;
                }
            }
            double[] dIn = new double[h[l].length];
            for (int j = 0; j < dz.length; j++) {
                dBiases[l][j] += dz[j];
                for (int i = 0; i < dIn.length; i++) {
                    dWeights[l][j][i] += dz[j] * h[l][i];
                    dIn[i] += dz[j] * weights[l][j][i];
                }
            }
            dOut = dIn;
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
