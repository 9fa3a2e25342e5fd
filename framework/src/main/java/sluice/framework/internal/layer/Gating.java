package sluice.framework.internal.layer;

/** How outputs meet their gates in a training step. */
public enum Gating {
    /** Not at all: all open units are open for all examples, and closed ones are not computed. */
    ALL_ONE,
    /** Each unit is multiplied by one value for the whole batch. */
    PER_BATCH,
    /** Each unit is multiplied by a value per example. */
    PER_EXAMPLE
}
