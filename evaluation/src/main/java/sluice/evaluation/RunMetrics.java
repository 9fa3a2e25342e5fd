package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named figures of one run, in order: the forgetting metrics and whatever else was measured (seconds, multiply-adds,
 * occupancy).
 *
 * @param strategy name of the strategy, not empty
 * @param seed of the run
 * @param values by name, none empty; iterated in the order in which they were added
 */
public record RunMetrics(String strategy, long seed, ImmutableMap<String, MetricValue> values) {
    /** Checks that no name is empty. */
    public RunMetrics {
        checkArgument(!strategy.isEmpty(), "the strategy's name must not be empty");
        checkArgument(!values.containsKey(""), "a metric's name must not be empty");
    }

    /**
     * {@return no figures yet}
     *
     * @param strategy name of the strategy, not empty
     * @param seed of the run
     */
    public static RunMetrics empty(String strategy, long seed) {
        return new RunMetrics(strategy, seed, ImmutableMap.of());
    }

    /**
     * {@return the metrics under their {@linkplain ForgettingMetric#key keys}, and forgetting by every other definition
     * under {@linkplain ForgettingDefinition#key its key}, whichever the report shows, and the {@linkplain
     * ReferenceMetric metrics against references}, undefined where there are none}
     *
     * @param report of the run
     */
    public static RunMetrics of(ForgettingReport report) {
        RunMetrics metrics = empty(report.matrix().strategy(), report.matrix().seed());
        for (ForgettingMetric metric : ForgettingMetric.values()) {
            metrics = metrics.with(metric, metric.of(report.matrix()));
        }
        for (ForgettingDefinition definition : ForgettingDefinition.values()) {
            if (!metrics.values().containsKey(definition.key())) {
                metrics = metrics.with(definition, definition.of(report.matrix()));
            }
        }
        for (ReferenceMetric metric : ReferenceMetric.values()) {
            metrics = metrics.with(metric, metric.of(report.matrix(), report.references()));
        }
        return metrics;
    }

    /**
     * {@return these figures and the {@linkplain ContinualMetric metrics of it}, undefined where nothing was measured}
     *
     * @param evaluation what was measured between the run's steps
     */
    public RunMetrics with(ContinualEvaluation evaluation) {
        RunMetrics metrics = this;
        for (ContinualMetric metric : ContinualMetric.values()) {
            metrics = metrics.with(metric, metric.of(evaluation));
        }
        return metrics;
    }

    /** {@return whether they are of a run whose tasks predict numbers} */
    public boolean areOfNumbers() {
        return values.containsKey(RegressionMetric.RMSE.key());
    }

    /** {@return whether they are of a run of one task, of which nothing can be forgotten} */
    public boolean areOfOneTask() {
        MetricValue transfer = areOfNumbers()
                ? value(new RegressionMetric(RegressionScore.RMSE, ForgettingMetric.BWT))
                : value(ForgettingMetric.BWT);
        return transfer.equals(MetricValue.undefined(MetricArithmetic.ONE_TASK));
    }

    /**
     * These figures held against a joint run of the same tasks and seed: {@link ReferenceMetric#INTRANSIGENCE}, the mean of
     * A_joint[j] - R[j][j], is that run's accuracy less this one's learning accuracy.
     *
     * @param joint figures of a run that learned all tasks at once
     * @return figures with intransigence; these, where it is defined already or does not follow
     */
    public RunMetrics heldAgainst(RunMetrics joint) {
        MetricValue acc = joint.values().get(ForgettingMetric.ACC.key());
        MetricValue learned = values.get(ForgettingMetric.LEARNING_ACCURACY.key());
        String key = ReferenceMetric.INTRANSIGENCE.key();
        if (values.get(key) instanceof MetricValue.Defined || acc == null || learned == null) {
            return this;
        }
        return replacing(key, MetricArithmetic.minus(acc, learned));
    }

