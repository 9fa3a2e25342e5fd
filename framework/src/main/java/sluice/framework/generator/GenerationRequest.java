package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;

/**
 * What images to generate.
 *
 * @param count how many, in [1, {@value #MOST}]
 * @param seed of all randomness; each image has a stream of its own, so that the first images of a larger count are those
 *     of a smaller one
 * @param classes of the images, by their places in {@link ImageForm#classes}, taken in turn; none to have them drawn
 * @param latents values that latent variables are given, by number; see {@link LatentValues} for how they are numbered
 * @param pixels what of them is wanted
 * @param recognised whether an image of a class that is asked for is drawn anew, up to {@value #MOST_DRAWS} times in all, where
 *     the model's own encoder gives its class a probability below {@value #RECOGNISED}; of no meaning where no class is
 *     asked for, or latents are given
 */
public record GenerationRequest(
        int count,
        long seed,
        ImmutableList<Integer> classes,
        ImmutableSortedMap<Integer, Integer> latents,
        Pixels pixels,
        boolean recognised) {
    /** The least probability by the model's own encoder with which an image is recognised as one of its class. */
    public static final double RECOGNISED = 0.95;

    /** Most draws of an image that is not recognised. */
    public static final int MOST_DRAWS = 20;

    /** Most images. */
    public static final int MOST = 1_000_000;

    /** What a pixel is. */
    public enum Pixels {
        /** The probability that it is set, in [0, 1]: smooth. */
        PROBABILITIES,
        /** A draw with that probability, 0 or 1. */
        DRAWN
    }

    /** Checks the count. */
    public GenerationRequest {
        checkArgument(count >= 1 && count <= MOST, "count must be in [1, %s], got %s", MOST, count);
    }

    /**
     * {@return a request for images of any class, as probabilities}
     *
     * @param count how many, in [1, {@value #MOST}]
     * @param seed of all randomness
     */
    public static GenerationRequest of(int count, long seed) {
        return new GenerationRequest(
                count, seed, ImmutableList.of(), ImmutableSortedMap.of(), Pixels.PROBABILITIES, true);
    }

    /**
     * {@return the same of some classes}
     *
     * @param places in {@link ImageForm#classes}; of several, the images are of each in turn
     */
    public GenerationRequest ofClasses(Integer... places) {
        return new GenerationRequest(count, seed, ImmutableList.copyOf(places), latents, pixels, recognised);
    }

    /**
     * {@return the same with latent variables that have given values}
     *
     * @param fixed values by number
     */
    public GenerationRequest withLatents(Map<Integer, Integer> fixed) {
        return new GenerationRequest(count, seed, classes, ImmutableSortedMap.copyOf(fixed), pixels, recognised);
    }

    /**
     * {@return the same with other pixels}
     *
     * @param wanted what they are
     */
    public GenerationRequest as(Pixels wanted) {
        return new GenerationRequest(count, seed, classes, latents, wanted, recognised);
    }

    /** {@return the same with images of classes as they are first drawn, recognised or not} */
    public GenerationRequest asFirstDrawn() {
        return new GenerationRequest(count, seed, classes, latents, pixels, false);
    }

    /** Makes sure that a network of a form can serve this; throws IllegalArgumentException with the range if not. */
    void check(GeneratorShape shape) {
        checkArgument(
                classes.isEmpty() || shape.classes() > 0, "the model has no classes, so that none can be asked for");
        for (int place : classes) {
            checkArgument(
                    place >= 0 && place < shape.classes(),
                    "places of classes are 0 to %s, got %s",
                    shape.classes() - 1,
                    place);
        }
        LatentNumbers numbers = LatentNumbers.of(shape);
        for (Map.Entry<Integer, Integer> fixed : latents.entrySet()) {
            numbers.check(fixed.getKey(), fixed.getValue());
        }
    }
}
