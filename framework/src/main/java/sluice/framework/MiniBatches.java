package sluice.framework;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.kernel.Lane;
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
    private int start;
    private int batch;

    MiniBatches(Examples examples, Normalisation normalisation, int batchSize, RandomGenerator shuffling) {
        this.examples = examples;
        this.normalisation = normalisation;
        this.shuffling = shuffling;
        this.active = activeInputs(examples, normalisation);
        this.order = IntStream.range(0, examples.size()).toArray();
        this.labels = new int[Math.min(batchSize, examples.size())];
        this.values = NativeMatrix.allocate(labels.length, Math.max(1, active.length));
    }

    private static int[] activeInputs(Examples examples, Normalisation normalisation) {
        boolean[] seen = new boolean[examples.features()];
        float[] row = new float[seen.length];
        for (int e = 0; e < examples.size(); e++) {
            examples.read(e, row);
            for (int i = 0; i < seen.length; i++) {
                seen[i] |= (row[i] - normalisation.shift()) * normalisation.scale() != 0;
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
     * Begins batch {@code index} of the epoch, from 0.
     *
     * @return its examples
     */
    int begin(int index) {
        start = index * labels.length;
        batch = Math.min(labels.length, order.length - start);
        return batch;
    }

    /** Feeds this lane's examples of the batch into the first rows of {@link #values}. */
    void feed(Lane lane) {
        float[] row = lane.rows().row(examples.features());
        for (int r = lane.first(0, batch); r < lane.end(0, batch); r++) {
            int example = order[start + r];
            labels[r] = examples.label(example);
            examples.read(example, row);
            pick(row, active);
            normalise(row, active.length, normalisation.shift(), normalisation.scale());
            lane.rows().write(values, r, 0, active.length);
        }
    }

    /** In place: active inputs ascend, so that none is overwritten before it is picked. */
    private static void pick(float[] row, int[] active) {
        for (int i = 0; i < active.length; i++) {
            row[i] = row[active[i]];
        }
    }

    private static void normalise(float[] row, int length, float shift, float scale) {
        for (int i = 0; i < length; i++) {
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
