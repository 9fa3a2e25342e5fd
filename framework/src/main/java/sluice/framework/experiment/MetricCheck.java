package sluice.framework.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Metrics;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.StrategyRuns;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;

/**
 * A condition on a metric under which a run counts as failed, such as {@code forgetting > 0}. A metric that is undefined
 * fails it: what cannot be told is not well.
 *
 * @param metric its name, as metrics.csv has it
 * @param operator how it is compared
 * @param bound what it is compared with, finite
 */
public record MetricCheck(String metric, Operator operator, double bound) {
    private static final Pattern FORM = Pattern.compile("\\s*([A-Za-z][\\w-]*)\\s*([^\\w\\s.+-]+)\\s*(\\S+)\\s*");

    /** How a metric is compared with a bound. */
    public enum Operator {
        /** Less. */
        LESS("<", (value, bound) -> value < bound),
        /** Less or equal. */
        AT_MOST("<=", (value, bound) -> value <= bound),
        /** Greater. */
        GREATER(">", (value, bound) -> value > bound),
        /** Greater or equal. */
        AT_LEAST(">=", (value, bound) -> value >= bound),
        /** Equal, to the last bit. */
        EQUAL("==", (value, bound) -> value == bound),
        /** Not equal. */
        UNEQUAL("!=", (value, bound) -> value != bound);

        private final String sign;
        private final Test test;

        Operator(String sign, Test test) {
            this.sign = sign;
            this.test = test;
        }

        /** Whether a value stands so to a bound. */
        private interface Test {
            boolean holds(double value, double bound);
        }

        boolean holds(double value, double bound) {
            return test.holds(value, bound);
        }

        private static String all() {
            return Arrays.stream(values()).map(operator -> operator.sign).collect(Collectors.joining(", "));
        }

        private static Operator of(String sign, String text) {
            return Arrays.stream(values())
                    .filter(operator -> operator.sign.equals(sign))
                    .findFirst()
                    .orElseThrow(() -> refusal(
                            text, "unknown operator %s: choose one of %s".formatted(Printable.quoted(sign), all())));
        }
    }

    /**
     * {@return the condition}
     *
     * @param text metric, operator and number: {@code acc < 0.99}
     * @throws InputException if it has another form, the metric or the operator is unknown, or the bound is no finite
     *     number
     */
    public static MetricCheck parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw refusal(
                    text,
                    "write a metric, an operator (%s) and a number, such as 'forgetting > 0'"
                            .formatted(Operator.all()));
        }
        String metric = parts.group(1);
        if (Metrics.of(metric).isEmpty()) {
            throw refusal(
                    text,
                    "unknown metric %s: %s".formatted(Printable.quoted(metric), Suggestion.of(metric, Metrics.keys())));
        }
        return new MetricCheck(metric, Operator.of(parts.group(2), text), number(parts.group(3), text));
    }

    private static double number(String number, String text) {
        if (number.endsWith("%")) {
            throw refusal(
                    text,
                    "%s is no number: metrics are shares, write 0.99 for 99 %%".formatted(Printable.quoted(number)));
        }
        try {
            double bound = Double.parseDouble(number);
            if (Double.isFinite(bound)) {
                return bound;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number too large
        }
        throw refusal(text, "%s is no finite number: write one such as 0.99".formatted(Printable.quoted(number)));
    }

    private static InputException refusal(String text, String problem) {
        return new InputException("--fail-if %s: %s".formatted(Printable.quoted(text), problem));
    }

    /**
     * {@return whether the condition holds of it}
     *
     * @param metrics of a run
     */
    public Result of(RunMetrics metrics) {
        return new Result(
                this, "", metrics.values().getOrDefault(metric, MetricValue.undefined("this run did not measure it")));
    }

    /**
     * {@return whether the condition holds of the mean over each variant's runs}
     *
     * @param variants of a comparison
     */
    public List<Result> of(List<StrategyRuns> variants) {
        return variants.stream()
                .map(runs ->
                        new Result(this, runs.strategy(), runs.summary(metric).mean()))
                .toList();
    }

    /** {@return the condition as it may be written: {@code acc < 0.99}} */
    public String text() {
        return Stream.of(metric, operator.sign, number()).collect(Collectors.joining(" "));
    }

    private String number() {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }

    /**
     * What came of a condition.
     *
     * @param check the condition
     * @param variant of a comparison, whose mean over its runs is looked at; empty for a single run
     * @param value the metric's
     */
    public record Result(MetricCheck check, String variant, MetricValue value) {
        /** {@return whether the condition holds, or cannot be told} */
        public boolean failed() {
            return value.number().isEmpty()
                    || check.operator().holds(value.number().getAsDouble(), check.bound());
        }

        /** {@return the condition and the metric's value, one line} */
        public String line() {
            String subject = variant.isEmpty() ? "it is " : "the mean of variant %s is ".formatted(variant);
            return check.text() + ": " + subject
                    + (value.number().isPresent()
                            ? Double.toString(value.number().getAsDouble())
                            : value.text());
        }
    }
}
