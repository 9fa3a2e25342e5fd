package sluice.framework;

/**
 * An optimiser at work on one parameter array, for one task: the moments and the arithmetic. It writes exactly the
 * entries that it is told to, and its moments are as new as the task.
 */
sealed interface ParameterUpdate {
    /** Starts with fresh moments. */
    static ParameterUpdate of(Optimizer optimizer, float[] parameters) {
        if (optimizer instanceof Optimizer.Adam adam) {
            return new AdamUpdate(adam, parameters);
        }
        return new SgdUpdate((Optimizer.Sgd) optimizer, parameters);
    }

    /** Begins step {@code step} of the task, counted from 1. */
    void beginStep(long step);

    /** Updates {@code count} consecutive entries from {@code at} on. */
    void run(int at, float[] gradient, int count);

    /** Updates one entry. */
    void entry(int at, float gradient);

    /** {@code m = momentum m + g; w -= eta m}, after decoupled decay. */
    final class SgdUpdate implements ParameterUpdate {
        private final float[] parameters;
        private final float[] moments;
        private final float rate;
        private final float momentum;
        private final float keep;

        SgdUpdate(Optimizer.Sgd sgd, float[] parameters) {
            this.parameters = parameters;
            this.moments = new float[sgd.momentum() > 0 ? parameters.length : 0];
            this.rate = (float) sgd.learningRate();
            this.momentum = (float) sgd.momentum();
            this.keep = (float) (1 - sgd.learningRate() * sgd.weightDecay());
        }

        @Override
        public void beginStep(long step) {}

        @Override
        public void run(int at, float[] gradient, int count) {
            if (moments.length == 0) {
                for (int i = 0; i < count; i++) {
                    parameters[at + i] = keep * parameters[at + i] - rate * gradient[i];
                }
                return;
            }
            for (int i = 0; i < count; i++) {
                moments[at + i] = momentum * moments[at + i] + gradient[i];
                parameters[at + i] = keep * parameters[at + i] - rate * moments[at + i];
            }
        }

        @Override
        public void entry(int at, float gradient) {
            float move = gradient;
            if (moments.length > 0) {
                move += momentum * moments[at];
                moments[at] = move;
            }
            parameters[at] = keep * parameters[at] - rate * move;
        }
    }

    /** Kingma and Ba 2015, algorithm 1, after decoupled decay. */
    final class AdamUpdate implements ParameterUpdate {
        private final Optimizer.Adam adam;
        private final float[] parameters;
        private final float[] first;
        private final float[] second;
        private final float beta1;
        private final float beta2;
        private final float epsilon;
        private final float keep;
        private float rate;
        private float rootCorrection;

        AdamUpdate(Optimizer.Adam adam, float[] parameters) {
            this.adam = adam;
            this.parameters = parameters;
            this.first = new float[parameters.length];
            this.second = new float[parameters.length];
            this.beta1 = (float) adam.beta1();
            this.beta2 = (float) adam.beta2();
            this.epsilon = (float) adam.epsilon();
            this.keep = (float) (1 - adam.learningRate() * adam.weightDecay());
        }

        @Override
        public void beginStep(long step) {
            rate = (float) (adam.learningRate() / (1 - Math.pow(adam.beta1(), (double) step)));
            rootCorrection = (float) (1 / Math.sqrt(1 - Math.pow(adam.beta2(), (double) step)));
        }

        @Override
        public void run(int at, float[] gradient, int count) {
            for (int i = 0; i < count; i++) {
                float g = gradient[i];
                float m = beta1 * first[at + i] + (1 - beta1) * g;
                float v = beta2 * second[at + i] + (1 - beta2) * g * g;
                first[at + i] = m;
                second[at + i] = v;
                parameters[at + i] =
                        keep * parameters[at + i] - rate * m / ((float) Math.sqrt(v) * rootCorrection + epsilon);
            }
        }

        @Override
        public void entry(int at, float g) {
            float m = beta1 * first[at] + (1 - beta1) * g;
            float v = beta2 * second[at] + (1 - beta2) * g * g;
            first[at] = m;
            second[at] = v;
            parameters[at] = keep * parameters[at] - rate * m / ((float) Math.sqrt(v) * rootCorrection + epsilon);
        }
    }
}
