package sluice.framework.strategy;

import sluice.framework.internal.state.OutputRows;
import sluice.framework.internal.state.State;

/**
 * A sum of quadratic penalties {@code 1/2 sum_k sum_i F_ki (w_i - w*_ki)^2}, kept as two numbers per parameter however
 * many there are: up to a constant it is one penalty, of importance {@code F_i = sum_k F_ki} around the weighted mean
 * {@code sum_k F_ki w*_ki / F_i}. The difference is taken before it is multiplied, so that single precision does: what is
 * pulled to a place and is there has a gradient of exactly 0.
 */
final class QuadraticPenalty {
    private final float[] importance;
    private final float[] anchor;
    private boolean isEmpty = true;

    QuadraticPenalty(int parameters) {
        importance = new float[parameters];
        anchor = new float[parameters];
    }

    void state(State state, OutputRows form) {
        state.floats("importance", importance, form);
        state.floats("anchor", anchor, form);
        isEmpty = state.count("empty", isEmpty ? 1 : 0) == 1;
    }

    /** Adds a penalty around {@code place}. */
    void add(double[] weights, float[] place) {
        isEmpty = false;
        for (int i = 0; i < importance.length; i++) {
            double total = importance[i] + weights[i];
            // also where both are 0
            if (anchor[i] != place[i]) {
                anchor[i] = total == 0
                        ? place[i]
                        : (float) ((importance[i] * (double) anchor[i] + weights[i] * place[i]) / total);
            }
            importance[i] = (float) total;
        }
    }

    /** Makes one penalty of all, around {@code place}, with a share of its importance. */
    void pullTo(float[] place, double share) {
        for (int i = 0; i < importance.length; i++) {
            importance[i] *= (float) share;
            anchor[i] = place[i];
        }
    }

    /** Adds {@code weight} times the gradient at {@code parameters}. */
    void addGradient(double weight, float[] parameters, float[] gradient) {
        if (!isEmpty) {
            addGradient((float) weight, importance, anchor, parameters, gradient);
        }
    }

    private static void addGradient(
            float weight, float[] importance, float[] anchor, float[] parameters, float[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += weight * importance[i] * (parameters[i] - anchor[i]);
        }
    }

    long bytes() {
        return bytes(importance.length);
    }

    /** Importance and anchor of each parameter. */
    static long bytes(long parameters) {
        return 2 * Float.BYTES * parameters;
    }
}
