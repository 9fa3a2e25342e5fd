package sluice.tasks.script;

import com.google.common.collect.ImmutableMap;

/** The slope s of p = sigm(s a) over a task's epochs. {@link ScriptReader} checks the ranges. */
public sealed interface SlopeSettings {
    /**
     * @return the setting as it is written in a script
     */
    Object settings();

    /**
     * One slope throughout.
     *
     * @param slope above 0
     */
    record Constant(double slope) implements SlopeSettings {
        @Override
        public Object settings() {
            return slope;
        }
    }

    /**
     * Each epoch adds to the slope: min(limit, start + rate * epoch).
     *
     * @param start slope of the first epoch, above 0
     * @param rate what each epoch adds, above 0
     * @param limit largest slope, at least start
     */
    record Linear(double start, double rate, double limit) implements SlopeSettings {
        @Override
        public Object settings() {
            return ImmutableMap.of("schedule", "linear", "start", start, "rate", rate, "limit", limit);
        }
    }

    /**
     * Each epoch multiplies the slope: min(limit, start * rate^epoch).
     *
     * @param start slope of the first epoch, above 0
     * @param rate factor per epoch, at least 1
     * @param limit largest slope, at least start
     */
    record Exponential(double start, double rate, double limit) implements SlopeSettings {
        @Override
        public Object settings() {
            return ImmutableMap.of("schedule", "exponential", "start", start, "rate", rate, "limit", limit);
        }
    }
}
