package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One line of the {@linkplain Estimators table}.
 *
 * @param family what it has in common with others
 * @param description one line for lists
 * @param bias {@link #NONE}, or how large it is
 * @param source where it was published
 * @param defaults the parameters that it takes, with their defaults
 * @param maker the estimator from values for all of them
 */
public record EstimatorEntry(
        EstimatorFamily family,
        String description,
        String bias,
        String source,
        ImmutableMap<String, Schedule> defaults,
        Function<Values, GradientEstimator> maker) {
    /** The bias of an unbiased estimator. */
    public static final String NONE = "none";

    /** {@return whether it claims to be unbiased} */
    public boolean unbiased() {
        return bias.equals(NONE);
    }

    /** {@return whether it serves only gates that choose one of several groups} */
    public boolean needsGroups() {
        return estimator() instanceof GumbelSoftmax;
    }

    /** {@return what an estimate and a training step take, with the defaults} */
    public Passes passes() {
        return Passes.of(probes());
    }

    /** {@return forward passes of a step, with the defaults} */
    public int forwardPasses() {
        return passes().forward();
    }

    /** {@return backward passes of a step, with the defaults: one per probe that weights or gates learn from} */
    public int backwardPasses() {
        return passes().backwardOfStep();
    }

    /** Probes for the smallest layer of the first kind of neuron that it serves. */
    private List<Probe> probes() {
        int units = needsGroups() ? 2 : 1;
        IllegalArgumentException refusal = null;
        for (GateActivation activation : GateActivation.values()) {
            BinaryNeuron neuron = new BinaryNeuron(activation, BinaryNeuron.Sampling.STOCHASTIC);
            GateLayout layout =
                    new GateLayout(neuron, Granularity.MINI_BATCH, units, 1, units, GateLayout.Logits.SHARED);
            try {
                return estimator().begin(layout).probes();
            } catch (IllegalArgumentException unfit) {
                refusal = unfit;
            }
        }
        throw refusal;
    }

    /** {@return the estimator with its defaults} */
    public GradientEstimator estimator() {
        return maker.apply(new Values(defaults));
    }

    /**
     * {@return the estimator}
     *
     * @param parameters some of the parameters, by name; the others keep their defaults
     * @throws IllegalArgumentException if it has no such parameter, or a value is out of its range
     */
    public GradientEstimator with(Map<String, Schedule> parameters) {
        for (String name : parameters.keySet()) {
            checkArgument(
                    defaults.containsKey(name),
                    "it takes no parameter '%s'; %s",
                    name,
                    defaults.isEmpty() ? "it takes none" : "it takes " + String.join(", ", defaults.keySet()));
        }
        ImmutableMap<String, Schedule> all = ImmutableMap.<String, Schedule>builder()
                .putAll(defaults)
                .putAll(parameters)
                .buildKeepingLast();
        return maker.apply(new Values(all));
    }

    /** Values for all parameters of an estimator. */
    public static final class Values {
        private final ImmutableMap<String, Schedule> byName;

        private Values(Map<String, Schedule> byName) {
            this.byName = ImmutableMap.copyOf(byName);
        }

        Schedule schedule(String name) {
            return byName.get(name);
        }

        double number(String name) {
            checkArgument(
                    byName.get(name) instanceof Schedule.Constant, "%s must be a number: it has no schedule", name);
            return ((Schedule.Constant) byName.get(name)).value();
        }

        int count(String name) {
            double number = number(name);
            checkArgument(number == Math.rint(number), "%s must be a whole number, got %s", name, number);
            return (int) number;
        }
    }
}
