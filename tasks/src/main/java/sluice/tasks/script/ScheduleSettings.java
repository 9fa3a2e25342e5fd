package sluice.tasks.script;

import com.google.common.collect.ImmutableMap;

/**
 * How a slope or a temperature goes over a task's epochs, from the first epoch of each task anew. {@link ScriptReader}
 * checks the ranges.
 */
public sealed interface ScheduleSettings {
    /**
     * @return the setting as it is written in a script
     */
    Object settings();

    /**
     * One value throughout.
     *
     * @param value finite; above 0 for a slope, and wherever it was written as a schedule
     */
    record Constant(double value) implements ScheduleSettings {
        @Override
        public Object settings() {
            return value;
        }
    }

    /**
     * Each epoch adds to the value: start + rate * epoch, but no more than limit where it grows, and no less where it
     * falls.
     *
     * @param start value of the first epoch, above 0
     * @param rate what each epoch adds, not 0
     * @param limit last value, above 0: at least start where rate is above 0, at most start where it is below
     */
    record Linear(double start, double rate, double limit) implements ScheduleSettings {
        @Override
        public Object settings() {
            return ImmutableMap.of("schedule", "linear", "start", start, "rate", rate, "limit", limit);
        }
    }

    /**
     * Each epoch multiplies the value: start * rate^epoch, but no more than limit where it grows, and no less where it
     * falls.
     *
     * @param start value of the first epoch, above 0
     * @param rate factor per epoch, above 0
     * @param limit last value, above 0: at least start where rate is at least 1, at most start where it is below
     */
    record Exponential(double start, double rate, double limit) implements ScheduleSettings {
        @Override
        public Object settings() {
            return ImmutableMap.of("schedule", "exponential", "start", start, "rate", rate, "limit", limit);
        }
    }

    /**
     * Half a wave of the cosine from the first step of a task to its last.
     *
     * @param start value of the first step, above 0
     * @param end value of the last step, above 0
     */
    record Cosine(double start, double end) implements ScheduleSettings {
        @Override
        public Object settings() {
            return ImmutableMap.of("schedule", "cosine", "start", start, "end", end);
        }
    }

    /**
     * In every epoch a ramp over its steps from 1 / limit to limit (Serra et al. 2018, equation 3, where limit is
     * s_max).
     *
     * @param limit at least 1
     */
    record Hat(double limit) implements ScheduleSettings {
        @Override
        public Object settings() {
            return ImmutableMap.of("schedule", "hat", "limit", limit);
        }
    }
}
