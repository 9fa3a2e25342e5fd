package sluice.framework.internal.step;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.BatchLoss;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.kernel.SquaredError;
import sluice.framework.internal.random.Shuffling;
import sluice.framework.internal.state.State;
import sluice.framework.loss.Loss;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingPlan;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * A task's training examples, fed batch by batch into one native matrix; the data set is never copied. Where there are none at first, each batch
 * is {@linkplain #begin(Examples) given}. Fed as rows, an
 * input that is 0 in every example is left out: like a closed unit, it adds nothing to any sum and no gradient reaches its weights.
 */
public final class MiniBatches implements AutoCloseable {
    /** Those of one mini-batch where they are fed. */
    private Examples examples;
    /** The same with their active features alone; null where these are picked when all are read. */
    private Examples narrow;

    private final Normalisation normalisation;
    private final RandomGenerator shuffling;
    private final int[] active;
    private final boolean maps;
    private int[] order;
    private final int[] labels;
    /** Numbers in the place of labels; none where examples are of classes. */
    private final float[] targets;

    private final NativeMatrix values;
    private int start;
    private int batch;

    private MiniBatches(
            Examples examples,
            Normalisation normalisation,
            int batchSize,
            RandomGenerator shuffling,
            int[] active,
            boolean maps) {
        this.examples = examples;
        this.narrow = maps || active.length == 0 || examples.size() == 0 || examples.computed()
                ? null
                : examples.features(active);
        this.normalisation = normalisation;
        this.shuffling = shuffling;
        this.active = active;
        this.maps = maps;
        this.order = IntStream.range(0, examples.size()).toArray();
        // where none are there yet, they are fed
        this.labels = new int[examples.size() == 0 ? batchSize : Math.min(batchSize, examples.size())];
        this.targets = new float[examples.scale().isPresent() ? labels.length : 0];
        int inputs = Math.max(1, active.length);
        this.values =
                maps ? NativeMatrix.allocate(inputs, labels.length) : NativeMatrix.allocate(labels.length, inputs);
    }

    /** A row per example, of the inputs that are not 0 throughout. */
    public static MiniBatches asRows(
            Examples examples, Normalisation normalisation, int batchSize, RandomGenerator shuffling) {
        // nothing is known of what will be fed
        int[] active = examples.size() == 0 ? all(examples) : activeInputs(examples, normalisation);
        return new MiniBatches(examples, normalisation, batchSize, shuffling, active, false);
    }

    /** A row per input, all of them, as convolutions and predictions take them. */
    public static MiniBatches asMaps(
            Examples examples, Normalisation normalisation, int batchSize, RandomGenerator shuffling) {
        return new MiniBatches(examples, normalisation, batchSize, shuffling, all(examples), true);
    }

    private static int[] all(Examples examples) {
        return IntStream.range(0, examples.features()).toArray();
    }

    private static int[] activeInputs(Examples examples, Normalisation normalisation) {
        boolean[] active = examples.differing(normalisation.shift());
        return IntStream.range(0, active.length).filter(i -> active[i]).toArray();
    }

    /** Inputs that are fed. */
    int inputs() {
        return active.length;
    }

    /** The inputs that are fed, ascending. */
    public int[] active() {
        return active;
    }

    /** Examples of a full batch. */
    public int size() {
        return labels.length;
    }

    public int perEpoch() {
        return (order.length + labels.length - 1) / labels.length;
    }

    /** Passes, and their steps. Examples that are fed have none: schedules run over the iterations, and stay at their end from then on. */
    TrainingPlan plan(TrainingDuration length) {
        return examples.size() == 0 && length instanceof TrainingDuration.Iterations horizon
                ? TrainingPlan.ofSteps(horizon.count(), horizon.count())
                : TrainingPlan.of(length, perEpoch());
    }

    /** Tells the order of examples, between steps. */
    public void state(State state) {
        state.ints("order", order);
        state.random("shuffling", shuffling);
    }

    /** Deals the examples out anew. */
    public void shuffle() {
        Shuffling.shuffle(order, shuffling);
    }

    /**
     * Begins batch {@code index} of the epoch, from 0.
     *
     * @return its examples
     */
    public int begin(int index) {
        start = index * labels.length;
        batch = Math.min(labels.length, order.length - start);
        return batch;
    }

    /**
     * Begins a batch of examples that are fed, in their order.
     *
     * @param fed at least one, and no more than a full batch has
     * @return how many
     */
    int begin(Examples fed) {
        examples = fed;
        start = 0;
        batch = fed.size();
        if (order.length < batch) {
            order = IntStream.range(0, labels.length).toArray();
        }
        return batch;
    }

    /** Feeds this lane's examples of the batch into {@link #values}. */
    public void feed(Lane lane) {
        int end = lane.end(0, batch);
        if (predicts()) {
            for (int r = lane.first(0, batch); r < end; r++) {
                targets[r] = examples.target(order[start + r]);
            }
        }
        if (maps) {
            for (int from = lane.first(0, batch); from < end; from += Lane.GRAIN) {
                feedMaps(lane, from, Math.min(end, from + Lane.GRAIN));
            }
            return;
        }
        float[] row = lane.rows().row(examples.features());
        for (int r = lane.first(0, batch); r < end; r++) {
            if (narrow == null) {
                read(r, row);
                pick(row, active);
            } else {
                labels[r] = narrow.label(order[start + r]);
                narrow.read(order[start + r], row);
            }
            normalise(row, active.length, normalisation.shift(), normalisation.scale());
            lane.rows().write(values, r, 0, active.length);
        }
    }

    private void feedMaps(Lane lane, int from, int to) {
        int features = examples.features();
        float[] row = lane.rows().row(features);
        float[] block = lane.mapPasses().block(Lane.GRAIN * features);
        for (int r = from; r < to; r++) {
            read(r, row);
            normalise(row, features, normalisation.shift(), normalisation.scale());
            System.arraycopy(row, 0, block, (r - from) * features, features);
        }
        lane.mapPasses().transpose(block, to - from, values, from);
    }

    /** Reads the normalised features of an example of the batch, all of them. */
    void inputs(int r, float[] row) {
        examples.read(order[start + r], row);
        normalise(row, row.length, normalisation.shift(), normalisation.scale());
    }

    private void read(int r, float[] row) {
        int example = order[start + r];
        labels[r] = examples.label(example);
        examples.read(example, row);
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

    /** [batch, active inputs], or [inputs, batch] of maps. */
    public NativeMatrix values() {
        return values;
    }

    public int[] labels() {
        return labels;
    }

    /** Whether numbers are to be predicted, and no classes told apart. */
    boolean predicts() {
        return targets.length > 0;
    }

    /** The loss by what examples are to be answered: numbers have one of their own. */
    BatchLoss loss(Loss ofClasses) {
        return predicts() ? new SquaredError(targets) : ofClasses;
    }

    @Override
    public void close() {
        values.close();
    }
}
