package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gates and how they learn. {@link ScriptReader} checks the ranges.
 *
 * @param estimator how gradients pass through the sampling
 * @param neuron how a logit becomes an open probability
 * @param sampling how a probability becomes open or closed
 * @param granularity what shares one sample
 * @param slope the slope over a task's epochs
 * @param sparsity weight of the penalty on open gates, at least 0
 * @param logitMean mean of the initial logits, finite
 * @param logitSpread their standard deviation, at least 0
 * @param logitLimit largest magnitude of a logit, above 0
 * @param learningRate of the logits, above 0
 */
public record GateSettings(
        EstimatorSetting estimator,
        Neuron neuron,
        Sampling sampling,
        Granularity granularity,
        ScheduleSettings slope,
        double sparsity,
        double logitMean,
        double logitSpread,
        double logitLimit,
        double learningRate) {
    static final ImmutableList<String> KEYS = ImmutableList.of(
            "estimator",
            "neuron",
            "sampling",
            "granularity",
            "slope",
            "sparsity",
            "logit_mean",
            "logit_spread",
            "logit_limit",
            "learning_rate");

    /** How a logit becomes an open probability. */
    public enum Neuron {
        /** By the logistic function. */
        SIGMOID,
        /** By a line that is cut off at 0 and 1. */
        HARD_SIGMOID
    }

    /** How a probability becomes open or closed in training. */
    public enum Sampling {
        /** Open with that probability. */
        STOCHASTIC,
        /** Open where it is at least 1/2. */
        DETERMINISTIC
    }

    /** What shares one sample of the gates. */
    public enum Granularity {
        /** All examples of a mini-batch. */
        MINI_BATCH,
        /** Nothing: each example has its own. */
        PER_EXAMPLE
    }

    static GateSettings read(Section gates) {
        return new GateSettings(
                EstimatorSetting.read(gates),
                gates.choice("neuron", Neuron.SIGMOID),
                gates.choice("sampling", Sampling.STOCHASTIC),
                gates.choice("granularity", Granularity.MINI_BATCH),
                gates.value("slope")
                        .map(slope -> ScheduleSection.read(slope, Range.greaterThan(0.0)))
                        .orElse(new ScheduleSettings.Constant(1)),
                gates.real("sparsity", Range.atLeast(0.0), 0.2),
                gates.real("logit_mean", Range.all(), 1),
                gates.real("logit_spread", Range.atLeast(0.0), 0.1),
                gates.real("logit_limit", Range.greaterThan(0.0), 6),
                gates.real("learning_rate", Range.greaterThan(0.0), 0.1));
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("estimator", estimator.settings());
        settings.put("neuron", Section.word(neuron));
        settings.put("sampling", Section.word(sampling));
        settings.put("granularity", Section.word(granularity));
        settings.put("slope", slope.settings());
        settings.put("sparsity", sparsity);
        settings.put("logit_mean", logitMean);
        settings.put("logit_spread", logitSpread);
        settings.put("logit_limit", logitLimit);
        settings.put("learning_rate", learningRate);
        return settings;
    }
}
