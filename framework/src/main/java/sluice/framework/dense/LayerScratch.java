package sluice.framework.dense;

import java.util.Arrays;

/** What one lane needs on the heap to pass through a layer: a row, and sums over its examples. */
final class LayerScratch {
    /** One example's. */
    final float[] row;
    /** A copy of the biases. */
    final float[] biases;
    /** The gradient before the non-linearity, which is that of the biases. */
    final float[] biasSums;
    /** Gradient times unit, which is that of the gates. */
    final float[] gateSums;

    LayerScratch(int units) {
        this.row = new float[units];
        this.biases = new float[units];
        this.biasSums = new float[units];
        this.gateSums = new float[units];
    }

    void begin() {
        Arrays.fill(biasSums, 0);
        Arrays.fill(gateSums, 0);
    }

    /** Adds what {@link #row}, the gradient of one example, says of the gates. */
    void addProducts(float[] unit) {
        float[] sums = gateSums;
        float[] delta = row;
        for (int u = 0; u < sums.length; u++) {
            sums[u] += delta[u] * unit[u];
        }
    }

    static void add(float[] sums, float[] more, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += more[i];
        }
    }
}
