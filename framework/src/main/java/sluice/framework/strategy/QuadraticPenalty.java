package sluice.framework.strategy;

/**
 * A sum of quadratic penalties {@code 1/2 sum_k sum_i F_ki (w_i - w*_ki)^2}, kept as two numbers per parameter however
 * many there are: its gradient is {@code w_i sum_k F_ki - sum_k F_ki w*_ki}.
 */
final class QuadraticPenalty {
    private final double[] importance;
    private final double[] pull;

    QuadraticPenalty(int parameters) {
        importance = new double[parameters];
        pull = new double[parameters];
    }

    /** Adds a penalty around {@code anchor}. */
    void add(double[] weights, float[] anchor) {
        for (int i = 0; i < importance.length; i++) {
            importance[i] += weights[i];
            pull[i] += weights[i] * anchor[i];
        }
    }

    /** Makes one penalty of all, around {@code anchor}, with a share of its importance. */
    void pullTo(float[] anchor, double share) {
        for (int i = 0; i < importance.length; i++) {
            importance[i] *= share;
            pull[i] = importance[i] * anchor[i];
        }
    }

    /** Adds {@code weight} times the gradient at {@code parameters}. */
    void addGradient(double weight, float[] parameters, float[] gradient) {
        for (int i = 0; i < importance.length; i++) {
            gradient[i] += (float) (weight * (importance[i] * parameters[i] - pull[i]));
        }
    }

    long bytes() {
        return 2L * Double.BYTES * importance.length;
    }
}
