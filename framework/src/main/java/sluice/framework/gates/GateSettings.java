package sluice.framework.gates;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import sluice.gating.BinaryNeuron;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.GateLayout;
import sluice.gating.GateModel;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.HeldNoise;
import sluice.gating.OpenBudget;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.Schedule;
import sluice.gating.SparsityRegulariser;
import sluice.gating.StraightThrough;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/**
 * How gates are drawn and learned.
 *
 * @param estimator how gradients reach the logits
 * @param neuron the kind of gate
 * @param granularity gate samples per mini-batch
 * @param hold steps that a gate's random number is kept for ({@link HeldNoise}), in [1, 1000]: the more, the fewer gates change
 *     from step to step, which is what costs time; 1 draws each anew, as it must be for a gater, and for an estimator that
 *     remembers earlier steps
 * @param groups 1 for a gate per unit; K of at least 2 for the units of each layer in K groups, exactly one of which is open
 * @param slope the slope over a task's epochs
 * @param sparsity the penalty on units that no task uses yet
 * @param logitMean mean of the initial logits of each task
 * @param logitSpread their standard deviation, at least 0
 * @param logitLimit logits are kept in [-limit, limit] after each step; above 0
 * @param learningRate step of Adam for the logits, above 0
 * @param budget the largest share of each layer that a task may have open; for gates per unit only
 * @param reuse whether a task may open what earlier tasks use; forbidden for gates per unit only
 * @param gater what decides, example by example, which units a task has open; none for gates that do not look at the example. It
 *     has a share and a rate of its own, and neither groups, budget, sparsity nor slopes
 */
