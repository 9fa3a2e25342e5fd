package sluice.framework.plain;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;
import static com.google.common.base.Preconditions.checkState;

import sluice.framework.internal.state.State;

/**
 * Examples that go through a network together, each with the output that is right for it, or the number that its output is to be, and the
 * task that it is of.
 * Mutable, with room for so many and no more, so that a step allocates nothing: whoever fills it owns it.
 */
public final class Batch {
    private final int features;
    private final float[] inputs;
    private final int[] targets;
    private final int[] tasks;
    /** What outputs are to be, where numbers are predicted; else 0 throughout. */
    private final float[] numbers;

    private int size;

    /**
     * An empty batch.
     *
     * @param capacity room for examples, at least 1
     * @param features inputs of each, at least 1
     */
    public Batch(int capacity, int features) {
        checkArgument(capacity >= 1, "capacity must be at least 1, got %s", capacity);
        checkArgument(features >= 1, "features must be at least 1, got %s", features);
        this.features = features;
        this.inputs = new float[Math.multiplyExact(capacity, features)];
        this.targets = new int[capacity];
        this.tasks = new int[capacity];
        this.numbers = new float[capacity];
    }

    /** Forgets all examples. */
    public void clear() {
        size = 0;
    }

    /**
     * Forgets all examples from a row on.
     *
     * @param rows examples to keep, in [0, size]
     */
    public void shorten(int rows) {
        checkArgument(rows >= 0 && rows <= size, "rows must be in [0, %s], got %s", size, rows);
        size = rows;
    }

    /**
     * Makes room for one more example.
     *
     * @param task its task, from 0
     * @param target the output that is right
     * @return where its inputs start in {@link #inputs}; whoever adds it writes them
     */
    public int add(int task, int target) {
        return add(task, target, 0);
    }

    /**
     * Makes room for one more example of which a number is predicted.
     *
     * @param task its task, from 0
     * @param target the output that says the number
     * @param number what it is to say
     * @return where its inputs start in {@link #inputs}; whoever adds it writes them
     */
    public int add(int task, int target, float number) {
        checkState(size < targets.length, "a batch of %s examples is full", targets.length);
        tasks[size] = task;
        targets[size] = target;
        numbers[size] = number;
        return features * size++;
    }

    /**
     * Adds a copy of an example of another batch.
     *
     * @param other a batch of as many features
     * @param row its row there
     */
    public void add(Batch other, int row) {
        checkElementIndex(row, other.size, "row");
        checkArgument(other.features == features, "examples of %s features, not %s", features, other.features);
        int at = add(other.tasks[row], other.targets[row], other.numbers[row]);
        System.arraycopy(other.inputs, row * features, inputs, at, features);
    }

    /** {@return examples in it} */
    public int size() {
        return size;
    }

    /** {@return examples that there is room for} */
    public int capacity() {
        return targets.length;
    }

    /** {@return inputs of each example} */
    public int features() {
        return features;
    }

    /** {@return inputs [size, features], row-major; the array itself} */
    public float[] inputs() {
        return inputs;
    }

    /**
     * Tells its examples, as many as it has room for; not their numbers, as only examples of classes are kept in batches.
     *
     * @param state keeps them, or gives what was kept
     */
    public void state(State state) {
        size = state.count("size", size);
        state.floats("inputs", inputs);
        state.ints("targets", targets);
        state.ints("tasks", tasks);
    }

    /**
     * {@return the output that is right for it}
     *
     * @param row of an example
     */
    public int target(int row) {
        return targets[checkElementIndex(row, size, "row")];
    }

    /**
     * {@return what the output is to say, where numbers are predicted; else 0}
     *
     * @param row of an example
     */
    public float number(int row) {
        return numbers[checkElementIndex(row, size, "row")];
    }

    /**
     * {@return its task, from 0}
     *
     * @param row of an example
     */
    public int task(int row) {
        return tasks[checkElementIndex(row, size, "row")];
    }
}
