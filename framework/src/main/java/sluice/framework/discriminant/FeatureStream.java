package sluice.framework.discriminant;

import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.tasks.Examples;

/** Runs through examples chunk by chunk, computing their features. Close it. */
final class FeatureStream implements AutoCloseable {
    /** Examples at a time: enough for the multiply into the scatter matrix to be worth reading it. */
    static final int CHUNK = 1024;

    private final FeaturePass pass;
    private final NativeMatrix chunk;

    FeatureStream(RandomFeatures features, Lanes lanes, FeatureUse use) {
        this.pass = features.begin(lanes, use);
        this.chunk = NativeMatrix.allocate(CHUNK, features.count());
    }

    /** What is done with a chunk. */
    interface Consumer {
        /**
         * @param features [at least count, features], which may be overwritten
         * @param first position of its first example among the rows asked for
         * @param count its examples
         */
        void take(NativeMatrix features, int first, int count);
    }

    /** Steps that {@link #forEach} takes. */
    static int steps(int rows) {
        return (rows + CHUNK - 1) / CHUNK;
    }

    void forEach(Examples examples, int[] rows, Consumer consumer) {
        for (int number = 0; number < steps(rows.length); number++) {
            chunk(examples, rows, number, consumer);
        }
    }

    /** The chunk of that number alone, from 0. */
    void chunk(Examples examples, int[] rows, int number, Consumer consumer) {
        int first = number * CHUNK;
        int end = Math.min(rows.length, first + CHUNK);
        pass.compute(new FeatureChunk(examples, rows, first, end, chunk));
        consumer.take(chunk, first, end - first);
    }

    @Override
    public void close() {
        pass.close();
        chunk.close();
    }
}
