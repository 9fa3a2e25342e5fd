package sluice.evaluation;

/**
 * Collects the cells of a matrix by moment and task. Mutable; for one thread.
 *
 * @param <C> a cell
 * @param <M> the matrix
 */
public interface MatrixBuilder<C, M> {
    /**
     * {@return whether the cell is set}
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @param task j, the task evaluated, in [1, T]
     * @throws IllegalArgumentException if an argument is out of range
     */
    boolean isSet(int afterTask, int task);

    /**
     * Measures a cell.
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @param task j, the task evaluated, in [1, T]
     * @param cell the evaluation
     * @throws IllegalArgumentException if an argument is out of range or the cell is set already
     */
    void set(int afterTask, int task, C cell);

    /** {@return the matrix of the cells so far} */
    M build();
}
