package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.OptionalDouble;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.ImageBound;
import sluice.evaluation.run.LatentUse;

/**
 * What came of the training of a network that generates. Bounds are in nats.
 *
 * @param model the network
 * @param curve the bound over the steps
 * @param bounds of test images, in their order
 * @param latents how much each latent variable is used, layer by layer
 * @param parts of the bound, means over test images
 * @param validation what is known of images that were held out; empty where none was
 * @param classAccuracy share of test images of which the class is right; empty where the class is no latent
 * @param examples the first test images as they were modelled [up to 20][features]; not to be written to
 * @param steps training steps
 * @param trainSeconds on the clock
 * @param evaluationSeconds on the clock
 */
public record GeneratorResult(
        GenerativeModel model,
        ImmutableList<BoundPoint> curve,
        ImmutableList<ImageBound> bounds,
        ImmutableList<LatentUse> latents,
        Parts parts,
        Validation validation,
        OptionalDouble classAccuracy,
        List<float[]> examples,
        long steps,
        double trainSeconds,
        double evaluationSeconds) {
    /**
     * Parts of the negative evidence bound.
     *
     * @param divergence of the latents' posterior from their prior; empty where there is no prior
     * @param reconstruction negative log likelihood given latents drawn from their posterior
     */
    public record Parts(OptionalDouble divergence, double reconstruction) {}

    /**
     * Mean negative bounds of images that were held out.
     *
     * @param importanceWeighted with at most 100 samples
     * @param evidence of the same samples
     */
    public record Validation(OptionalDouble importanceWeighted, OptionalDouble evidence) {
        /** Nothing was held out. */
        static final Validation NONE = new Validation(OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** {@return the mean importance-weighted negative bound} */
    public double nll() {
        return -bounds.stream()
                .mapToDouble(ImageBound::importanceWeighted)
                .average()
                .orElseThrow();
    }

    /** {@return the mean negative evidence bound} */
    public double negativeElbo() {
        return -bounds.stream().mapToDouble(ImageBound::evidence).average().orElseThrow();
    }

    /** {@return variables that say something of the image} */
    public long activeLatents() {
        return latents.stream().filter(LatentUse::isUsed).count();
    }
}
