package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/** What estimators ask of the gates that they are to serve; each refusal says what would work. */
final class Demand {
    private Demand() {}

    static void stochastic(GradientEstimator estimator, GateLayout layout) {
        checkArgument(
                layout.neuron().sampling() == BinaryNeuron.Sampling.STOCHASTIC,
                "estimator %s learns from the noise of the gates, deterministic sampling has none: "
                        + "use stochastic sampling, or estimator %s",
                estimator.name(),
                layout.categorical() ? "st-sigmoid" : "st-sigmoid or st-identity");
    }

    static void independent(GradientEstimator estimator, GateLayout layout) {
        checkArgument(
                !layout.categorical(),
                "estimator %s is for gates that open and close independently, these choose one of %s groups: "
                        + "use no groups, or estimator gumbel-softmax, st-gumbel-softmax, gumbel-rao, reinmax, minimum-variance, st-sigmoid, "
                        + "unbiased, centred, leave-one-out, arm, disarm, muprop, rebar or relax",
                estimator.name(),
                layout.choices());
    }

    static void categorical(GradientEstimator estimator, GateLayout layout, String otherwise) {
        checkArgument(
                layout.categorical(),
                "estimator %s is for gates that choose one of several groups, these are independent: "
                        + "use groups of units, or estimator %s",
                estimator.name(),
                otherwise);
    }

    /** What chooses one of K has no probability of its own that a hard sigmoid could give. */
    static void softmax(GradientEstimator estimator, GateLayout layout) {
        checkArgument(
                layout.neuron().activation() == GateActivation.SIGMOID,
                "estimator %s chooses one of %s groups by the softmax of their logits, which the hard sigmoid has no part in: "
                        + "use neuron sigmoid, or no groups",
                estimator.name(),
                layout.choices());
    }

    /** Logistic noise is the sigmoid's: for any other activation the gate would not open with its probability. */
    static void sigmoid(GradientEstimator estimator, GateLayout layout) {
        stochastic(estimator, layout);
        checkArgument(
                layout.neuron().activation() == GateActivation.SIGMOID,
                "estimator %s is for the sigmoid neuron, this one is hard-sigmoid: "
                        + "use neuron sigmoid, or estimator st-sigmoid, unbiased, centred, arm, disarm or reinmax",
                estimator.name());
    }

    static void hardSigmoid(GradientEstimator estimator, GateLayout layout) {
        checkArgument(
                layout.neuron().activation() == GateActivation.HARD_SIGMOID,
                "estimator %s is for the hard-sigmoid neuron, outside of whose window it is 0 for good, this one is sigmoid: "
                        + "use neuron hard-sigmoid, or estimator st-sigmoid",
                estimator.name());
    }
}
