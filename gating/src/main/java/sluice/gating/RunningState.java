package sluice.gating;

/**
 * Running state that is kept, or taken up again: whatever has some tells all of it here, under names, in one method that serves both.
 * Arrays are read from, or written to, in place; of a number that is told, what it is from now on is returned.
 */
public interface RunningState {
    /**
     * Tells an array.
     *
     * @param name of it, which no other has here
     * @param values kept, or overwritten
     */
    void doubles(String name, double[] values);

    /**
     * Tells a number.
     *
     * @param name of it, which no other has here
     * @param value that is kept
     * @return the same, or what was kept before
     */
    double number(String name, double value);

    /**
     * {@return where something within tells its own}
     *
     * @param name of it, which no other has here
     */
    RunningState part(String name);
}