    /**
     * A file has no room for the reasons of undefined figures: gives them back, as far as accuracies tell them.
     *
     * @param matrix of the run
     * @param evaluation what was measured between its steps
     * @return these figures, with reasons in the place of those that a file gave
     */
    public RunMetrics explainedBy(AccuracyMatrix matrix, ContinualEvaluation evaluation) {
        return explainedBy(of(ForgettingReport.of(matrix)).with(evaluation));
    }

    /**
     * The same, of figures that were computed anew.
     *
     * @param computed with reasons where they are undefined
     * @return these figures, with reasons in the place of those that a file gave
     */
    public RunMetrics explainedBy(RunMetrics computed) {
        RunMetrics explained = this;
        for (Map.Entry<String, MetricValue> metric : values.entrySet()) {
            if (metric.getValue() instanceof MetricValue.Undefined
                    && computed.values().get(metric.getKey()) instanceof MetricValue.Undefined reason) {
                explained = explained.replacing(metric.getKey(), reason);
            }
        }
        return explained;
    }

    /**
     * Files of earlier versions, which lack the {@linkplain ForgettingDefinition#BEST_EARLIER_LITERAL literal readings}, hold
     * these under the names of the definitions that begin with learning.
     *
     * @param matrix of the run
     * @return these figures, with forgetting by the present definitions where they are of such a file
     */
    public RunMetrics withPresentForgetting(AccuracyMatrix matrix) {
        if (values.containsKey(ForgettingDefinition.BEST_EARLIER_LITERAL.key())) {
            return this;
        }
        RunMetrics present = this;
        for (ForgettingDefinition definition : ForgettingDefinition.values()) {
            if (values.containsKey(definition.key())) {
                present = present.replacing(definition.key(), definition.of(matrix));
            }
        }
        return present;
    }

    /**
     * {@return these figures with it, in the place of what the metric was}
     *
     * @param metric its name, not empty
     * @param value its value
     */
    public RunMetrics replacing(String metric, MetricValue value) {
        Map<String, MetricValue> others = new LinkedHashMap<>(values);
        others.put(metric, value);
        return new RunMetrics(strategy, seed, ImmutableMap.copyOf(others));
    }

    /**
     * These figures and one more.
     *
     * @param metric its name, not empty
     * @param value its value
     * @return a new record
     * @throws IllegalArgumentException if the name is empty or there already
     */
    public RunMetrics with(String metric, MetricValue value) {
        checkArgument(!values.containsKey(metric), "metric %s is already set to %s", metric, values.get(metric));
        return new RunMetrics(
                strategy,
                seed,
                ImmutableMap.<String, MetricValue>builder()
                        .putAll(values)
                        .put(metric, value)
                        .buildOrThrow());
    }

    /**
     * These figures and more.
     *
     * @param more by name, none empty
     * @return a new record
     * @throws IllegalArgumentException if a name is empty or there already
     */
    public RunMetrics withAll(Map<String, MetricValue> more) {
        RunMetrics metrics = this;
        for (Map.Entry<String, MetricValue> one : more.entrySet()) {
            metrics = metrics.with(one.getKey(), one.getValue());
        }
        return metrics;
    }

    /**
     * These figures and one more.
     *
     * @param metric what it is
     * @param value its value, finite
     * @return a new record
     * @throws IllegalArgumentException if it is there already, or the value is not finite
     */
    public RunMetrics with(Metric metric, double value) {
        return with(metric.key(), MetricValue.of(value));
    }

    /**
     * These figures and one more.
     *
     * @param metric what it is
     * @param value its value
     * @return a new record
     * @throws IllegalArgumentException if it is there already
     */
    public RunMetrics with(Metric metric, MetricValue value) {
        return with(metric.key(), value);
    }

    /**
     * {@return its value; undefined where it was not measured}
     *
     * @param metric what is asked for
     */
    public MetricValue value(Metric metric) {
        return values.getOrDefault(metric.key(), MetricValue.undefined("it was not measured"));
    }

    /**
     * These figures and one more.
     *
     * @param metric its name, not empty
     * @param value its value, finite
     * @return a new record
     * @throws IllegalArgumentException if the name is empty or there already, or the value is not finite
     */
    public RunMetrics with(String metric, double value) {
        return with(metric, MetricValue.of(value));
    }
}
