package sluice.framework.internal.predict;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The compiled subnetworks of consolidated tasks, each built at its first use. Their matrices take a bounded share of
 * memory: when a new one does not fit beside the others, those that were not used for longest are freed, to be built
 * again, with the same bits, when they are asked for. Safe from several threads.
 */
public final class CompiledTasks implements AutoCloseable {
    /** Enough for some hundred tasks of 784 inputs and a hundred open units per layer. */
    static final long DEFAULT_BYTES = 256L << 20;

    private final Map<String, Entry> byTask = new HashMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicLong uses = new AtomicLong();
    private final Function<String, CompiledSubnetwork> compiler;
    private final long mostBytes;
    private long bytes;

    private static final class Entry {
        final CompiledSubnetwork compiled;
        volatile long lastUse;

        Entry(CompiledSubnetwork compiled) {
            this.compiled = compiled;
        }
    }

    public CompiledTasks(Function<String, CompiledSubnetwork> compiler) {
        this(compiler, DEFAULT_BYTES);
    }

    /**
     * @param mostBytes of all matrices together, unless a single task takes more
     */
    public CompiledTasks(Function<String, CompiledSubnetwork> compiler, long mostBytes) {
        this.compiler = compiler;
        this.mostBytes = mostBytes;
    }

    /** What a prediction with the subnetwork of a task gives. */
    public <T> T predict(String task, Function<CompiledSubnetwork, T> prediction) {
        while (true) {
            Optional<T> predicted = predictIfCompiled(task, prediction);
            if (predicted.isPresent()) {
                return predicted.get();
            }
            compile(task);
        }
    }

    /** The same, or nothing for a task that is not compiled at the moment. */
    public <T> Optional<T> predictIfCompiled(String task, Function<CompiledSubnetwork, T> prediction) {
        lock.readLock().lock();
        try {
            Entry entry = byTask.get(task);
            if (entry == null) {
                return Optional.empty();
            }
            entry.lastUse = uses.incrementAndGet();
            return Optional.of(prediction.apply(entry.compiled));
        } finally {
            lock.readLock().unlock();
        }
    }

    private void compile(String task) {
        lock.writeLock().lock();
        try {
            if (byTask.containsKey(task)) {
                return;
            }
            Entry entry = new Entry(compiler.apply(task));
            entry.lastUse = uses.incrementAndGet();
            bytes += entry.compiled.bytes();
            while (bytes > mostBytes && !byTask.isEmpty()) {
                byTask.entrySet().stream()
                        .min(Comparator.comparingLong(other -> other.getValue().lastUse))
                        .ifPresent(oldest -> free(oldest.getKey()));
            }
            byTask.put(task, entry);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void free(String task) {
        Entry entry = byTask.remove(task);
        if (entry != null) {
            bytes -= entry.compiled.bytes();
            entry.compiled.close();
        }
    }

    /**
     * Waits for predictions under way, then frees what a task has here.
     *
     * @param removal after which the compiler does not know the task; nothing is compiled meanwhile
     */
    public void forget(String task, Runnable removal) {
        lock.writeLock().lock();
        try {
            removal.run();
            free(task);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What the matrices take now. */
    long bytes() {
        lock.readLock().lock();
        try {
            return bytes;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for predictions under way, then frees all; what is predicted with afterwards is compiled anew. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            byTask.values().forEach(entry -> entry.compiled.close());
            byTask.clear();
            bytes = 0;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
