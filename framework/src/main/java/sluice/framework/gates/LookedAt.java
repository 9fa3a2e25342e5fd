package sluice.framework.gates;

import java.util.stream.IntStream;
import sluice.framework.conditional.Pooling;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** What gaters of a task look at: normalised features of its training examples, or their means over squares of pixels. */
public final class LookedAt {
    /** So many examples say where thresholds lie, and which units any example opens. */
    private static final int SAMPLE = 5000;

    /** Reads the normalised features of an example of the mini-batch. */
    @FunctionalInterface
    public interface Batch {
        /**
         * Reads one.
         *
         * @param row of the mini-batch
         * @param into receives the features
         */
        void read(int row, float[] into);
    }

    private final Pooling pooling;
    private final Batch batch;
    private final Examples examples;
    private final Normalisation normalisation;
    private float[][] sample;

    /**
     * Looks at a task's examples.
     *
     * @param pooling of features
     * @param batch the mini-batch that trains
     * @param examples all of them, raw
     * @param normalisation how they become inputs
     */
    public LookedAt(Pooling pooling, Batch batch, Examples examples, Normalisation normalisation) {
        this.pooling = pooling;
        this.batch = batch;
        this.examples = examples;
        this.normalisation = normalisation;
    }

    /** How many features are looked at. */
    int features() {
        return pooling.features();
    }

    /**
     * Reads what is seen of an example of the mini-batch.
     *
     * @param raw room for all features
     */
    void read(int row, float[] raw, float[] into) {
        batch.read(row, raw);
        pooling.apply(raw, into);
    }

    int rawFeatures() {
        return examples.features();
    }

    /** What is seen of examples that lie evenly among all. */
    synchronized float[][] sample() {
        if (sample == null) {
            int count = Math.min(SAMPLE, examples.size());
            sample = IntStream.range(0, count)
                    .mapToObj(k -> seen((int) ((long) k * examples.size() / count)))
                    .toArray(float[][]::new);
        }
        return sample;
    }

    private float[] seen(int example) {
        float[] raw = new float[examples.features()];
        examples.read(example, raw);
        normalisation.apply(raw);
        float[] means = new float[features()];
        pooling.apply(raw, means);
        return means;
    }
}
