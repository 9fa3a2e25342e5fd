package sluice.framework.internal.step;

import sluice.framework.optimizer.ParameterUpdate;

/** The biases of a layer while a task trains: where they are, with moments as new as the task. */
public final class BiasLearning {
    private final float[] biases;
    private final ParameterUpdate update;
    private final float[][] moments;
    private final float[] w;
    private final float[][] m;
    private final float[] g;

    public BiasLearning(float[] biases, ParameterUpdate update) {
        this.biases = biases;
        this.update = update;
        this.moments = new float[update.moments()][biases.length];
        this.w = new float[biases.length];
        this.m = new float[update.moments()][biases.length];
        this.g = new float[biases.length];
    }

    /** Moves the biases of {@code units[from]} to {@code units[to - 1]}; gradients are by position as well. */
    public void move(int[] units, int from, int to, float[] gradients, float scale) {
        gather(biases, units, from, to, w);
        for (int i = 0; i < m.length; i++) {
            gather(moments[i], units, from, to, m[i]);
        }
        for (int i = from; i < to; i++) {
            g[i - from] = gradients[i] * scale;
        }
        update.move(w, m, g, 0, to - from);
        scatter(w, units, from, to, biases);
        for (int i = 0; i < m.length; i++) {
            scatter(m[i], units, from, to, moments[i]);
        }
    }

    private static void gather(float[] source, int[] units, int from, int to, float[] into) {
        for (int i = from; i < to; i++) {
            into[i - from] = source[units[i]];
        }
    }

    private static void scatter(float[] source, int[] units, int from, int to, float[] into) {
        for (int i = from; i < to; i++) {
            into[units[i]] = source[i - from];
        }
    }
}
