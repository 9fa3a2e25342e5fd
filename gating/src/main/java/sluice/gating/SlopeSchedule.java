package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The slope s of {@code p = sigm(s a)} over a task's epochs. A growing slope anneals the gate towards a threshold
 * (Chung, Ahn and Bengio 2016); derivatives carry the factor s.
 */
public sealed interface SlopeSchedule {
    /**
     * @param epoch epochs of this task already finished, from 0
     * @return the slope, above 0
     */
    double at(int epoch);

    /**
     * One slope throughout.
     *
     * @param slope above 0 and finite
     */
    record Constant(double slope) implements SlopeSchedule {
        /** Checks the range. */
        public Constant {
            checkPositive("slope", slope);
        }

        @Override
        public double at(int epoch) {
            return slope;
        }
    }

    /**
     * {@code min(limit, start + rate * epoch)}.
     *
     * @param start slope of the first epoch, above 0
     * @param rate what each epoch adds, at least 0
     * @param limit largest slope, at least start
     */
    record Linear(double start, double rate, double limit) implements SlopeSchedule {
        /** Checks the ranges. */
        public Linear {
            checkPositive("start", start);
            checkArgument(rate >= 0 && Double.isFinite(rate), "rate must be at least 0 and finite, got %s", rate);
            checkArgument(limit >= start, "limit must be at least the start %s, got %s", start, limit);
        }

        @Override
        public double at(int epoch) {
            return Math.min(limit, start + rate * epoch);
        }
    }

    /**
     * {@code min(limit, start * rate^epoch)}.
     *
     * @param start slope of the first epoch, above 0
     * @param rate factor per epoch, at least 1
     * @param limit largest slope, at least start
     */
    record Exponential(double start, double rate, double limit) implements SlopeSchedule {
        /** Checks the ranges. */
        public Exponential {
            checkPositive("start", start);
            checkArgument(rate >= 1 && Double.isFinite(rate), "rate must be at least 1 and finite, got %s", rate);
            checkArgument(limit >= start, "limit must be at least the start %s, got %s", start, limit);
        }

        @Override
        public double at(int epoch) {
            return Math.min(limit, start * Math.pow(rate, epoch));
        }
    }

    private static void checkPositive(String name, double value) {
        checkArgument(value > 0 && Double.isFinite(value), "%s must be above 0 and finite, got %s", name, value);
    }
}
