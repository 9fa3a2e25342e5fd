package sluice.framework.internal.kernel;

import static com.google.common.base.Preconditions.checkArgument;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import sluice.framework.predict.internal.kernel.FloatMatrix;

/**
 * A row-major matrix of floats outside the heap, in an ND4J array, of a fixed shape. Whoever allocates it closes it; the
 * memory of one that was forgotten is freed when nothing holds it or a view of it any more. Rows
 * go in and out by bulk copies, which is what the JVM does fastest with native memory; {@link Gemm} multiplies any block
 * of it in place. Different rows may be touched by different threads at the same time.
 */
public final class NativeMatrix implements FloatMatrix {
    private final INDArray array;
    private final NativeMemory memory;
    private final FloatBuffer buffer;
    private final IntBuffer bits;
    private final long address;
    private final int rows;
    private final int columns;
    private final boolean view;

    private NativeMatrix(NativeMemory memory, int rows, int columns) {
        long length = (long) rows * columns;
        FloatPointer pointer = new FloatPointer(memory.pointer()).capacity(length);
        this.memory = memory;
        this.array = Nd4j.create(Nd4j.createBuffer(pointer, length, DataType.FLOAT));
        this.buffer = pointer.asBuffer();
        this.bits = new IntPointer(memory.pointer()).capacity(length).asBuffer();
        this.address = pointer.address();
        this.rows = rows;
        this.columns = columns;
        this.view = false;
    }

    /** Shares the memory, which is there as long as anything holds it. */
    private NativeMatrix(NativeMatrix whole, int rows, int columns) {
        this.array = whole.array;
        this.memory = whole.memory;
        this.buffer = whole.buffer;
        this.bits = whole.bits;
        this.address = whole.address;
        this.rows = rows;
        this.columns = columns;
        this.view = true;
    }

    /**
     * {@return a matrix of zeros}
     *
     * @param rows number of rows, at least 1
     * @param columns number of columns, at least 1
     * @throws IllegalArgumentException if it would not fit in 2 GiB
     * @throws OutOfMemoryError if the system refuses the memory
     */
    public static NativeMatrix allocate(int rows, int columns) {
        long length = (long) rows * columns;
        checkArgument(
                rows >= 1 && columns >= 1 && length <= Integer.MAX_VALUE / Float.BYTES,
                "a matrix of %s x %s does not fit",
                rows,
                columns);
        Blas.coreType();
        return new NativeMatrix(NativeMemory.ofZeros(length, rows + " x " + columns), rows, columns);
    }

    @Override
    public NativeMatrix view(int otherRows, int otherColumns) {
        checkView(otherRows, otherColumns);
        return new NativeMatrix(this, otherRows, otherColumns);
    }

    @Override
    public NativeMatrix part(int fewerRows, int fewerColumns) {
        checkPart(fewerRows, fewerColumns);
        return new NativeMatrix(this, fewerRows, fewerColumns);
    }

    @Override
    public void put(int row, int column, float[] source, int from, int length) {
        try {
            buffer.put(row * columns + column, source, from, length);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    @Override
    public void get(int row, int column, float[] target, int from, int length) {
        try {
            buffer.get(row * columns + column, target, from, length);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /**
     * Writes one value.
     *
     * @param row its row
     * @param column its column
     * @param value what it is from now on
     */
    public void put(int row, int column, float value) {
        try {
            buffer.put(row * columns + column, value);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /**
     * {@return one value}
     *
     * @param row its row
     * @param column its column
     */
    public float get(int row, int column) {
        try {
            return buffer.get(row * columns + column);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    @Override
    public void putBits(int row, int column, int[] source, int from, int length) {
        try {
            bits.put(row * columns + column, source, from, length);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    @Override
    public void getBits(int row, int column, int[] target, int from, int length) {
        try {
            bits.get(row * columns + column, target, from, length);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** Where an entry lies in memory. */
    long address(int row, int column) {
        assert row >= 0 && row <= rows && column >= 0 && column <= columns : row + ", " + column;
        return address + Float.BYTES * ((long) row * columns + column);
    }

    @Override
    public void close() {
        if (!view) {
            array.close();
            memory.close();
        }
    }
}
