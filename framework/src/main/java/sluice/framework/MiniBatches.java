package sluice.framework;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.kernel.NativeMatrix;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * A task's training examples, fed batch by batch into one native matrix; the data set is never copied. An input that is 0
 * in every example is left out: like a closed unit, it adds nothing to any sum and no gradient reaches its weights.
 */
final class MiniBatches implements AutoCloseable {
    private final Examples examples;
    private final Normalisation normalisation;
    private final RandomGenerator shuffling;
    private final int[] active;
    private final int[] order;
    private final int[] labels;
    private final NativeMatrix values;
    private final float[] row;

    MiniBatches(Examples examples, Normalisation normalisation, int batchSize, RandomGenerator shuffling) {
        this.examples = examples;
        this.normalisation = normalisation;
        this.shuffling = shuffling;
        this.active = activeInputs(examples, normalisation);
        this.order = IntStream.range(0, examples.size()).toArray();
        this.labels = new int[Math.min(batchSize, examples.size())];
        this.values = NativeMatrix.allocate(labels.length, Math.max(1, active.length));
        this.row = new float[active.length];
    }

    private static int[] activeInputs(Examples examples, Normalisation normalisation) {
        boolean[] seen = new boolean[examples.features()];
        float[] raw = examples.values();
        for (int e = 0; e < examples.size(); e++) {
            int offset = examples.offset(e);
            for (int i = 0; i < seen.length; i++) {
                seen[i] |= (raw[offset + i] - normalisation.shift()) * normalisation.scale() != 0;
            }
        }
        return IntStream.range(0, seen.length).filter(i -> seen[i]).toArray();
    }

    /** Inputs that are not 0 throughout, ascending. */
    int[] active() {
        return active;
    }

    /** Examples of a full batch. */
    int size() {
        return labels.length;
    }

    int perEpoch() {
        return (order.length + labels.length - 1) / labels.length;
    }

    /** Deals the examples out anew. */
    void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = shuffling.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    /**
     * Feeds batch {@code index} of the epoch, from 0.
     *
     * @return its examples, in the first rows of {@link #values}
     */
    int feed(int index) {
        int start = index * labels.length;
        int batch = Math.min(labels.length, order.length - start);
        float[] raw = examples.values();
        float shift = normalisation.shift();
        float scale = normalisation.scale();
        for (int r = 0; r < batch; r++) {
            int example = order[start + r];
            labels[r] = examples.label(example);
            pick(raw, examples.offset(example), active, row);
            normalise(row, shift, scale);
            values.put(r, 0, row, 0, row.length);
        }
        return batch;
    }

    private static void pick(float[] raw, int offset, int[] active, float[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] = raw[offset + active[i]];
        }
    }

    private static void normalise(float[] row, float shift, float scale) {
        for (int i = 0; i < row.length; i++) {
            row[i] = (row[i] - shift) * scale;
        }
    }

    /** [batch, active inputs]. */
    NativeMatrix values() {
        return values;
    }

    int[] labels() {
        return labels;
    }

    @Override
    public void close() {
        values.close();
    }
}
