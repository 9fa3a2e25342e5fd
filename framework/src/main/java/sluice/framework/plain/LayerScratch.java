package sluice.framework.plain;

import java.util.Arrays;

/** What one lane needs on the heap to pass through a layer: a row, and sums over its examples, of the live units alone. */
final class LayerScratch {
    /** One example's. */
    final float[] row;
    /** What the live units of one example are before their gates. */
    final float[] units;
    /** Gates of the live units. */
    final float[] gates;
    /** A copy of the biases. */
    final float[] biases;
    /** The gradient before the non-linearity, which is that of the biases. */
    final float[] biasSums;
    /** Gradient times unit, which is that of the gates. */
    final float[] gateSums;

    LayerScratch(int units) {
        this.row = new float[units];
        this.units = new float[units];
        this.gates = new float[units];
        this.biases = new float[units];
        this.biasSums = new float[units];
        this.gateSums = new float[units];
    }

    void begin() {
        Arrays.fill(biasSums, 0);
        Arrays.fill(gateSums, 0);
    }

    /** Adds what {@link #row}, the gradient of one example, says of the gates. */
    void addProducts(int count) {
        addProducts(gateSums, row, units, count);
    }

    private static void addProducts(float[] sums, float[] delta, float[] unit, int count) {
        for (int u = 0; u < count; u++) {
            sums[u] += delta[u] * unit[u];
        }
    }

    static void add(float[] sums, float[] more, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += more[i];
        }
    }
}