public record GateSettings(
        GradientEstimator estimator,
        BinaryNeuron neuron,
        Granularity granularity,
        int hold,
        int groups,
        Schedule slope,
        SparsityRegulariser sparsity,
        double logitMean,
        double logitSpread,
        double logitLimit,
        double learningRate,
        OpenBudget budget,
        Reuse reuse,
        Optional<InputGates> gater) {
    /** The most steps that a random number may be kept for. */
    public static final int LONGEST_HOLD = 1000;

    private static final int DEFAULT_HOLD = 1;

    /** Straight-through at open gates only, a sample per mini-batch, sparsity 0.2. */
    public static final GateSettings DEFAULT = new GateSettings(
            StraightThrough.OPEN_ONLY,
            BinaryNeuron.STOCHASTIC_SIGMOID,
            Granularity.MINI_BATCH,
            DEFAULT_HOLD,
            1,
            new Schedule.Constant(1),
            new SparsityRegulariser(0.2),
            1.0,
            0.1,
            6,
            0.1,
            OpenBudget.NONE,
            Reuse.ALLOWED,
            Optional.empty());

    /** Checks the ranges. */
    public GateSettings {
        checkNotNull(estimator, "estimator");
        checkNotNull(neuron, "neuron");
        checkNotNull(granularity, "granularity");
        checkArgument(hold >= 1 && hold <= LONGEST_HOLD, "hold must be in [1, %s] steps, got %s", LONGEST_HOLD, hold);
        checkArgument(groups >= 1, "groups must be at least 1, got %s", groups);
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
        checkNotNull(budget, "budget");
        checkNotNull(reuse, "reuse");
        checkArgument(
                groups == 1 || !budget.limits(),
                "of %s groups exactly one is open, whatever the budget: a budget of %s is for gates per unit",
                groups,
                budget);
        checkArgument(
                groups == 1 || reuse == Reuse.ALLOWED,
                "reuse is forbidden to gates per unit only: of %s groups exactly one is open, used or not",
                groups);
        checkNotNull(gater, "gater");
        checkArgument(
                gater.isEmpty() || (groups == 1 && !budget.limits()),
                "a gater has a share of its own: groups must be 1, and the budget none");
        gater.ifPresent(with -> with.check(estimator));
        checkArgument(gater.isEmpty() || hold == 1, "a gater's gates are drawn anew: hold must be 1, got %s", hold);
        if (hold > 1) {
            GateLayout smallest = new GateLayout(neuron, granularity, groups, 1, groups, GateLayout.Logits.SHARED);
            checkArgument(
                    HeldNoise.suits(estimator.begin(smallest)),
                    "estimator %s remembers earlier steps, whose numbers later ones share where they are kept: hold must be 1, got %s",
                    estimator.name(),
                    hold);
        }
    }

    /**
     * {@return these settings with it}
     *
     * @param other an estimator
     */
    public GateSettings withEstimator(GradientEstimator other) {
        return changed(values -> values.estimator = other);
    }

    /**
     * {@return these settings with it}
     *
     * @param other a granularity
     */
    public GateSettings withGranularity(Granularity other) {
        return changed(values -> values.granularity = other);
    }

    /**
     * {@return these settings with it}
     *
     * @param steps that a gate's random number is kept for
     */
    public GateSettings withHold(int steps) {
        return changed(values -> values.hold = steps);
    }

    /**
     * {@return these settings with it}
     *
     * @param weight lambda, at least 0
     */
    public GateSettings withSparsity(double weight) {
        return changed(values -> values.sparsity = new SparsityRegulariser(weight, sparsity.reusePrice()));
    }

    /**
     * {@return these settings with it}
     *
     * @param other a kind of gate
     */
    public GateSettings withNeuron(BinaryNeuron other) {
        return changed(values -> values.neuron = other);
    }

    /**
     * {@return these settings with it}
     *
     * @param other 1 for a gate per unit, or groups per layer
     */
    public GateSettings withGroups(int other) {
        return changed(values -> values.groups = other);
    }

    /**
     * {@return these settings with it}
     *
     * @param other the largest share of each layer that a task may have open
     */
    public GateSettings withBudget(OpenBudget other) {
        return changed(values -> values.budget = other);
    }

    /**
     * {@return these settings with it}
     *
     * @param other whether a task may open what earlier tasks use
     */
    public GateSettings withReuse(Reuse other) {
        return changed(values -> values.reuse = other);
    }

    /**
     * {@return these settings with it}
     *
     * @param other decides, example by example, which units are open
     */
    public GateSettings withGater(InputGates other) {
        return changed(values -> values.gater = Optional.of(other));
    }

    /**
     * The units that logits open, so far as these settings allow it.
     *
     * @param logits gate logits, per layer [units]
     * @param consolidated what earlier tasks use
     */
    public Subnetwork subnetwork(List<double[]> logits, ConsolidatedSubnetworks consolidated) {
        return budget.applied(reuse.allowed(Subnetwork.of(logits), consolidated), logits);
    }

    /**
     * The gates of a layer.
     *
     * @param units of the layer, at least as many as groups
     * @param batchSize largest mini-batch
     */
    public GateLayout layout(int units, int batchSize) {
        int gates = groups == 1 ? units : groups;
        return new GateLayout(neuron, granularity, gates, batchSize, groups, GateLayout.Logits.SHARED);
    }

    /**
     * The logits of a layer's gates before a task trains, for a gate per unit. Where the layer has grown, and more units are
     * used than it was created with, the odds that a used one is open are as much smaller.
     *
     * @param used units that a consolidated task uses
     * @param created units that the layer was created with
     * @param random what they are drawn from
     */
    public double[] initialLogits(UnitSet used, int created, RandomGenerator random) {
        double start = slope.at(Progress.START);
        double rarer = Math.log(Math.max(1.0, (double) used.size() / created)) / start;
        double[] logits = new double[used.universe()];
        for (int i = 0; i < logits.length; i++) {
            double mean = used.contains(i) ? logitMean - rarer : logitMean;
            logits[i] = model().clamp(mean + logitSpread * random.nextGaussian(), start, logitLimit);
        }
        return logits;
    }

    /** The gates of a layer without noise, by unit, before they are made binary. */
    public double[] testValues(double[] logitsByUnit, double slope) {
        return groups == 1
                ? Arrays.stream(logitsByUnit)
                        .map(logit -> model().testValue(logit, slope))
                        .toArray()
                : new UnitGroups(logitsByUnit.length, groups).probabilities(logitsByUnit, slope);
    }

    /**
     * The gates of a layer, as likely as logits make them.
     *
     * @param logitsByUnit gate logits [units]
     * @param slope of the gates
     * @return open probabilities by unit
     */
    public GateProbabilities probabilities(double[] logitsByUnit, double slope) {
        return groups == 1
                ? GateProbabilities.of(model(), logitsByUnit, slope)
                : new GateProbabilities(new UnitGroups(logitsByUnit.length, groups).probabilities(logitsByUnit, slope));
    }

    /** Whether weights learn with gates that are not binary. */
    public boolean relaxed() {
        return estimator.begin(layout(1, 1)).probes().stream()
                .anyMatch(probe -> probe.trainsWeights() && probe.values() == Probe.Values.RELAXED);
    }

    /** What logits mean under the estimator. */
    GateModel model() {
        return estimator.model(neuron);
    }

    private GateSettings changed(Consumer<Values> change) {
        Values values = new Values(this);
        change.accept(values);
        return values.settings();
    }

    /** The components while one of them is changed. */
    private static final class Values {
        private GradientEstimator estimator;
        private BinaryNeuron neuron;
        private Granularity granularity;
        private int hold;
        private int groups;
        private final Schedule slope;
        private SparsityRegulariser sparsity;
        private final double logitMean;
        private final double logitSpread;
        private final double logitLimit;
        private final double learningRate;
        private OpenBudget budget;
        private Reuse reuse;
        private Optional<InputGates> gater;

        Values(GateSettings settings) {
            estimator = settings.estimator;
            neuron = settings.neuron;
            granularity = settings.granularity;
            hold = settings.hold;
            groups = settings.groups;
            slope = settings.slope;
            sparsity = settings.sparsity;
            logitMean = settings.logitMean;
            logitSpread = settings.logitSpread;
            logitLimit = settings.logitLimit;
            learningRate = settings.learningRate;
            budget = settings.budget;
            reuse = settings.reuse;
            gater = settings.gater;
        }

        GateSettings settings() {
            return new GateSettings(
                    estimator,
                    neuron,
                    granularity,
                    hold,
                    groups,
                    slope,
                    sparsity,
                    logitMean,
                    logitSpread,
                    logitLimit,
                    learningRate,
                    budget,
                    reuse,
                    gater);
        }
    }
}
