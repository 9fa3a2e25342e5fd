package sluice.gating;

import sluice.gating.exact.Enumeration;
import sluice.gating.exact.GatedLoss;
import sluice.gating.exact.ReferenceProblems;

/** The two losses with known exact values, each enumerated once. */
enum ReferenceProblem {
    QUADRATIC("quadratic", ReferenceProblems.quadratic().loss()),
    NETWORK("network", ReferenceProblems.network().loss());

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
