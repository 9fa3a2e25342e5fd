package sluice.framework.conditional;

import sluice.gating.BinaryNeuron;
import sluice.gating.GateModel;
import sluice.gating.GradientEstimator;
import sluice.gating.Probe;

/**
 * What units of a trained layer do with their sums.
 *
 * @param rectified whether they rectify them
 * @param gate the value of an open gate by its logit; null where that is 1
 */
record Activation(boolean rectified, GateModel gate) {
    /** Nothing: the units of a head. */
    static final Activation NONE = new Activation(false, null);

    private static final Activation RECTIFIED = new Activation(true, null);

    static Activation of(ExitLayer layer) {
        return layer.gater().map(Activation::of).orElse(RECTIFIED);
    }

    private static Activation of(Gater gater) {
        GradientEstimator estimator = gater.learning().estimator();
        boolean binary = estimator.begin(Gater.layout(1, 1)).probes().stream()
                .filter(Probe::trainsWeights)
                .allMatch(probe -> probe.values() == Probe.Values.BINARY);
        return new Activation(
                gater.experts() == Gater.Experts.RELU,
                binary ? null : estimator.model(BinaryNeuron.STOCHASTIC_SIGMOID));
    }

    /** What an open gate is by its logit. */
    double open(float logit) {
        return gate == null ? 1 : gate.testValue(logit, 1);
    }
}
