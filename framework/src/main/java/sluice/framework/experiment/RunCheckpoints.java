package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.state.Snapshot;
import sluice.tasks.InputException;

/**
 * Checkpoints of one run, the last two of which are kept in its folder. They are written by a thread of their own; training waits for
 * no more than the copy of its state, unless it is to end.
 */
final class RunCheckpoints implements Checkpoints, AutoCloseable {
    /** Written in turn. */
    static final ImmutableList<String> NAMES = ImmutableList.of("checkpoint-1.sluice", "checkpoint-2.sluice");

    private static final String NUMBER = "number";
    private static final String IDENTITY = "identity";
    private static final String THREADS = "threads";
    private static final String JAVA = "java";
    private static final String TRACE = "trace";

    private final CheckpointFolder place;
    private final Duration every;
    private final RunTrace trace;
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
    private long number;
    private long last = System.nanoTime();
    private boolean failed;
    private boolean keptForStop;

    /**
     * @param every how often one is taken
     * @param trace of the run
     * @param stopped whether the run is to end
     * @param warnings told what a user must know
     */
    RunCheckpoints(
            CheckpointFolder place,
            Duration every,
            RunTrace trace,
            BooleanSupplier stopped,
            Consumer<String> warnings,
            RunIdentity identity,
            int threads) {
        this.place = place;
        this.every = every;
        this.trace = trace;
        this.stopped = stopped;
        this.warnings = warnings;
        this.identity = identity;
        this.threads = Integer.toString(threads);
    }

    /** Whether a folder holds nothing but checkpoints. */
    static boolean areAll(Path folder) {
        try (var files = Files.list(folder)) {
            List<Path> there = files.toList();
            return !there.isEmpty()
                    && there.stream()
                            .allMatch(file -> NAMES.contains(file.getFileName().toString()));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Looks for a checkpoint to go on from.
     *
     * @throws InputException if the newest is of another run, and not to be left aside
     */
    void find() {
        List<Checkpoint> found = new ArrayList<>();
        for (String name : NAMES) {
            Path file = place.folder().resolve(name);
            if (Files.isRegularFile(file)) {
                read(file).ifPresent(found::add);
            }
        }
        found.sort((one, other) -> Long.compare(number(other), number(one)));
        if (found.isEmpty()) {
            return;
        }
        Checkpoint newest = found.get(0);
        number = number(newest);
        String misfit = misfit(newest);
        if (misfit.isEmpty()) {
            from = Optional.of(newest);
            tellOfMachine(newest);
        } else if (!place.replaces()) {
            throw new InputException(
                    "%s holds a checkpoint of %s: add --overwrite to start anew, or name another folder with --out"
                            .formatted(place.folder(), misfit));
        }
    }

    private Optional<Checkpoint> read(Path file) {
        try {
            return Optional.of(Checkpoint.load(file));
        } catch (InputException damaged) {
            warnings.accept("%s is damaged, the checkpoint before it is used".formatted(file));
            return Optional.empty();
        }
    }

    private static long number(Checkpoint checkpoint) {
        try {
            return Long.parseLong(checkpoint.notes().getOrDefault(NUMBER, "0"));
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }

    /** What differs so that it cannot be gone on from; empty if nothing does. */
    private String misfit(Checkpoint checkpoint) {
        try {
            RunIdentity then = RunIdentity.noted(checkpoint.notes().getOrDefault(IDENTITY, ""));
            String differs = identity.apartFromMachine().differenceFrom(then.apartFromMachine());
            if (!differs.isEmpty()) {
                return differs;
            }
        } catch (IOException foreign) {
            return "another kind of run";
        }
        String then = checkpoint.notes().getOrDefault(THREADS, "");
        return then.equals(threads) || place.otherThreads()
                ? ""
                : "another number of threads (%s, now %s; --allow-other-threads goes on with other bits)"
                        .formatted(then, threads);
    }

    private void tellOfMachine(Checkpoint checkpoint) {
        List<String> others = new ArrayList<>();
        try {
            if (!RunIdentity.noted(checkpoint.notes().get(IDENTITY)).build().equals(identity.build())) {
                others.add("build of Sluice");
            }
        } catch (IOException read) {
            throw new UncheckedIOException(read);
        }
        if (!Runtime.version().toString().equals(checkpoint.notes().get(JAVA))) {
            others.add("Java");
        }
        if (!threads.equals(checkpoint.notes().get(THREADS))) {
            others.add("number of threads");
        }
        if (!others.isEmpty()) {
            warnings.accept("the checkpoint is of another %s: bits may differ from those of an undisturbed run"
                    .formatted(String.join(" and ", others)));
        }
    }

    @Override
    public Optional<Checkpoint> start() {
        return from;
    }

    @Override
    public void resumed(Checkpoint checkpoint) {
        checkpoint.snapshot().part(TRACE).restore(trace::state);
        last = System.nanoTime();
    }

    @Override
    public boolean due() {
        return stopped.getAsBoolean()
                || (System.nanoTime() - last >= every.toNanos() && (writing == null || writing.isDone()));
    }

    /** Whether the run may end at its next step: one was taken since it was to end. */
    boolean mayStop() {
        return stopped.getAsBoolean() && keptForStop;
    }

    @Override
    public void take(Checkpoint checkpoint) {
        boolean ends = stopped.getAsBoolean();
        finish();
        last = System.nanoTime();
        number++;
        Checkpoint noted = checkpoint
                .with(NUMBER, Long.toString(number))
                .with(IDENTITY, identity.note())
                .with(THREADS, threads)
                .with(JAVA, Runtime.version().toString())
                .with(TRACE, Snapshot.of(trace::state));
        Path file = place.folder().resolve(NAMES.get((int) (number % NAMES.size())));
        writing = writer.submit(() -> {
            Files.createDirectories(place.folder());
            noted.save(file);
            return null;
        });
        if (ends) {
            finish();
            keptForStop = true;
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
            if (!failed) {
                failed = true;
                warnings.accept("a checkpoint cannot be written (%s): the run goes on, and the last good one is kept"
                        .formatted(unwritten.getCause().getMessage()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        writing = null;
    }

    /** The last checkpoint, of a run that was stopped; empty where none was written. */
    boolean isThere() {
        return NAMES.stream().map(place.folder()::resolve).anyMatch(Files::isRegularFile);
    }

    @Override
    public void close() {
        finish();
        writer.shutdown();
    }
}
