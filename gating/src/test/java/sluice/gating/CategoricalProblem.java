package sluice.gating;

import java.util.Locale;
import java.util.stream.Stream;
import sluice.gating.exact.GatedProblem;
import sluice.gating.exact.ReferenceProblems;

/** The reference problems with two choices of one of three. */
enum CategoricalProblem {
    QUADRATIC(ReferenceProblems.quadratic()),
    NETWORK(ReferenceProblems.network());

    private final GatedProblem problem;

    CategoricalProblem(GatedProblem problem) {
        this.problem = problem;
    }

    /** The estimators that the reference knows, at temperature 1. */
    static Stream<GradientEstimator> estimators(int samples) {
        Schedule temperature = new Schedule.Constant(1);
        return Stream.of(
                StraightThrough.DERIVATIVE,
                new Unbiased(),
                new ReinMax(),
                new GumbelSoftmax(temperature, false),
                new GumbelSoftmax(temperature, true),
                new GumbelRao(temperature, samples));
    }

    Choices choices(Granularity granularity) {
        return new Choices(problem.loss(), 3, 1, CategoricalReference.VALUES.logits(), granularity);
    }

    CategoricalSampledReference.Problem sampled() {
        return CategoricalSampledReference.VALUES.problems().get(name().toLowerCase(Locale.ROOT));
    }

    CategoricalReference.Problem reference() {
        return CategoricalReference.VALUES.problems().get(name().toLowerCase(Locale.ROOT));
    }
}
