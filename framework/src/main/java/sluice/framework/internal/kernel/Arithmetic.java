package sluice.framework.internal.kernel;

/** An optimiser's arithmetic on entries that lie side by side on the heap: plain loops, which the JVM vectorises. */
public interface Arithmetic {
    /**
     * @return running moments per entry, 0 to 2
     */
    int moments();

    /**
     * Moves entries from {@code from} to {@code to - 1}.
     *
     * @param w parameters, overwritten
     * @param m first moments, overwritten; not looked at where there are none
     * @param v second moments, likewise
     * @param gradient gradients
     * @param from the first
     * @param to after the last
     */
    void move(float[] w, float[] m, float[] v, float[] gradient, int from, int to);
}
