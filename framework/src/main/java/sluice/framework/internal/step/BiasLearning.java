package sluice.framework.internal.step;

import sluice.framework.optimizer.ParameterUpdate;

/** The biases of a layer while a task trains: where they are, with moments as new as the task. */
public final class BiasLearning {
    private final float[] biases;
    private final ParameterUpdate update;
    private final float[] first;
    private final float[] second;
    private final float[] w;
    private final float[] m;
    private final float[] v;
    private final float[] g;

    public BiasLearning(float[] biases, ParameterUpdate update) {
        this.biases = biases;
        this.update = update;
        this.first = new float[update.moments() >= 1 ? biases.length : 0];
        this.second = new float[update.moments() >= 2 ? biases.length : 0];
        this.w = new float[biases.length];
        this.m = new float[first.length];
        this.v = new float[second.length];
        this.g = new float[biases.length];
    }

    /** Moves the biases of {@code units[from]} to {@code units[to - 1]}; gradients are by position as well. */
    public void move(int[] units, int from, int to, float[] gradients, float scale) {
        gather(biases, units, from, to, w);
        gather(first, units, from, to, m);
        gather(second, units, from, to, v);
        for (int i = from; i < to; i++) {
            g[i - from] = gradients[i] * scale;
        }
        update.move(w, m, v, g, 0, to - from);
        scatter(w, units, from, to, biases);
        scatter(m, units, from, to, first);
        scatter(v, units, from, to, second);
    }

    private static void gather(float[] source, int[] units, int from, int to, float[] into) {
        for (int i = from; i < to && source.length > 0; i++) {
            into[i - from] = source[units[i]];
        }
    }

    private static void scatter(float[] source, int[] units, int from, int to, float[] into) {
        for (int i = from; i < to && into.length > 0; i++) {
            into[units[i]] = source[i - from];
        }
    }
}
