package sluice.framework.binary;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import sluice.framework.layer.Layer;

/** The classifier in double precision and plain loops: logits, losses, and means over all values of the units. */
record ReferenceClassifier(Layer hidden, Layer head) {
    /** Logits of the hidden units for one example, with the hidden weights moved by {@code shift}. */
    double[] logits(double[] x, double[] shift) {
        double[] a = new double[hidden.units()];
        for (int u = 0; u < a.length; u++) {
            a[u] = hidden.biases()[u];
            for (int i = 0; i < x.length; i++) {
                a[u] += (hidden.weights()[u * x.length + i] + shift[u * x.length + i]) * x[i];
            }
        }
        return a;
    }

    /** Softmax cross-entropy of one example. */
    double loss(double[] h, int label) {
        double[] z = new double[head.units()];
        for (int c = 0; c < z.length; c++) {
            z[c] = head.biases()[c];
            for (int u = 0; u < h.length; u++) {
                z[c] += head.weights()[c * h.length + u] * h[u];
            }
        }
        return Math.log(Arrays.stream(z).map(Math::exp).sum()) - z[label];
    }

    /** The mean loss over a batch of units that are a function of their logits. */
    double smoothLoss(double[][] x, int[] labels, DoubleUnaryOperator unit, double[] shift) {
        double sum = 0;
        for (int e = 0; e < x.length; e++) {
            sum += loss(Arrays.stream(logits(x[e], shift)).map(unit).toArray(), labels[e]);
        }
        return sum / x.length;
    }

    /** The mean loss over a batch, in the mean over all values of the units, which are 1 with the given probability. */
    double expectedLoss(double[][] x, int[] labels, DoubleUnaryOperator probability, double[] shift) {
        double sum = 0;
        for (int e = 0; e < x.length; e++) {
            double[] p = Arrays.stream(logits(x[e], shift)).map(probability).toArray();
            for (int code = 0; code < 1 << p.length; code++) {
                double[] h = new double[p.length];
                double chance = 1;
                for (int u = 0; u < p.length; u++) {
                    h[u] = code >> u & 1;
                    chance *= h[u] == 1 ? p[u] : 1 - p[u];
                }
                sum += chance * loss(h, labels[e]);
            }
        }
        return sum / x.length;
    }
}
