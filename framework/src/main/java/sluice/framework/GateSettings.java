package sluice.framework;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import sluice.gating.BinaryNeuron;
import sluice.gating.GateModel;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.Schedule;
import sluice.gating.SparsityRegulariser;
import sluice.gating.StraightThrough;

/**
 * How gates are drawn and learned.
 *
 * @param estimator how gradients reach the logits
 * @param neuron the kind of gate
 * @param granularity gate samples per mini-batch
 * @param slope the slope over a task's epochs
 * @param sparsity the charge on units that no task uses yet
 * @param logitMean mean of the initial logits of each task
 * @param logitSpread their standard deviation, at least 0
 * @param logitLimit logits are kept in [-limit, limit] after each step; above 0
 * @param learningRate step of Adam for the logits, above 0
 */
public record GateSettings(
        GradientEstimator estimator,
        BinaryNeuron neuron,
        Granularity granularity,
        Schedule slope,
        SparsityRegulariser sparsity,
        double logitMean,
        double logitSpread,
        double logitLimit,
        double learningRate) {
    /** Straight-through at open gates only, a sample per mini-batch, sparsity 0.2. */
    public static final GateSettings DEFAULT = new GateSettings(
            StraightThrough.OPEN_ONLY,
            BinaryNeuron.STOCHASTIC_SIGMOID,
            Granularity.MINI_BATCH,
            new Schedule.Constant(1),
            new SparsityRegulariser(0.2),
            1.0,
            0.1,
            6,
            0.1);

    /** Checks the ranges. */
    public GateSettings {
        checkNotNull(estimator, "estimator");
        checkNotNull(neuron, "neuron");
        checkNotNull(granularity, "granularity");
        checkNotNull(slope, "slope");
        slope.checkPositive("slope");
        checkNotNull(sparsity, "sparsity");
        checkArgument(Double.isFinite(logitMean), "logitMean must be finite, got %s", logitMean);
        checkArgument(
                logitSpread >= 0 && Double.isFinite(logitSpread),
                "logitSpread must be at least 0, got %s",
                logitSpread);
        checkArgument(logitLimit > 0 && Double.isFinite(logitLimit), "logitLimit must be above 0, got %s", logitLimit);
        checkArgument(
                learningRate > 0 && Double.isFinite(learningRate),
                "learningRate must be above 0, got %s",
                learningRate);
    }

    /**
     * @param other an estimator
     * @return these settings with it
     */
    public GateSettings withEstimator(GradientEstimator other) {
        return new GateSettings(
                other, neuron, granularity, slope, sparsity, logitMean, logitSpread, logitLimit, learningRate);
    }

    /**
     * @param other a granularity
     * @return these settings with it
     */
    public GateSettings withGranularity(Granularity other) {
        return new GateSettings(
                estimator, neuron, other, slope, sparsity, logitMean, logitSpread, logitLimit, learningRate);
    }

    /**
     * @param weight lambda, at least 0
     * @return these settings with it
     */
    public GateSettings withSparsity(double weight) {
        return new GateSettings(
                estimator,
                neuron,
                granularity,
                slope,
                new SparsityRegulariser(weight),
                logitMean,
                logitSpread,
                logitLimit,
                learningRate);
    }

    /**
     * @param other a kind of gate
     * @return these settings with it
     */
    public GateSettings withNeuron(BinaryNeuron other) {
        return new GateSettings(
                estimator, other, granularity, slope, sparsity, logitMean, logitSpread, logitLimit, learningRate);
    }

    /** What logits mean under the estimator. */
    GateModel model() {
        return estimator.model(neuron);
    }
}
