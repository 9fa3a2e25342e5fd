package sluice.framework.strategy;

import sluice.framework.generator.ExampleGenerator;
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

    /** Bytes that all of them take. */
    long memoryBytes();
}
