package sluice.framework.kernel;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A row-major matrix of floats outside the heap, in an ND4J array, of a fixed capacity and a shape that may change from
 * step to step: {@link #shape} sets the row stride, and nothing is ever allocated again. Whoever allocates it closes it.
 * Rows go in and out by bulk copies, which is what the JVM does fastest with native memory.
 */
public final class NativeMatrix implements AutoCloseable {
    private final INDArray array;
    private final FloatPointer pointer;
    private final FloatBuffer buffer;
    private int stride;

    private NativeMatrix(INDArray array, int columns) {
        this.array = array;
        this.pointer = new FloatPointer(array.data().pointer());
        this.buffer = pointer.capacity(array.length()).asBuffer();
        this.stride = columns;
    }

    /**
     * @param rows largest number of rows, at least 1
     * @param columns largest number of columns, at least 1
     * @return a matrix of zeros
     * @throws IllegalArgumentException if it would not fit in 2 GiB
     */
    public static NativeMatrix allocate(int rows, int columns) {
        long length = (long) rows * columns;
        checkArgument(
                rows >= 1 && columns >= 1 && length <= Integer.MAX_VALUE / Float.BYTES,
                "a matrix of %s x %s does not fit",
                rows,
                columns);
        Blas.coreType();
        return new NativeMatrix(Nd4j.create(DataType.FLOAT, length), columns);
    }

    /**
     * Gives the matrix another shape within its capacity; what it held is garbage afterwards.
     *
     * @param rows rows in use
     * @param columns columns in use, and the new row stride
     */
    public void shape(int rows, int columns) {
        assert (long) rows * columns <= buffer.capacity() : rows + " x " + columns + " > " + buffer.capacity();
        stride = Math.max(1, columns);
    }

    /**
     * @param row row to write
     * @param source values
     * @param length how many, from the row's first column
     */
    public void putRow(int row, float[] source, int length) {
        buffer.put(row * stride, source, 0, length);
    }

    /**
     * @param row row to write
     * @param column first column to write
     * @param source values
     * @param from first value in source
     * @param length how many
     */
    public void putRow(int row, int column, float[] source, int from, int length) {
        buffer.put(row * stride + column, source, from, length);
    }

    /**
     * @param row row to read
     * @param target receives the row's first values
     * @param length how many
     */
    public void getRow(int row, float[] target, int length) {
        buffer.get(row * stride, target, 0, length);
    }

    void fillZero(int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                buffer.put(row * stride + column, 0f);
            }
        }
    }

    FloatPointer pointer() {
        return pointer;
    }

    int stride() {
        return stride;
    }

    @Override
    public void close() {
        array.close();
    }
}
