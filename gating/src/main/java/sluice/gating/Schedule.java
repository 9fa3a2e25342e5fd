package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A number that changes while a task trains: the slope s of {@code p = sigm(s a)}, or the temperature of relaxed gates. A
 * growing slope anneals the gate towards a threshold (Chung, Ahn and Bengio 2016), and so does a falling temperature.
 */
public sealed interface Schedule {
    /**
     * {@return the value then}
     *
     * @param progress how far the task's training has come
     */
    double at(Progress progress);

    /** {@return a bound from below on all values} */
    double least();

    /**
     * What the gradient of a logit is multiplied by where this is the schedule of the slope; 1 but for {@link Hat}.
     *
     * @param slope s, a value of this schedule
     * @param logit a
     * @return the factor
     */
    default double compensation(double slope, double logit) {
        return 1;
    }

    /**
     * A schedule's value at all times above 0, or an error.
     *
     * @param name what the schedule is for, as errors call it
     * @throws IllegalArgumentException if a value is 0 or less
     */
    default void checkPositive(String name) {
        checkArgument(least() > 0, "%s must be above 0, got %s", name, least());
    }

    /**
     * One value throughout.
     *
     * @param value finite
     */
    record Constant(double value) implements Schedule {
        /** Checks the range. */
        public Constant {
            checkFinite("value", value);
        }

        @Override
        public double at(Progress progress) {
            return value;
        }

        @Override
        public double least() {
            return value;
        }
    }

    /**
     * {@code start + rate * epoch}, up (for a negative rate, down) to a limit.
     *
     * @param start value of the first epoch
     * @param rate what each epoch adds
     * @param limit largest value, at least start; for a negative rate the least, at most start
     */
    record Linear(double start, double rate, double limit) implements Schedule {
        /** Checks the ranges. */
        public Linear {
            checkFinite("start", start);
            checkFinite("rate", rate);
            checkLimit(start, rate >= 0, limit);
        }

        @Override
        public double at(Progress progress) {
            double value = start + rate * progress.epoch();
            return rate >= 0 ? Math.min(limit, value) : Math.max(limit, value);
        }

        @Override
        public double least() {
            return Math.min(start, limit);
        }
    }

    /**
     * {@code start * rate^epoch}, up (for a rate below 1, down) to a limit.
     *
     * @param start value of the first epoch, above 0
     * @param rate factor per epoch, above 0
     * @param limit largest value, at least start; for a rate below 1 the least, at most start
     */
    record Exponential(double start, double rate, double limit) implements Schedule {
        /** Checks the ranges. */
        public Exponential {
            checkAboveZero("start", start);
            checkAboveZero("rate", rate);
            checkLimit(start, rate >= 1, limit);
        }

        @Override
        public double at(Progress progress) {
            double value = start * Math.pow(rate, progress.epoch());
            return rate >= 1 ? Math.min(limit, value) : Math.max(limit, value);
        }

        @Override
        public double least() {
            return Math.min(start, limit);
        }
    }

    /**
     * Half a wave from start to end, step by step: {@code end + (start - end) (1 + cos(pi t)) / 2}, t from 0 to 1 over
     * the task (Loshchilov and Hutter 2017, eq. 5, without restarts).
     *
     * @param start value of the first step
     * @param end value of the last step
     */
    record Cosine(double start, double end) implements Schedule {
        /** Checks the ranges. */
        public Cosine {
            checkFinite("start", start);
            checkFinite("end", end);
        }

        @Override
        public double at(Progress progress) {
            return end + (start - end) * (1 + Math.cos(Math.PI * progress.ofTask())) / 2;
        }

        @Override
        public double least() {
            return Math.min(start, end);
        }
    }

    /**
     * The slope of HAT (Serrà, Surís, Miron and Karatzoglou 2018, eq. 3): in each epoch a straight line from
     * {@code 1 / limit} at its first step to {@code limit} at its last. As the sigmoid's derivative fades at large slopes,
     * the gradient is compensated (their eq. 4): {@code limit (cosh(s a) + 1) / (s (cosh(a) + 1))}, with |s a| cut off at
     * 50 as in their code.
     *
     * @param limit s_max, at least 1
     */
    record Hat(double limit) implements Schedule {
        private static final double LARGEST_ARGUMENT = 50;

        /** Checks the range. */
        public Hat {
            checkFinite("limit", limit);
            checkArgument(limit >= 1, "limit must be at least 1, got %s", limit);
        }

        @Override
        public double at(Progress progress) {
            return 1 / limit + (limit - 1 / limit) * progress.ofEpoch();
        }

        @Override
        public double least() {
            return 1 / limit;
        }

        @Override
        public double compensation(double slope, double logit) {
            double argument = Math.min(LARGEST_ARGUMENT, Math.abs(slope * logit));
            return limit * (Math.cosh(argument) + 1) / (slope * (Math.cosh(logit) + 1));
        }
    }

    private static void checkFinite(String name, double value) {
        checkArgument(Double.isFinite(value), "%s must be finite, got %s", name, value);
    }

    private static void checkAboveZero(String name, double value) {
        checkArgument(value > 0 && Double.isFinite(value), "%s must be above 0 and finite, got %s", name, value);
    }

    private static void checkLimit(double start, boolean grows, double limit) {
        checkArgument(
                grows ? limit >= start : limit <= start,
                "limit must be at %s the start %s, got %s",
                grows ? "least" : "most",
                start,
                limit);
    }
}
