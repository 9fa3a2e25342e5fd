package sluice.gating;

import sluice.gating.exact.Gates;

/** The gates that the reference problems are known for. */
enum GateSetting {
    SIGMOID("sigmoid", GateActivation.SIGMOID, 1),
    HARD_SIGMOID("hard-sigmoid", GateActivation.HARD_SIGMOID, 1),
    SLOPE_2("slope-2", GateActivation.SIGMOID, 2);

    private final String key;
    private final GateActivation activation;
    private final double slope;

    GateSetting(String key, GateActivation activation, double slope) {
        this.key = key;
        this.activation = activation;
        this.slope = slope;
    }

    String key() {
        return key;
    }

    Gates gates() {
        return new Gates(activation, slope, EstimatorReference.VALUES.logits().get(key));
    }
}
