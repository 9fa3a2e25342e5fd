package sluice.framework.plain;

/** How parameters move by their gradient, range by range, several threads at once. */
public interface ParameterMove {
    /**
     * Moves the parameters of a range; writes to no others.
     *
     * @param parameters all of them
     * @param gradient of all of them
     * @param from first of the range
     * @param to after its last
     */
    void move(float[] parameters, float[] gradient, int from, int to);
}
