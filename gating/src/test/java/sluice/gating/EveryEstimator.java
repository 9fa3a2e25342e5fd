package sluice.gating;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import sluice.gating.exact.Gates;

/** Every estimator of the table that serves independent gates, with gates that it takes. */
final class EveryEstimator {
    private static final Set<String> OF_CHOICES_ONLY = Set.of("gumbel-softmax", "st-gumbel-softmax");
    private static final Set<String> OF_HARD_SIGMOID_ONLY = Set.of("st-hard-sigmoid", "st-clipped");

    private EveryEstimator() {}

    static Stream<GradientEstimator> ofIndependentGates() {
        return Estimators.BY_NAME.values().stream()
                .map(EstimatorEntry::estimator)
                .filter(estimator -> !OF_CHOICES_ONLY.contains(estimator.name()));
    }

    /** Those that claim to be unbiased. */
    static Stream<GradientEstimator> unbiased() {
        return ofIndependentGates()
                .filter(estimator -> Estimators.BY_NAME.get(estimator.name()).unbiased());
    }

    /** Arguments (estimator, granularity). */
    static Stream<Arguments> withGranularities() {
        return ofIndependentGates()
                .flatMap(estimator ->
                        Arrays.stream(Granularity.values()).map(granularity -> Arguments.of(estimator, granularity)));
    }

    static GateActivation activationFor(GradientEstimator estimator) {
        return OF_HARD_SIGMOID_ONLY.contains(estimator.name()) ? GateActivation.HARD_SIGMOID : GateActivation.SIGMOID;
    }

    /** The reference's gates of the activation that the estimator takes. */
    static Gates gatesFor(GradientEstimator estimator) {
        return switch (activationFor(estimator)) {
            case SIGMOID -> GateSetting.SIGMOID.gates();
            case HARD_SIGMOID -> GateSetting.HARD_SIGMOID.gates();
        };
    }
}
