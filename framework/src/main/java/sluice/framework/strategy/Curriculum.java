package sluice.framework.strategy;

/** Which examples a network is trained on. */
public enum Curriculum {
    /** Those of one task after another: continual learning. */
    TASK_BY_TASK,
    /** Task after task, those of all tasks so far: what forgetting nothing would take. */
    CUMULATIVE,
    /** Those of all tasks, from the start: the multi-task upper bound. */
    JOINT
}
