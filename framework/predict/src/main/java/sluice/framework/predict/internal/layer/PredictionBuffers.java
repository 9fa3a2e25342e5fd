package sluice.framework.predict.internal.layer;

import java.util.ArrayList;
import java.util.List;
import sluice.framework.predict.internal.kernel.FloatMatrix;

/**
 * Memory of one thread for what lies between layers, handed out again for every task: it grows to the largest of them.
 * Each matrix has exactly the shape that was asked for, so that no task's bits depend on those before it.
 */
public final class PredictionBuffers implements AutoCloseable {
    private final List<FloatMatrix> buffers = new ArrayList<>();
    private final FloatMatrix.Allocation memory;
    private int taken;

    /** With none yet. */
    public PredictionBuffers(FloatMatrix.Allocation memory) {
        this.memory = memory;
    }

    /** A matrix of any values, of use until {@link #rewind}. */
    public FloatMatrix take(int rows, int columns) {
        int length = Math.multiplyExact(rows, columns);
        if (taken == buffers.size()) {
            buffers.add(memory.allocate(1, length));
        } else if (buffers.get(taken).columns() < length) {
            buffers.get(taken).close();
            buffers.set(taken, memory.allocate(1, length));
        }
        return buffers.get(taken++).part(rows, columns);
    }

    /** Takes all back. */
    public void rewind() {
        taken = 0;
    }

    @Override
    public void close() {
        buffers.forEach(FloatMatrix::close);
    }
}
