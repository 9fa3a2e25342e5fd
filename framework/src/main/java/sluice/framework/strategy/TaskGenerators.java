package sluice.framework.strategy;

import sluice.framework.generator.ExampleGenerator;
import sluice.framework.internal.state.State;
import sluice.tasks.Examples;

/** Where generators of tasks' examples come from, one task after the other. */
interface TaskGenerators {
    /**
     * Learns to draw examples like those of a task.
     *
     * @param task from 0
     * @param examples labelled from 0 on
     * @param seed of what is random in it
     */
    ExampleGenerator learn(int task, Examples examples, long seed);

    /** Tells what generators share, before each tells its own. */
    default void state(State state) {}

    /** Tells a generator of a task. */
    void keep(ExampleGenerator generator, State state);

    /**
     * Gives a generator back that {@link #keep} told.
     *
     * @param task from 0
     * @param labels of its examples
     * @param seed of what is random in it
     * @param kept of the generator
     */
    ExampleGenerator restored(int task, int labels, long seed, State kept);

    /** Bytes that all of them take. */
    long memoryBytes();
}
