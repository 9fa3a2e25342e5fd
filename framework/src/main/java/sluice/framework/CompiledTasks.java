package sluice.framework;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** The compiled subnetworks of consolidated tasks, each built at its first use. Safe from several threads. */
final class CompiledTasks implements AutoCloseable {
    private final Map<String, CompiledSubnetwork> byTask = new ConcurrentHashMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Function<String, CompiledSubnetwork> compiler;

    CompiledTasks(Function<String, CompiledSubnetwork> compiler) {
        this.compiler = compiler;
    }

    /** What a prediction with the subnetwork of a task gives. */
    float[] predict(String task, Function<CompiledSubnetwork, float[]> prediction) {
        lock.readLock().lock();
        try {
            return prediction.apply(byTask.computeIfAbsent(task, compiler));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for predictions under way, then frees all; what is predicted with afterwards is compiled anew. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            byTask.values().forEach(CompiledSubnetwork::close);
            byTask.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
