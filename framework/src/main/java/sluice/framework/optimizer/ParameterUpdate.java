package sluice.framework.optimizer;

import sluice.framework.internal.kernel.Arithmetic;

/** An optimiser's arithmetic, at one step of a task. */
public abstract sealed class ParameterUpdate implements Arithmetic {
    public static ParameterUpdate of(Optimizer optimizer) {
        if (optimizer instanceof Optimizer.Adam adam) {
            return new AdamUpdate(adam);
        }
        Optimizer.Sgd sgd = (Optimizer.Sgd) optimizer;
        return sgd.momentum() > 0 ? new MomentumUpdate(sgd) : new PlainUpdate(sgd);
    }

    /**
     * Begins step {@code step} of the task, counted from 1.
     *
     * @param factor what the learning rate is multiplied by, above 0
     */
    public abstract void beginStep(long step, double factor);

    /** {@code w = keep w - rate g}: the decoupled decay is in {@code keep}. */
    public static final class PlainUpdate extends ParameterUpdate {
        private final Optimizer.Sgd sgd;
        private float rate;
        private float keep;

        PlainUpdate(Optimizer.Sgd sgd) {
            this.sgd = sgd;
        }

        @Override
        public void beginStep(long step, double factor) {
            rate = (float) (factor * sgd.learningRate());
            keep = (float) (1 - factor * sgd.learningRate() * sgd.weightDecay());
        }

        public float rate() {
            return rate;
        }

        public float keep() {
            return keep;
        }

        @Override
        public int moments() {
            return 0;
        }

        @Override
        public void move(float[] w, float[] m, float[] v, float[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                w[i] = keep * w[i] - rate * gradient[i];
            }
        }
    }

    /** {@code m = momentum m + g; w = keep w - rate m}. */
    private static final class MomentumUpdate extends ParameterUpdate {
        private final Optimizer.Sgd sgd;
        private float rate;
        private final float momentum;
        private float keep;

        MomentumUpdate(Optimizer.Sgd sgd) {
            this.sgd = sgd;
            this.momentum = (float) sgd.momentum();
        }

        @Override
        public void beginStep(long step, double factor) {
            rate = (float) (factor * sgd.learningRate());
            keep = (float) (1 - factor * sgd.learningRate() * sgd.weightDecay());
        }

        @Override
        public int moments() {
            return 1;
        }

        @Override
        public void move(float[] w, float[] m, float[] v, float[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                float moved = momentum * m[i] + gradient[i];
                m[i] = moved;
                w[i] = keep * w[i] - rate * moved;
            }
        }
    }

    /** Kingma and Ba 2015, algorithm 1, after decoupled decay. */
    private static final class AdamUpdate extends ParameterUpdate {
        private final Optimizer.Adam adam;
        private final float beta1;
        private final float beta2;
        private final float epsilon;
        private float keep;
        private float rate;
        private float rootCorrection;

        AdamUpdate(Optimizer.Adam adam) {
            this.adam = adam;
            this.beta1 = (float) adam.beta1();
            this.beta2 = (float) adam.beta2();
            this.epsilon = (float) adam.epsilon();
        }

        @Override
        public int moments() {
            return 2;
        }

        @Override
        public void beginStep(long step, double factor) {
            keep = (float) (1 - factor * adam.learningRate() * adam.weightDecay());
            rate = (float) (factor * adam.learningRate() / (1 - Math.pow(adam.beta1(), (double) step)));
            rootCorrection = (float) (1 / Math.sqrt(1 - Math.pow(adam.beta2(), (double) step)));
        }

        @Override
        public void move(float[] w, float[] m, float[] v, float[] gradient, int from, int to) {
            // fields in locals, so that the loop is free of loads that might alias
            float b1 = beta1;
            float b2 = beta2;
            float eta = rate;
            float root = rootCorrection;
            float eps = epsilon;
            float kept = keep;
            for (int i = from; i < to; i++) {
                float g = gradient[i];
                float newFirst = b1 * m[i] + (1 - b1) * g;
                float newSecond = b2 * v[i] + (1 - b2) * g * g;
                m[i] = newFirst;
                v[i] = newSecond;
                w[i] = kept * w[i] - eta * newFirst / ((float) Math.sqrt(newSecond) * root + eps);
            }
        }
    }
}
