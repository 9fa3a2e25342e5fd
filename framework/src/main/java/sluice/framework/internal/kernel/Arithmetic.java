package sluice.framework.internal.kernel;

/** An optimiser's arithmetic on entries that lie side by side on the heap: plain loops, which the JVM vectorises. */
public interface Arithmetic {
    /** {@return running moments per entry, at least 0} */
    int moments();

    /**
     * Moves entries from {@code from} to {@code to - 1}.
     *
     * @param w parameters, overwritten
     * @param moments at least as many arrays as there are moments, overwritten
     * @param gradient gradients
     * @param from the first
     * @param to after the last
     */
    void move(float[] w, float[][] moments, float[] gradient, int from, int to);
}
