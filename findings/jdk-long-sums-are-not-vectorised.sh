#!/usr/bin/env bash
# OpenJDK 17.0.15 on x86-64 (AVX2 and AVX-512)
#
# Expected: sum[i] += w0[i] * x0 + ... over eight arrays is computed with vectors as it is over four, and is the faster, as the sums are
# read and written half as often.
# Behaviour: the server compiler takes vectors for four arrays beside the sums, whatever their length, but not for eight: the loop over eight
# takes several times as long as two loops over four, though every entry gets the same products. Where the length is a constant that the
# compiler knows, eight are computed with vectors, too. (Temurin 25.0.3 takes vectors for all three.)
#
# Output seen (billions of products a second):
#   four, any length: 15.2
#   eight, any length: 4.2
#   eight, constant length: 15.9
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Sums.java <<'JAVA'
import java.util.Random;

public class Sums {
    static final int LENGTH = 128;
    static final int TERMS = 96;

    static void four(float[][] w, float[] x, int i, float[] sum, int n) {
        float[] w0 = w[i], w1 = w[i + 1], w2 = w[i + 2], w3 = w[i + 3];
        float x0 = x[i], x1 = x[i + 1], x2 = x[i + 2], x3 = x[i + 3];
        for (int u = 0; u < n; u++) {
            sum[u] = (((sum[u] + w0[u] * x0) + w1[u] * x1) + w2[u] * x2) + w3[u] * x3;
        }
    }

    static void eight(float[][] w, float[] x, int i, float[] sum, int n) {
        float[] w0 = w[i], w1 = w[i + 1], w2 = w[i + 2], w3 = w[i + 3];
        float[] w4 = w[i + 4], w5 = w[i + 5], w6 = w[i + 6], w7 = w[i + 7];
        float x0 = x[i], x1 = x[i + 1], x2 = x[i + 2], x3 = x[i + 3];
        float x4 = x[i + 4], x5 = x[i + 5], x6 = x[i + 6], x7 = x[i + 7];
        for (int u = 0; u < n; u++) {
            float half = (((sum[u] + w0[u] * x0) + w1[u] * x1) + w2[u] * x2) + w3[u] * x3;
            sum[u] = (((half + w4[u] * x4) + w5[u] * x5) + w6[u] * x6) + w7[u] * x7;
        }
    }

    static void constantEight(float[][] w, float[] x, int i, float[] sum) {
        float[] w0 = w[i], w1 = w[i + 1], w2 = w[i + 2], w3 = w[i + 3];
        float[] w4 = w[i + 4], w5 = w[i + 5], w6 = w[i + 6], w7 = w[i + 7];
        float x0 = x[i], x1 = x[i + 1], x2 = x[i + 2], x3 = x[i + 3];
        float x4 = x[i + 4], x5 = x[i + 5], x6 = x[i + 6], x7 = x[i + 7];
        for (int u = 0; u < LENGTH; u++) {
            float half = (((sum[u] + w0[u] * x0) + w1[u] * x1) + w2[u] * x2) + w3[u] * x3;
            sum[u] = (((half + w4[u] * x4) + w5[u] * x5) + w6[u] * x6) + w7[u] * x7;
        }
    }

    interface Work {
        void run(int term);
    }

    static double rate(int step, Work work) {
        double best = 0;
        for (int repetition = 0; repetition < 12; repetition++) {
            int times = 20_000;
            long begun = System.nanoTime();
            for (int t = 0; t < times; t++) {
                for (int i = 0; i < TERMS; i += step) {
                    work.run(i);
                }
            }
            best = Math.max(best, (double) times * TERMS * LENGTH / (System.nanoTime() - begun));
        }
        return best;
    }

    public static void main(String[] arguments) {
        Random random = new Random(1);
        float[][] w = new float[TERMS][LENGTH];
        float[] x = new float[TERMS];
        for (int i = 0; i < TERMS; i++) {
            x[i] = (float) random.nextGaussian() * 1e-6f;
            for (int u = 0; u < LENGTH; u++) {
                w[i][u] = (float) random.nextGaussian();
            }
        }
        float[] sum = new float[LENGTH];
        int n = Integer.parseInt(arguments[0]);
        double four = rate(4, i -> four(w, x, i, sum, n));
        double eight = rate(8, i -> eight(w, x, i, sum, n));
        double constant = rate(8, i -> constantEight(w, x, i, sum));
        System.out.printf("four, any length: %.1f%neight, any length: %.1f%neight, constant length: %.1f%n", four, eight, constant);
        System.exit(four > 1.5 * eight && constant > 1.5 * eight ? 0 : 1);
    }
}
JAVA
javac Sums.java
java Sums 128
