package sluice.framework.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import sluice.framework.internal.random.RandomStreams;

/**
 * Bounds of many images on several threads, as {@link GenerativeModel#logLikelihood} has them, while somebody hears how far it is
 * and may end it.
 */
final class TestBounds {
    private final ModelImages images;
    private final int samples;
    private final RandomStreams streams;
    private final LikelihoodBound[] bounds;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int told;

    private TestBounds(ModelImages images, int samples, long seed) {
        this.images = images;
        this.samples = samples;
        this.streams = new RandomStreams(seed);
        this.bounds = new LikelihoodBound[images.images().length];
    }

    /**
     * @param listener hears on the calling thread how many images are begun
     */
    static LikelihoodBound[] of(ModelImages images, int samples, long seed, int threads, IntConsumer listener) {
        TestBounds bounds = new TestBounds(images, samples, seed);
        bounds.run(threads, listener);
        return bounds.bounds;
    }

    private void run(int threads, IntConsumer listener) {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            Thread other = new Thread(() -> work(done -> {}), "sluice-bounds-" + i);
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        work(begun -> {
            told = begun;
            listener.accept(begun);
        });
        others.forEach(TestBounds::join);
        Throwable failed = failure.get();
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed != null) {
            throw (RuntimeException) failed;
        }
        if (told < bounds.length) {
            listener.accept(bounds.length);
        }
    }

    private void work(IntConsumer listener) {
        try (BoundEvaluation evaluation = new BoundEvaluation(images.model())) {
            for (int i = next.getAndIncrement();
                    i < bounds.length && failure.get() == null;
                    i = next.getAndIncrement()) {
                bounds[i] = evaluation.bound(
                        images.given(i), images.target(i), GeneratorPass.UNKNOWN, samples, streams.stream("bound", i));
                listener.accept(Math.min(bounds.length, next.get()));
            }
        } catch (RuntimeException | Error failed) {
            failure.compareAndSet(null, failed);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
