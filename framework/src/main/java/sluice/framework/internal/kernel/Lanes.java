package sluice.framework.internal.kernel;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of one training: the caller's, and helpers that wait for work beside it. A job is cut into as many shares
 * as there are lanes, by its sizes alone, so that the same count gives the same bits; who does which share is decided as
 * they go, so that a helper whom the machine keeps busy elsewhere holds nobody up. The native matrix multiply itself runs
 * on the thread that calls it, which on blocks of a few hundred rows beats sharing out inside of it.
 *
 * <p>Handing out a job allocates nothing. Helpers spin for a while before they sleep. One owner; not for use from several
 * threads.
 */
public final class Lanes implements AutoCloseable {
    /** A piece of work that is done share by share. */
    public interface Job {
        /**
         * @param lane which share, and scratch for it
         */
        void run(Lane lane);
    }

    /** Multiply-adds below which a job is not worth sharing out: handing it over takes a microsecond or so. */
    private static final long WORTH_SHARING = 1_000_000;

    private static final int SPINS = 2000;
    private static final int LARGEST_COUNT = 256;

    private final long worthSharing;
    private final Lane alone = new Lane();
    private final Lane[] lanes;
    private final Thread[] helpers;
    private final AtomicInteger round = new AtomicInteger();
    private final AtomicInteger nextShare;
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile boolean closed;
    private volatile Throwable failure;
    private volatile Job job;
    private volatile Thread caller;

    private Lanes(int count, long worthSharing) {
        checkCount(count);
        this.worthSharing = worthSharing;
        this.lanes = new Lane[count];
        this.helpers = new Thread[count - 1];
        this.nextShare = new AtomicInteger(count);
        for (int i = 0; i < count; i++) {
            lanes[i] = new Lane(i, count);
        }
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(this::serve, "sluice-lane-" + (i + 1));
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    /**
     * {@return lanes where nobody asks for a number: OPENBLAS_NUM_THREADS where the user set it, else one per physical
     * core; 256 at the most}
     */
    public static int defaultCount() {
        String own = System.getenv("OPENBLAS_NUM_THREADS");
        int wanted = own != null && own.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(own) : PhysicalCores.count();
        return Math.min(wanted, LARGEST_COUNT);
    }

    /**
     * {@return the lanes; close them}
     *
     * @param count threads, the caller's among them, in [1, 256]
     * @throws IllegalArgumentException if the count is out of range
     */
    public static Lanes start(int count) {
        return new Lanes(count, WORTH_SHARING);
    }

    /**
     * Lanes that share out every job, however small.
     *
     * @param count threads, the caller's among them, in [1, 256]
     * @return the lanes; close them
     * @throws IllegalArgumentException if the count is out of range
     */
    public static Lanes startSharing(int count) {
        return new Lanes(count, 0);
    }

    /**
     * @param count threads
     * @throws IllegalArgumentException if it is not in [1, 256]
     */
    public static void checkCount(int count) {
        checkArgument(count >= 1 && count <= LARGEST_COUNT, "threads must be in [1, %s], got %s", LARGEST_COUNT, count);
    }

    /** {@return threads, the caller's among them} */
    public int count() {
        return lanes.length;
    }

    /** {@return a lane of the calling thread that has every job to itself} */
    public Lane caller() {
        return alone;
    }

    /**
     * Runs a job to its end, in shares if it is large enough.
     *
     * @param work what to do
     * @param multiplyAdds about how much it is
     */
    public void run(Job work, long multiplyAdds) {
        if (helpers.length == 0 || multiplyAdds < worthSharing) {
            work.run(alone);
            return;
        }
        job = work;
        caller = Thread.currentThread();
        unfinished.set(lanes.length);
        // last: whoever takes a share from here on sees the job
        nextShare.set(0);
        round.incrementAndGet();
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        takeShares();
        for (int spins = 0; unfinished.get() > 0; spins++) {
            spinOrPark(spins);
        }
        rethrow();
    }

    private void takeShares() {
        for (int share = nextShare.getAndIncrement(); share < lanes.length; share = nextShare.getAndIncrement()) {
            try {
                job.run(lanes[share]);
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            }
            if (unfinished.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }
    }

    private void spinOrPark(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.park(this);
        }
    }

    private void rethrow() {
        Throwable thrown = failure;
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            failure = null;
            throw (RuntimeException) thrown;
        }
    }

    private void serve() {
        int seen = 0;
        while (!closed) {
            for (int spins = 0; round.get() == seen && !closed; spins++) {
                spinOrPark(spins);
            }
            seen = round.get();
            takeShares();
        }
    }

    /** Ends the helpers. */
    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
