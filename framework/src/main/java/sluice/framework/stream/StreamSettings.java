package sluice.framework.stream;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;

/**
 * How tasks become a stream, and how it is learned.
 *
 * @param borders what is to be seen of borders between tasks
 * @param width where borders are gradual, the share of a task over which it goes over into the next, above 0 and at most {@value #MOST_WIDTH}
 * @param repeats names of tasks, or their positions from 1, that come again after the last one, in this order
 * @param horizon steps of a task that schedules of learning rate and gates are stretched over, at least 1: nobody says how long a task is. They stay
 *     at their end from then on
 */
public record StreamSettings(Borders borders, double width, ImmutableList<String> repeats, int horizon) {
    /** The largest width: with it every example but a task's middle is beside those of another. */
    public static final double MOST_WIDTH = 0.5;

    /** The width where none is said. */
    public static final double USUAL_WIDTH = 0.2;

    /** The horizon where none is said. */
    public static final int USUAL_HORIZON = 400;

    /** What is to be seen of borders. */
    public enum Borders {
        /** One task ends, the next begins, and nobody says so. */
        HIDDEN,
        /** The share of the next task's examples grows linearly from 0 to 1, and nobody says so. */
        GRADUAL,
        /** As hidden ones, but the learner is told of each, and which task comes back: for comparison. */
        TOLD
    }

    /** Checks the ranges. */
    public StreamSettings {
        checkArgument(
                width > 0 && width <= MOST_WIDTH, "width must be above 0 and at most %s, got %s", MOST_WIDTH, width);
        checkArgument(horizon >= 1, "horizon must be at least 1, got %s", horizon);
    }

    /**
     * Settings of the usual width and horizon, no task of which comes back.
     *
     * @param borders what is to be seen of borders
     */
    public StreamSettings(Borders borders) {
        this(borders, USUAL_WIDTH, ImmutableList.of(), USUAL_HORIZON);
    }

    /**
     * {@return the same with them}
     *
     * @param names of tasks, or their positions from 1, that come again after the last one
     */
    public StreamSettings repeating(String... names) {
        return new StreamSettings(borders, width, ImmutableList.copyOf(names), horizon);
    }

    /**
     * {@return the same with it}
     *
     * @param steps that schedules are stretched over, at least 1
     */
    public StreamSettings withHorizon(int steps) {
        return new StreamSettings(borders, width, repeats, steps);
    }
}
