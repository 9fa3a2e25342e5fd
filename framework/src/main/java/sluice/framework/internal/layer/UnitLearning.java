package sluice.framework.internal.layer;

import java.util.Arrays;
import sluice.framework.internal.kernel.Arithmetic;
import sluice.framework.internal.state.State;

/** A number per unit of a layer, such as its bias, while a task trains: where they are, with moments as new as the task. */
public final class UnitLearning {
    private final float[] values;
    private final Arithmetic update;
    private final float[][] moments;
    private final float[] w;
    private final float[][] m;
    private final float[] g;

    public UnitLearning(float[] values, Arithmetic update) {
        this.values = values;
        this.update = update;
        this.moments = new float[update.moments()][values.length];
        this.w = new float[values.length];
        this.m = new float[update.moments()][values.length];
        this.g = new float[values.length];
    }

    /** Tells moments; the numbers themselves are told by whom they are of. */
    public void state(State state) {
        for (int i = 0; i < moments.length; i++) {
            state.floats("moment-" + (i + 1), moments[i]);
        }
    }

    /** Moves the numbers of {@code units[from]} to {@code units[to - 1]}; gradients are by position as well. */
    public void move(int[] units, int from, int to, float[] gradients, float scale) {
        gather(values, units, from, to, w);
        update(units, from, to, gradients, scale);
        scatter(w, units, from, to, values);
    }

    /**
     * The same without weight decay, which is decoupled from gradients: each number is moved from 0, where there is nothing
     * to decay, and what it moved by is added to it.
     */
    public void moveWithoutDecay(int[] units, int from, int to, float[] gradients, float scale) {
        Arrays.fill(w, 0, to - from, 0);
        update(units, from, to, gradients, scale);
        for (int i = from; i < to; i++) {
            values[units[i]] += w[i - from];
        }
    }

    private void update(int[] units, int from, int to, float[] gradients, float scale) {
        for (int i = 0; i < m.length; i++) {
            gather(moments[i], units, from, to, m[i]);
        }
        for (int i = from; i < to; i++) {
            g[i - from] = gradients[i] * scale;
        }
        update.move(w, m, g, 0, to - from);
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
