package sluice.framework.strategy;

import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import sluice.framework.internal.state.State;
import sluice.framework.plain.Batch;

/** A task while it is learned: its place and its training examples. */
public final class LearnedTask {
    private final int index;
    private final long steps;
    private final int batchSize;
    private final TaskFeed feed;

    LearnedTask(int index, long steps, int batchSize, TaskFeed feed) {
        this.index = index;
        this.steps = steps;
        this.batchSize = batchSize;
        this.feed = feed;
    }

    /** {@return its place in the sequence, from 0} */
    public int index() {
        return index;
    }

    /** {@return training steps that it takes} */
    public long steps() {
        return steps;
    }

    /** {@return training steps of one pass through its training examples} */
    public int stepsPerPass() {
        return IntMath.divide(feed.size(), batchSize, RoundingMode.CEILING);
    }

    /** {@return its training examples} */
    public int size() {
        return feed.size();
    }

    /**
     * Goes through all its training examples once, in order.
     *
     * @param look is given mini-batches, the last one perhaps smaller; they are overwritten one by the next
     */
    public void forEachBatch(Consumer<Batch> look) {
        feed.forEachBatch(batchSize, look);
    }

    /** Tells the order of examples. */
    void state(State state) {
        feed.state(state);
    }

    /** The next mini-batch of training. */
    Batch next(RandomGenerator shuffling) {
        return feed.next(batchSize, shuffling);
    }
}
