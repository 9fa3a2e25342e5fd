package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.gating.GradientEstimator;

/**
 * The form of a network that generates: where its latent variables are, and what lies between them.
 *
 * @param kind what it models
 * @param given features that it is given: the image for {@link Kind#AUTOENCODER}, the upper part for {@link Kind#STRUCTURED}
 * @param generated features that it generates
 * @param latents from the side of the input; at least one layer, at most {@value #MOST_LATENTS}
 * @param hidden units of the deterministic tanh layers within each map; none makes all maps linear
 * @param classes values of the class, a categorical latent of its own; 0 for none
 */
public record GeneratorShape(
        Kind kind,
        int given,
        int generated,
        ImmutableList<LatentLayer> latents,
        ImmutableList<Integer> hidden,
        int classes) {
    /** Most layers of latents. */
    public static final int MOST_LATENTS = 5;

    /** Most units of a hidden layer. */
    public static final int MOST_HIDDEN_UNITS = 10_000;

    /** What a network models. */
    public enum Kind {
        /**
         * A variational autoencoder (Kingma and Welling 2014) with discrete latents: an encoder {@code q(h | x)} and a
         * generator {@code p(h) p(x | h)}. Several layers of latents are a chain on both sides.
         */
        AUTOENCODER,
        /**
         * A sigmoid belief network that predicts a part of an image from the rest: {@code p(h1 | x) p(h2 | h1) p(y | h2)}.
         */
        STRUCTURED
    }

    /** Checks the ranges. */
    public GeneratorShape {
        checkArgument(given >= 1, "a network must be given at least 1 feature, got %s", given);
        checkArgument(generated >= 1, "a network must generate at least 1 feature, got %s", generated);
        checkArgument(
                !latents.isEmpty() && latents.size() <= MOST_LATENTS,
                "a network has 1 to %s layers of latents, got %s",
                MOST_LATENTS,
                latents.size());
        hidden.forEach(units -> checkArgument(
                units >= 1 && units <= MOST_HIDDEN_UNITS,
                "a hidden layer has 1 to %s units, got %s",
                MOST_HIDDEN_UNITS,
                units));
        checkArgument(classes == 0 || classes >= 2, "there are at least 2 classes, or none (0), got %s", classes);
        checkArgument(kind == Kind.STRUCTURED || given == generated, "an autoencoder generates what it is given");
        checkArgument(
                kind == Kind.AUTOENCODER || classes == 0,
                "the class is a latent of autoencoders; a structured network has none");
    }

    /**
     * {@return a variational autoencoder without a class}
     *
     * @param features of an image
     * @param latents from the side of the image
     * @param hidden units of the deterministic layers within each map
     */
    public static GeneratorShape autoencoder(
            int features, ImmutableList<LatentLayer> latents, ImmutableList<Integer> hidden) {
        return new GeneratorShape(Kind.AUTOENCODER, features, features, latents, hidden, 0);
    }

    /**
     * {@return a sigmoid belief network for structured prediction}
     *
     * @param given features that it is given
     * @param predicted features that it predicts
     * @param latents from the side of what is given
     */
    public static GeneratorShape structured(int given, int predicted, ImmutableList<LatentLayer> latents) {
        return new GeneratorShape(Kind.STRUCTURED, given, predicted, latents, ImmutableList.of(), 0);
    }

    /**
     * {@return this autoencoder with the class as a latent}
     *
     * @param count how many classes, at least 2
     */
    public GeneratorShape withClasses(int count) {
        return new GeneratorShape(kind, given, generated, latents, hidden, count);
    }

    /** {@return whether every map is linear} */
    public boolean isLinear() {
        return hidden.isEmpty();
    }

    /**
     * Checks that an estimator serves every latent, the class among them.
     *
     * @param estimator that gradients are to come from
     * @throws IllegalArgumentException if not; the message says which estimators do
     */
    public void checkServed(GradientEstimator estimator) {
        LatentEstimators.check(this, estimator);
    }

    /** {@return sizes from one end to the other, such as {@code 784-200-784}} */
    @Override
    public String toString() {
        String path = Stream.of(
                        Stream.of(String.valueOf(given)),
                        latents.stream().map(LatentLayer::toString),
                        Stream.of(String.valueOf(generated)))
                .flatMap(part -> part)
                .collect(Collectors.joining(isLinear() ? "-" : "~"));
        return classes == 0 ? path : path + " with " + classes + " classes";
    }
}
