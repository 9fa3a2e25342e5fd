package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.OptionalDouble;

/** The value of a metric: a number, or the reason why there is none. Never 0 or NaN for "unknown". */
public sealed interface MetricValue {
    /**
     * A metric that has a value.
     *
     * @param value finite; -0.0 becomes 0.0
     */
    record Defined(double value) implements MetricValue {
        /** Checks that the value is finite. */
        public Defined {
            checkArgument(Double.isFinite(value), "value must be finite, got %s", value);
            value += 0.0;
        }

        @Override
        public String text() {
            return Figures.fourDecimals(value);
        }
    }

    /**
     * A metric that has no value.
     *
     * @param reason completes the sentence "undefined because ...", not empty
     */
    record Undefined(String reason) implements MetricValue {
        /** Checks that there is a reason. */
        public Undefined {
            checkArgument(!reason.isEmpty(), "an undefined metric needs a reason");
        }

        @Override
        public String text() {
            return "undefined because " + reason;
        }
    }

    /**
     * {@return the value as a metric's}
     *
     * @param value finite
     * @throws IllegalArgumentException if it is not finite
     */
    static MetricValue of(double value) {
        return new Defined(value);
    }

    /**
     * {@return no value}
     *
     * @param reason completes the sentence "undefined because ...", not empty
     * @throws IllegalArgumentException if the reason is empty
     */
    static MetricValue undefined(String reason) {
        return new Undefined(reason);
    }

    /**
     * {@return their mean; undefined, as the first of them that is}
     *
     * @param values at least one
     */
    static MetricValue mean(List<MetricValue> values) {
        return MetricArithmetic.mean(0, values.size() - 1, values::get);
    }

    /** {@return the number, empty if undefined} */
    default OptionalDouble number() {
        return this instanceof Defined defined ? OptionalDouble.of(defined.value()) : OptionalDouble.empty();
    }

    /**
     * For readers: four decimals, or "undefined because ...". A number other than 0 that would show as 0.0000 is shown
     * with an exponent instead (2.5e-05).
     *
     * @return one line, the same in every locale
     */
    String text();
}
