package sluice.framework.optimizer;

import sluice.framework.internal.kernel.Arithmetic;

/**
 * An optimiser's arithmetic, at one step of a task. It holds what is the same for all entries of a step, such as a bias
 * correction; the moments of entries are kept by whoever keeps the entries. After {@link #beginStep}, several threads
 * {@linkplain #move move} entries at once.
 */
public interface ParameterUpdate extends Arithmetic {
    /**
     * Begins a step of the task.
     *
     * @param step counted from 1
     * @param factor what the learning rate is multiplied by, above 0
     */
    void beginStep(long step, double factor);

    /**
     * How many running moments an entry has. All are 0 when a task begins.
     *
     * @return at least 0, the same at every step
     */
    @Override
    int moments();

    /**
     * Moves entries from {@code from} to {@code to - 1}, each by its own gradient and moments alone; allocates nothing.
     *
     * @param w parameters, overwritten
     * @param moments at least {@link #moments} arrays, each as long as w at least; overwritten
     * @param gradient gradients
     * @param from the first
     * @param to after the last
     */
    @Override
    void move(float[] w, float[][] moments, float[] gradient, int from, int to);

    /** An update without moments that is linear in the gradient, so that it may ride in a matrix multiply. */
    interface Linear extends ParameterUpdate {
        /**
         * What the gradient is multiplied by.
         *
         * @return r of {@code w = k w - r g}
         */
        float rate();

        /**
         * What the parameter is multiplied by.
         *
         * @return k of {@code w = k w - r g}
         */
        float keep();

        @Override
        default int moments() {
            return 0;
        }

        @Override
        default void move(float[] w, float[][] moments, float[] gradient, int from, int to) {
            float rate = rate();
            float keep = keep();
            for (int i = from; i < to; i++) {
                w[i] = keep * w[i] - rate * gradient[i];
            }
        }
    }
}
