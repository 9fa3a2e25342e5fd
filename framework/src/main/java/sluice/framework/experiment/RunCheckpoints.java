package sluice.framework.experiment;

import com.google.common.collect.ImmutableMap;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.CheckpointSettings;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.state.Snapshot;
import sluice.tasks.InputException;

/**
 * Checkpoints of one run, the last two of which are kept in its folder. They are written by a thread of their own; training waits for
 * no more than the copy of its state, unless it is to end.
 */
final class RunCheckpoints implements Checkpoints, AutoCloseable {
    private static final String TRACE = "trace";
    private static final double NANOS = 1e9;
    /** Writing takes a core from training: a checkpoint that takes longer than this... */
    private static final long LONG = 1_000_000_000;
    /** ... is followed by so many times its own time without another. */
    private static final int REST = 20;

    private static final ThreadMXBean THREADS_TIMES = ManagementFactory.getThreadMXBean();

    private final CheckpointFolder place;
    private final Duration every;
    private final CheckpointSettings settings;
    private final TracedRun trace;
    private final BooleanSupplier stopped;
    private final Consumer<String> warnings;
    private final RunIdentity identity;
    private final String threads;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "checkpoints");
        thread.setDaemon(true);
        return thread;
    });
    private Future<?> writing;
    private Optional<Checkpoint> from = Optional.empty();
    private final AtomicLong wrote = new AtomicLong();
    private final AtomicLong lastTook = new AtomicLong();
    private int taken;
    private long began;
    private long waited;
    private long number;
    private long last = System.nanoTime();
    private boolean failed;
    private boolean keptForStop;
    private boolean passedForStop;

    /**
     * @param settings how often one is taken, and whether the learner is kept in the end
     * @param trace of the run
     * @param stopped whether the run is to end
     * @param warnings told what a user must know
     */
    RunCheckpoints(
            CheckpointFolder place,
            CheckpointSettings settings,
            TracedRun trace,
            BooleanSupplier stopped,
            Consumer<String> warnings,
            RunIdentity identity,
            int threads) {
        this.place = place;
        this.every = settings.every().orElseThrow();
        this.settings = settings;
        this.trace = trace;
        this.stopped = stopped;
        this.warnings = warnings;
        this.identity = identity;
        this.threads = Integer.toString(threads);
    }

    /**
     * Looks for a checkpoint to go on from; what is left aside is removed.
     *
     * @throws InputException if the newest is of another run, and not to be left aside
     */
    void find() {
        StoredCheckpoints stored = new StoredCheckpoints(place, identity, threads);
        Optional<Checkpoint> newest = stored.newest(warnings);
        if (newest.isEmpty()) {
            return;
        }
        ImmutableMap<String, String> notes = newest.get().notes();
        String misfit = stored.misfit(notes);
        if (misfit.isEmpty()) {
            number = StoredCheckpoints.number(notes);
            from = newest;
            stored.tellOfMachine(notes, warnings);
        } else if (place.replaces()) {
            place.delete();
        } else {
            throw stored.refused(misfit);
        }
    }

    @Override
    public Optional<Checkpoint> start() {
        Optional<Checkpoint> start = from;
        // it is large
        from = Optional.empty();
        return start;
    }

    @Override
    public void resumed(Checkpoint checkpoint) {
        checkpoint.snapshot().part(TRACE).restore(trace::state);
        last = System.nanoTime();
    }

    @Override
    public boolean due() {
        began = System.nanoTime();
        return stopped.getAsBoolean() || (began - last >= rest() && (writing == null || writing.isDone()));
    }

    private long rest() {
        long took = lastTook.get();
        return Math.max(every.toNanos(), took > LONG ? REST * took : 0);
    }

    /**
     * Whether the run ends at this step: it is to, and one was taken since, or could have been at the step before, but what is learned keeps
     * none.
     */
    boolean mayStop() {
        if (!stopped.getAsBoolean()) {
            return false;
        }
        boolean ends = keptForStop || passedForStop;
        passedForStop = true;
        return ends;
    }

    @Override
    public void take(Checkpoint checkpoint) {
        boolean ends = stopped.getAsBoolean();
        finish();
        last = System.nanoTime();
        number++;
        Checkpoint noted = checkpoint
                .with(StoredCheckpoints.NUMBER, Long.toString(number))
                .with(StoredCheckpoints.IDENTITY, identity.note())
                .with(StoredCheckpoints.THREADS, threads)
                .with(StoredCheckpoints.JAVA, Runtime.version().toString())
                .with(TRACE, Snapshot.of(trace::state));
        Path file = place.folder().resolve(StoredCheckpoints.name(number));
        writing = writer.submit(() -> {
            long start = THREADS_TIMES.getCurrentThreadCpuTime();
            long begun = System.nanoTime();
            Files.createDirectories(place.folder());
            noted.save(file);
            wrote.addAndGet(THREADS_TIMES.getCurrentThreadCpuTime() - start);
            lastTook.set(System.nanoTime() - begun);
            return null;
        });
        taken++;
        waited += System.nanoTime() - began;
        if (ends) {
            finish();
            keptForStop = true;
        }
        tellCost();
    }

    @Override
    public boolean keepsLearner() {
        return settings.keepsLearner();
    }

    @Override
    public boolean asksForLearner() {
        return settings.learner() == CheckpointSettings.KeptLearner.ALWAYS;
    }

    @Override
    public void missed(String why) {
        last = System.nanoTime();
        warn("a checkpoint cannot be made (%s)".formatted(why));
    }

    private void warn(String what) {
        if (!failed) {
            failed = true;
            warnings.accept(what + ": the run goes on, and the last good one is kept");
        }
    }

    /** Waits for what is being written. */
    private void finish() {
        if (writing == null) {
            return;
        }
        try {
            writing.get();
        } catch (ExecutionException unwritten) {
            warn("a checkpoint cannot be written (%s)"
                    .formatted(unwritten.getCause().getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        writing = null;
    }

    private void tellCost() {
        trace.checkpoints(new CheckpointCost(taken, waited / NANOS, wrote.get() / NANOS));
    }

    @Override
    public void close() {
        finish();
        tellCost();
        writer.shutdown();
    }
}
