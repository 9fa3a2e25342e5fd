package sluice.framework;

/**
 * An optimiser at work on one parameter array, for one task: the moments and the arithmetic. It writes exactly the
 * entries that it is told to, and its moments are as new as the task.
 *
 * <p>Entries that do not lie side by side are gathered, moved in one loop over plain arrays, and scattered back: that
 * loop is what the JVM turns into vector instructions.
 */
abstract sealed class ParameterUpdate {
    private final float[] parameters;
    private final float[] first;
    private final float[] second;
    private final float[] gatheredParameters;
    private final float[] gatheredFirst;
    private final float[] gatheredSecond;
    private final float[] single = new float[1];

    private ParameterUpdate(float[] parameters, int mostEntries, int moments) {
        this.parameters = parameters;
        this.first = new float[moments >= 1 ? parameters.length : 0];
        this.second = new float[moments >= 2 ? parameters.length : 0];
        this.gatheredParameters = new float[mostEntries];
        this.gatheredFirst = new float[moments >= 1 ? mostEntries : 0];
        this.gatheredSecond = new float[moments >= 2 ? mostEntries : 0];
    }

    /** Starts with fresh moments; {@code mostEntries} is the most that one call will update. */
    static ParameterUpdate of(Optimizer optimizer, float[] parameters, int mostEntries) {
        if (optimizer instanceof Optimizer.Adam adam) {
            return new AdamUpdate(adam, parameters, mostEntries);
        }
        return new SgdUpdate((Optimizer.Sgd) optimizer, parameters, mostEntries);
    }

    /** Begins step {@code step} of the task, counted from 1. */
    abstract void beginStep(long step);

    /** Moves {@code count} entries from {@code at} on along a gradient that starts at 0. */
    abstract void move(float[] w, float[] m, float[] v, int at, float[] gradient, int count);

    /** Updates {@code count} consecutive entries from {@code at} on. */
    void run(int at, float[] gradient, int count) {
        move(parameters, first, second, at, gradient, count);
    }

    /** Updates one entry. */
    void entry(int at, float gradient) {
        single[0] = gradient;
        move(parameters, first, second, at, single, 1);
    }

    /** Updates the entries {@code at + columns[0]}, {@code at + columns[1]}, ..., {@code count} of them. */
    void columns(int at, int[] columns, float[] gradient, int count) {
        gather(parameters, at, columns, count, gatheredParameters);
        if (first.length > 0) {
            gather(first, at, columns, count, gatheredFirst);
        }
        if (second.length > 0) {
            gather(second, at, columns, count, gatheredSecond);
        }
        move(gatheredParameters, gatheredFirst, gatheredSecond, 0, gradient, count);
        scatter(gatheredParameters, at, columns, count, parameters);
        if (first.length > 0) {
            scatter(gatheredFirst, at, columns, count, first);
        }
        if (second.length > 0) {
            scatter(gatheredSecond, at, columns, count, second);
        }
    }

    private static void gather(float[] from, int at, int[] columns, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = from[at + columns[i]];
        }
    }

    private static void scatter(float[] from, int at, int[] columns, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[at + columns[i]] = from[i];
        }
    }

    /** {@code m = momentum m + g; w -= eta m}, after decoupled decay. */
    private static final class SgdUpdate extends ParameterUpdate {
        private final float rate;
        private final float momentum;
        private final float keep;

        SgdUpdate(Optimizer.Sgd sgd, float[] parameters, int mostEntries) {
            super(parameters, mostEntries, sgd.momentum() > 0 ? 1 : 0);
            this.rate = (float) sgd.learningRate();
            this.momentum = (float) sgd.momentum();
            this.keep = (float) (1 - sgd.learningRate() * sgd.weightDecay());
        }

        @Override
        void beginStep(long step) {}

        @Override
        void move(float[] w, float[] m, float[] v, int at, float[] gradient, int count) {
            if (m.length == 0) {
                for (int i = 0; i < count; i++) {
                    w[at + i] = keep * w[at + i] - rate * gradient[i];
                }
                return;
            }
            for (int i = 0; i < count; i++) {
                float moved = momentum * m[at + i] + gradient[i];
                m[at + i] = moved;
                w[at + i] = keep * w[at + i] - rate * moved;
            }
        }
    }

    /** Kingma and Ba 2015, algorithm 1, after decoupled decay. */
    private static final class AdamUpdate extends ParameterUpdate {
        private final Optimizer.Adam adam;
        private final float beta1;
        private final float beta2;
        private final float epsilon;
        private final float keep;
        private float rate;
        private float rootCorrection;

        AdamUpdate(Optimizer.Adam adam, float[] parameters, int mostEntries) {
            super(parameters, mostEntries, 2);
            this.adam = adam;
            this.beta1 = (float) adam.beta1();
            this.beta2 = (float) adam.beta2();
            this.epsilon = (float) adam.epsilon();
            this.keep = (float) (1 - adam.learningRate() * adam.weightDecay());
        }

        @Override
        void beginStep(long step) {
            rate = (float) (adam.learningRate() / (1 - Math.pow(adam.beta1(), (double) step)));
            rootCorrection = (float) (1 / Math.sqrt(1 - Math.pow(adam.beta2(), (double) step)));
        }

        @Override
        void move(float[] w, float[] m, float[] v, int at, float[] gradient, int count) {
            // fields in locals, so that the loop is free of loads that might alias
            float b1 = beta1;
            float b2 = beta2;
            float eta = rate;
            float root = rootCorrection;
            float eps = epsilon;
            float kept = keep;
            for (int i = 0; i < count; i++) {
                float g = gradient[i];
                float newFirst = b1 * m[at + i] + (1 - b1) * g;
                float newSecond = b2 * v[at + i] + (1 - b2) * g * g;
                m[at + i] = newFirst;
                v[at + i] = newSecond;
                w[at + i] = kept * w[at + i] - eta * newFirst / ((float) Math.sqrt(newSecond) * root + eps);
            }
        }
    }
}
