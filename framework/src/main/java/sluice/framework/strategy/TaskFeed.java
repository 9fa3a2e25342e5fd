package sluice.framework.strategy;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.random.Shuffling;
import sluice.framework.internal.state.State;
import sluice.framework.plain.Batch;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.OutputLayout;

/** Examples of one or several tasks, fed batch by batch: shuffled without end for training, or once through in order. */
final class TaskFeed {
    private final Examples[] parts;
    private final int[] tasks;
    private final int[] order;
    private final int[] partOf;
    private final int[] firstOf;
    private final Normalisation normalisation;
    private final OutputLayout outputs;
    private final float[] row;
    /** Whether numbers are predicted, and no classes told apart: of all parts. */
    private final boolean predicts;

    private final Batch batch;
    private int next;

    /**
     * @param parts examples
     * @param tasks of which task each part is
     * @param batch filled again and again
     */
    TaskFeed(Examples[] parts, int[] tasks, Normalisation normalisation, OutputLayout outputs, Batch batch) {
        this.parts = parts;
        this.tasks = tasks;
        this.normalisation = normalisation;
        this.outputs = outputs;
        this.batch = batch;
        this.row = new float[batch.features()];
        this.predicts = parts[0].scale().isPresent();
        int total = IntStream.range(0, parts.length).map(p -> parts[p].size()).sum();
        this.order = IntStream.range(0, total).toArray();
        this.partOf = new int[total];
        this.firstOf = new int[parts.length];
        for (int p = 0, at = 0; p < parts.length; p++) {
            firstOf[p] = at;
            for (int i = 0; i < parts[p].size(); i++) {
                partOf[at++] = p;
            }
        }
        this.next = total;
    }

    int size() {
        return order.length;
    }

    /** Tells the order of examples, and which is next. */
    void state(State state) {
        state.ints("order", order);
        next = state.count("next", next);
    }

    /** The next {@code count} examples of a shuffled pass, fewer at its end; then a new pass begins. */
    Batch next(int count, RandomGenerator shuffling) {
        if (next == order.length) {
            shuffle(shuffling);
            next = 0;
        }
        batch.clear();
        for (int end = Math.min(order.length, next + count); next < end; next++) {
            add(order[next]);
        }
        return batch;
    }

    void forEachBatch(int count, Consumer<Batch> look) {
        for (int start = 0; start < order.length; start += count) {
            batch.clear();
            for (int i = start; i < Math.min(order.length, start + count); i++) {
                add(i);
            }
            look.accept(batch);
        }
    }

    private void add(int position) {
        int part = partOf[position];
        int index = position - firstOf[part];
        parts[part].read(index, row);
        int task = tasks[part];
        int at = batch.add(
                task, outputs.output(task, parts[part].label(index)), predicts ? parts[part].target(index) : 0);
        normalise(row, normalisation.shift(), normalisation.scale());
        System.arraycopy(row, 0, batch.inputs(), at, row.length);
    }

    /** In its place: of arrays that begin at different places the JVM does not vectorise the loop. */
    private static void normalise(float[] values, float shift, float scale) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - shift) * scale;
        }
    }

    private void shuffle(RandomGenerator shuffling) {
        Shuffling.shuffle(order, shuffling);
    }
}
