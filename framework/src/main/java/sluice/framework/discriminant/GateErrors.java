package sluice.framework.discriminant;

import java.util.Arrays;

/**
 * The squared error of a classifier by the gates of its features, {@code E(h) = h' T h - 2 b' h}, in units of what it
 * explains with all gates open, {@code sum of b}.
 *
 * @param t T [gates, gates], symmetric
 * @param b by gate
 */
record GateErrors(double[][] t, double[] b) {
    /** What all gates open explain; at most 0 where nothing is. */
    double explained() {
        return Arrays.stream(b).sum();
    }

    /** E(h) over {@link #explained}. */
    double loss(double[] gates) {
        double loss = 0;
        for (int f = 0; f < b.length; f++) {
            if (gates[f] != 0) {
                loss += gates[f] * (product(f, gates) - 2 * b[f]);
            }
        }
        return loss / explained();
    }

    /**
     * What opening each gate adds to {@link #loss} while the others stay: the derivative with the gate half open, exactly, as
     * E is quadratic. At the open gate itself it would be 0 where its features are weighted best.
     */
    void differences(double[] gates, double[] into) {
        double scale = 2 / explained();
        for (int f = 0; f < b.length; f++) {
            into[f] = scale * (product(f, gates) + t[f][f] * (0.5 - gates[f]) - b[f]);
        }
    }

    private double product(int f, double[] gates) {
        double sum = 0;
        for (int g = 0; g < gates.length; g++) {
            sum += t[f][g] * gates[g];
        }
        return sum;
    }
}
