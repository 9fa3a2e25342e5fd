package sluice.gating;

/** The two losses with published exact values, each tabulated once. */
enum ReferenceProblem {
    QUADRATIC("quadratic", EstimatorReference.VALUES.quadratic()),
    NETWORK("network", EstimatorReference.VALUES.network());

    private final GatedLoss loss;
    private final Enumeration enumeration;
    private final EstimatorReference.Problem values;

    ReferenceProblem(String key, GatedLoss loss) {
        this.loss = loss;
        this.enumeration = new Enumeration(loss);
        this.values = EstimatorReference.VALUES.problems().get(key);
    }

    GatedLoss loss() {
        return loss;
    }

    Enumeration enumeration() {
        return enumeration;
    }

    EstimatorReference.Problem reference() {
        return values;
    }

    EstimatorReference.Exact exact(GateSetting setting) {
        return values.exact().get(setting.key());
    }
}
