package sluice.framework.strategy;

import java.util.Arrays;
import sluice.framework.internal.state.OutputRows;
import sluice.framework.internal.state.State;

/**
 * Each parameter's part in the fall of the loss along the way of the training, and the penalty that it makes: the
 * arithmetic of {@link SynapticIntelligence}, whatever the loss.
 */
final class PathImportance {
    private final double c;
    private final double xi;
    private final PlainTraining training;
    private final QuadraticPenalty penalty;
    private final float[] omega;
    private final float[] before;
    private final float[] anchor;

    PathImportance(double c, double xi, PlainTraining training) {
        this.c = c;
        this.xi = xi;
        this.training = training;
        float[] parameters = training.network().parameters();
        this.penalty = new QuadraticPenalty(parameters.length);
        this.omega = new float[parameters.length];
        this.before = new float[parameters.length];
        this.anchor = parameters.clone();
    }

    /**
     * Moves the parameters along the network's gradient, which is that of the task's own loss, and the penalty's. Both
     * count as the loss that falls, as in the comparison of van de Ven and Tolias (2019), whose strengths are the defaults.
     */
    void move() {
        float[] parameters = training.network().parameters();
        float[] gradient = training.network().gradient();
        System.arraycopy(parameters, 0, before, 0, before.length);
        penalty.addGradient(2 * c, parameters, gradient);
        training.move();
        count(omega, gradient, parameters, before);
    }

    private static void count(float[] omega, float[] gradient, float[] parameters, float[] before) {
        for (int i = 0; i < omega.length; i++) {
            omega[i] -= gradient[i] * (parameters[i] - before[i]);
        }
    }

    void state(State state) {
        OutputRows form = training.network().form();
        penalty.state(state.part("penalty"), form);
        state.floats("omega", omega, form);
        state.floats("anchor", anchor, form);
    }

    /** A task ends: importance grows, and later tasks are pulled to where the parameters are. */
    void consolidate() {
        float[] parameters = training.network().parameters();
        double[] importance = new double[omega.length];
        for (int i = 0; i < omega.length; i++) {
            double way = parameters[i] - anchor[i];
            importance[i] = omega[i] / (way * way + xi);
            anchor[i] = parameters[i];
        }
        penalty.pullTo(anchor, 1);
        penalty.add(importance, anchor);
        Arrays.fill(omega, 0);
    }

    long bytes() {
        return bytes(omega.length);
    }

    /** The penalty, and of each parameter the running sum of a task and where the task began. */
    static long bytes(long parameters) {
        return QuadraticPenalty.bytes(parameters) + 2 * Float.BYTES * parameters;
    }
}
