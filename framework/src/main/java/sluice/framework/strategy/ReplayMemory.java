package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import sluice.framework.internal.state.OutputRows;
import sluice.framework.internal.state.State;
import sluice.framework.plain.Batch;
import sluice.tasks.InputException;
import sluice.tasks.OutputLayout;
import sluice.tasks.TaskSequence;

/**
 * Room for so many examples, filled from a stream of any length. An example stays in the place that it was given until
 * another takes it, so that whoever has more to remember of it can keep that under the same number. Nothing is allocated
 * after construction.
 */
final class ReplayMemory {
    /** What {@link #offer} says of an example that was not kept. */
    static final int NOT_KEPT = -1;

    private final ExperienceReplay.Kind kind;
    private final int features;
    private final int outputs;
    private final RandomGenerator random;
    private final float[] inputs;
    private final int[] targets;
    private final int[] tasks;
    /** What outputs are to say, where numbers are predicted. */
    private float[] numbers = {};
    /** The places in use, in the order that sampling leaves them in. */
    private final int[] order;
    /** Per class of a task, examples that were offered. */
    private final long[] offered;
    /** Per class of a task, examples that are kept. */
    private final int[] kept;
    /** Per class of a task, whether it ever was the largest in a full memory. */
    private final boolean[] full;

    private long seen;
    private int size;

    ReplayMemory(ExperienceReplay.Kind kind, int capacity, PlainTraining training) {
        this(
                kind,
                capacity,
                training.network().features(),
                training.tasks(),
                training.outputs().count(),
                training.random("replay-memory"));
        if (training.isRegression()) {
            numbers = new float[capacity];
        }
    }

    ReplayMemory(
            ExperienceReplay.Kind kind, int capacity, int features, int tasks, int outputs, RandomGenerator random) {
        checkArgument(capacity >= 1, "memory must be at least 1, got %s", capacity);
        this.kind = kind;
        this.features = features;
        this.outputs = outputs;
        this.random = random;
        this.inputs = new float[Math.multiplyExact(capacity, features)];
        this.targets = new int[capacity];
        this.tasks = new int[capacity];
        this.order = new int[capacity];
        this.offered = new long[Math.multiplyExact(tasks, outputs)];
        this.kept = new int[offered.length];
        this.full = new boolean[offered.length];
    }

    /** Refuses, for a sequence, a memory of more numbers than an array holds. */
    static void check(int capacity, TaskSequence sequence) {
        int most = Integer.MAX_VALUE
                / Math.max(sequence.features(), OutputLayout.of(sequence).count());
        if (capacity > most) {
            throw new InputException(
                    "memory %d is more than the %d examples of this size that there can be room for: make it smaller"
                            .formatted(capacity, most));
        }
    }

    void state(State state) {
        state.random("random", random);
        state.floats("inputs", inputs);
        state.ints("targets", targets);
        state.ints("tasks", tasks);
        if (numbers.length > 0) {
            state.floats("numbers", numbers);
        }
        state.ints("order", order);
        OutputRows form = new OutputRows(0, outputs);
        state.longs("offered", offered, form);
        state.ints("kept", kept, form);
        int[] wasFull = new int[full.length];
        for (int i = 0; i < full.length; i++) {
            wasFull[i] = full[i] ? 1 : 0;
        }
        state.ints("full", wasFull, form);
        for (int i = 0; i < full.length; i++) {
            full[i] = wasFull[i] == 1;
        }
        seen = state.count("seen", seen);
        size = state.count("size", size);
    }

    /** Examples in it. */
    int size() {
        return size;
    }

    /** Offers every training example of a task once. */
    void offerAll(LearnedTask task) {
        task.forEachBatch(batch -> {
            for (int row = 0; row < batch.size(); row++) {
                offer(batch, row);
            }
        });
    }

    /**
     * Takes an example in, or lets it pass.
     *
     * @return its place, in [0, capacity), or {@link #NOT_KEPT}
     */
    int offer(Batch batch, int row) {
        int group = batch.task(row) * outputs + batch.target(row);
        seen++;
        offered[group]++;
        int place = place(group);
        if (place == NOT_KEPT) {
            return NOT_KEPT;
        }
        if (place == size) {
            order[size] = size;
            size++;
        } else {
            kept[groupAt(place)]--;
        }
        kept[group]++;
        System.arraycopy(batch.inputs(), row * features, inputs, place * features, features);
        targets[place] = batch.target(row);
        tasks[place] = batch.task(row);
        if (numbers.length > 0) {
            numbers[place] = batch.number(row);
        }
        return place;
    }

    private int place(int group) {
        if (size < targets.length) {
            return size;
        }
        return switch (kind) {
            case RESERVOIR -> {
                long drawn = random.nextLong(seen);
                yield drawn < size ? (int) drawn : NOT_KEPT;
            }
            case BALANCED -> balanced(group);
        };
    }

    /** Chrysakis and Moens 2020, algorithm 1. */
    private int balanced(int group) {
        int largest = 0;
        for (int g = 1; g < kept.length; g++) {
            largest = kept[g] > kept[largest] ? g : largest;
        }
        for (int g = 0; g < kept.length; g++) {
            full[g] |= kept[g] == kept[largest];
        }
        if (!full[group]) {
            return anyOf(largest);
        }
        return random.nextLong(offered[group]) < kept[group] ? anyOf(group) : NOT_KEPT;
    }

    private int anyOf(int group) {
        int skip = random.nextInt(kept[group]);
        int place = 0;
        while (groupAt(place) != group || skip-- > 0) {
            place++;
        }
        return place;
    }

    private int groupAt(int place) {
        return tasks[place] * outputs + targets[place];
    }

    /**
     * Adds a random sample to a batch, no example twice.
     *
     * @return how many: {@code count}, or all if there are fewer
     */
    int sample(int count, Batch into) {
        int taken = Math.min(count, size);
        for (int i = 0; i < taken; i++) {
            int other = i + random.nextInt(size - i);
            int place = order[other];
            order[other] = order[i];
            order[i] = place;
            int at = into.add(tasks[place], targets[place], numbers.length > 0 ? numbers[place] : 0);
            System.arraycopy(inputs, place * features, into.inputs(), at, features);
        }
        return taken;
    }

    /** The place of an example of the last sample. */
    int sampled(int index) {
        return order[index];
    }

    /** Room for inputs, targets and tasks, full or not. */
    long bytes() {
        return bytes(targets.length, features) + (long) Float.BYTES * numbers.length;
    }

    /** Inputs, target and task of each example. */
    static long bytes(int capacity, int features) {
        return capacity * ((long) Float.BYTES * features + 2L * Integer.BYTES);
    }
}
