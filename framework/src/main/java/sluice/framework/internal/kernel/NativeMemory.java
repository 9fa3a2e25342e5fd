package sluice.framework.internal.kernel;

import java.lang.ref.Cleaner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory outside the heap, which is freed when it is closed, or else when nothing holds it any more. As the garbage collector
 * does not see what lies outside the heap, it is asked to look whenever that has grown much.
 */
final class NativeMemory implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    /** Growth after which the garbage collector is asked to look, where less is in use. */
    private static final long LEAST_GROWTH = 256L << 20;

    private static final long LONGEST_WAIT_MILLIS = 1000;

    private static final AtomicLong LIVE = new AtomicLong();
    private static final AtomicLong AT_LAST_LOOK = new AtomicLong();

    private final Pointer pointer;
    private final Cleaner.Cleanable cleanable;

    private NativeMemory(Pointer pointer, long bytes) {
        this.pointer = pointer;
        this.cleanable = CLEANER.register(this, new Release(pointer, bytes));
    }

    /** Holds nothing that would keep the memory in use. */
    private record Release(Pointer pointer, long bytes) implements Runnable {
        @Override
        public void run() {
            Pointer.free(pointer);
            LIVE.addAndGet(-bytes);
        }
    }

    /**
     * Room for floats, all 0. ND4J's own allocation writes every zero; the system's gives a page its memory when it is first
     * touched, and of a wide layer a task touches what it opens.
     *
     * @param length floats
     * @param what for, in words
     * @throws OutOfMemoryError if the system refuses the memory
     */
    static NativeMemory ofZeros(long length, String what) {
        long bytes = length * Float.BYTES;
        lookWhereGrown(LIVE.addAndGet(bytes));
        Pointer pointer = Pointer.calloc(length, Float.BYTES);
        if (pointer == null || pointer.isNull()) {
            LIVE.addAndGet(-bytes);
            throw new OutOfMemoryError("no native memory for a matrix of " + what);
        }
        return new NativeMemory(pointer, bytes);
    }

    private static void lookWhereGrown(long live) {
        long before = AT_LAST_LOOK.get();
        if (live < before) {
            AT_LAST_LOOK.compareAndSet(before, live);
        } else if (live - before > Math.max(LEAST_GROWTH, before) && AT_LAST_LOOK.compareAndSet(before, live)) {
            look();
        }
    }

    /**
     * Has the garbage collector look, and waits for the cleaner, whose thread may get no turn on a busy machine: else more is
     * allocated meanwhile than is freed.
     */
    private static void look() {
        CountDownLatch cleaned = new CountDownLatch(1);
        CLEANER.register(new Object(), cleaned::countDown);
        System.gc();
        try {
            boolean begun = cleaned.await(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            for (long before = Long.MAX_VALUE; begun && LIVE.get() < before; ) {
                before = LIVE.get();
                Thread.sleep(1);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt(); // what is garbage is freed later
        }
    }

    /** Bytes in use by all. */
    static long liveBytes() {
        return LIVE.get();
    }

    Pointer pointer() {
        return pointer;
    }

    @Override
    public void close() {
        cleanable.clean();
    }
}
