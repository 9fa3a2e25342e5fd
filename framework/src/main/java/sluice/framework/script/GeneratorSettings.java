package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import sluice.framework.generator.ClassLearning;
import sluice.framework.generator.GeneratorShape;
import sluice.framework.generator.GeneratorTrainer;
import sluice.framework.generator.ImageBinarisation;
import sluice.framework.generator.LatentLayer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.GradientEstimator;
import sluice.gating.Schedule;
import sluice.tasks.Shape;

/**
 * The section {@code generator} as values, whatever the data.
 *
 * @param kind what the network models
 * @param latents from the side of the image
 * @param hidden units of the deterministic layers within each map
 * @param classLatent whether the class is a latent, and what is known of it
 * @param classLearning how the encoder of the class learns beside the bound
 * @param estimator how gradients reach the logits of latents
 * @param slope what logits are multiplied by
 * @param samples m of the bound that is trained
 * @param variate whether the quadratic control variate is taken from losses
 * @param binarisation what becomes of greys
 * @param binarisationSeed of a fixed one
 * @param validation so many of the last training examples are held out
 * @param testSamples m of the bound that is reported
 * @param testImages images that it is taken of, at most; {@link Integer#MAX_VALUE} for all
 * @param asked images that are asked for by their class and judged; 0 for none
 */
public record GeneratorSettings(
        GeneratorShape.Kind kind,
        ImmutableList<LatentLayer> latents,
        ImmutableList<Integer> hidden,
        ClassLatent classLatent,
        ClassLearning classLearning,
        GradientEstimator estimator,
        Schedule slope,
        int samples,
        boolean variate,
        ImageBinarisation binarisation,
        long binarisationSeed,
        int validation,
        int testSamples,
        int testImages,
        int asked) {
    /** Whether the class is a latent, and of which examples it is known. */
    public sealed interface ClassLatent {
        /** The class is not looked at. */
        record None() implements ClassLatent {}

        /**
         * The class is known of so many training examples.
         *
         * @param perClass of each class, at least 0; {@link Integer#MAX_VALUE} for all
         */
        record Known(int perClass) implements ClassLatent {}
    }

    /**
     * {@return the form of the network}
     *
     * @param data what its features are to each other; a structured network is given the upper half of an image, of vectors the
     *     first half of the features
     * @param classes that the data has; of no meaning where the class is no latent
     */
    public GeneratorShape shape(Shape data, int classes) {
        int features = data.features();
        int given = kind == GeneratorShape.Kind.AUTOENCODER ? features : upper(data);
        int generated = kind == GeneratorShape.Kind.AUTOENCODER ? features : features - given;
        return new GeneratorShape(
                kind, given, generated, latents, hidden, classLatent instanceof ClassLatent.None ? 0 : classes);
    }

    private static int upper(Shape data) {
        return data instanceof Shape.Image image ? image.height() / 2 * image.width() : data.features() / 2;
    }

    /**
     * {@return how the network is trained}
     *
     * @param shape of the network
     * @param training how long, by which optimiser
     */
    public GeneratorTrainer trainer(GeneratorShape shape, TrainingSettings training) {
        return new GeneratorTrainer(
                shape, estimator, slope, samples, variate, binarisation, labels(shape), classLearning, training);
    }

    private int labels(GeneratorShape shape) {
        return classLatent instanceof ClassLatent.Known known
                ? (int) Math.min(Integer.MAX_VALUE, (long) known.perClass() * shape.classes())
                : 0;
    }
}
