package sluice.framework.generator;

import java.util.List;
import java.util.stream.Collectors;
import sluice.gating.EstimatorEntry;
import sluice.gating.Estimators;
import sluice.gating.GradientEstimator;

/** Which gradient estimators serve the latents of a network. */
final class LatentEstimators {
    private LatentEstimators() {}

    /** Refuses an estimator that some latents cannot be served by, with those that serve all of them. */
    static void check(GeneratorShape shape, GradientEstimator estimator) {
        for (LatentLayer layer : shape.latents()) {
            if (!serves(estimator, layer)) {
                String latents = layer.isCategorical()
                        ? "latents of %d choices".formatted(layer.choices())
                        : "Bernoulli latents";
                throw refusal(estimator, latents, shape);
            }
        }
        if (!servesAll(estimator, shape)) {
            throw refusal(estimator, "the class, which is a latent of several choices", shape);
        }
    }

    private static IllegalArgumentException refusal(GradientEstimator estimator, String latents, GeneratorShape shape) {
        List<String> serving = Estimators.BY_NAME.values().stream()
                .map(EstimatorEntry::estimator)
                .filter(other -> servesAll(other, shape))
                .map(GradientEstimator::name)
                .toList();
        String all = serving.stream().limit(serving.size() - 1).collect(Collectors.joining(", "));
        return new IllegalArgumentException("estimator %s cannot serve %s: use %s or %s"
                .formatted(estimator.name(), latents, all, serving.get(serving.size() - 1)));
    }

    private static boolean servesAll(GradientEstimator estimator, GeneratorShape shape) {
        return LatentPlace.of(shape).stream().allMatch(place -> serves(estimator, place.layer()));
    }

    private static boolean serves(GradientEstimator estimator, LatentLayer layer) {
        try {
            estimator.begin(layer.layout(1));
            return true;
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }
}
