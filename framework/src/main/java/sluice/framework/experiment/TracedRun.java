package sluice.framework.experiment;

import sluice.framework.internal.state.State;

/** What passed in a run, as far as its checkpoints hold it beside what is learned. */
interface TracedRun {
    /** Tells what passed so far, between two steps. */
    void state(State state);

    /** Takes note of what checkpoints took. */
    void checkpoints(CheckpointCost cost);
}
