package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.gating.GateEstimation;
import sluice.gating.GradientEstimator;
import sluice.gating.Schedule;

/**
 * How a network that generates is trained: its bound is made large, and each layer of latents passes its gradient by an
 * estimator, as gates do.
 *
 * @param shape the form of the network
 * @param estimator how gradients reach the logits of latents
 * @param slope what logits are multiplied by, over the epochs; above 0
 * @param samples m of the bound that is made large, in [1, 100]: with 1 the evidence lower bound, with divergences in
 *     closed form; else the importance-weighted bound of m samples (Burda, Grosse and Salakhutdinov 2016, eq. 8), with the
 *     baselines of VIMCO (Mnih and Rezende 2016, eq. 8) for estimators that are told losses
 * @param variate whether the decoder's quadratic control variate is taken from losses, see {@link QuadraticVariate}
 * @param binarisation what becomes of greys
 * @param labels how many training examples' classes are known, at least 0; more than there are means all
 * @param classLearning how the encoder of the class learns beside the bound
 * @param training how long, by which optimiser; its loss is not looked at
 */
public record GeneratorTrainer(
        GeneratorShape shape,
        GradientEstimator estimator,
        Schedule slope,
        int samples,
        boolean variate,
        ImageBinarisation binarisation,
        int labels,
        ClassLearning classLearning,
        TrainingSettings training) {
    /** Most samples of a bound that is trained on. */
    public static final int MOST_SAMPLES = 100;

    /**
     * Checks the ranges, and that the estimator serves the latents.
     *
     * @throws IllegalArgumentException if not; the message says what would work
     */
    public GeneratorTrainer {
        checkNotNull(training, "training");
        checkNotNull(binarisation, "binarisation");
        slope.checkPositive("slope");
        checkArgument(
                samples >= 1 && samples <= MOST_SAMPLES, "samples must be in [1, %s], got %s", MOST_SAMPLES, samples);
        checkArgument(labels >= 0, "labels must be at least 0, got %s", labels);
        checkArgument(labels == 0 || shape.classes() > 0, "labels are of classes, and the network has none");
        checkNotNull(classLearning, "classLearning");
        checkArgument(
                !classLearning.consistency().asks()
                        || (samples == 1 && shape.classes() > 0 && shape.kind() == GeneratorShape.Kind.AUTOENCODER),
                "consistency is of an autoencoder with a class, and a bound of one sample: use samples 1, or no consistency");
        checkEstimator(shape, estimator, samples);
        if (variate) {
            QuadraticVariate.check(shape, estimator, samples);
        }
    }

    private static void checkEstimator(GeneratorShape shape, GradientEstimator estimator, int samples) {
        shape.checkServed(estimator);
        for (LatentPlace place : LatentPlace.of(shape)) {
            GateEstimation estimation = estimator.begin(place.layer().layout(1));
            checkArgument(
                    samples == 1 || estimation.probes().size() == 1,
                    "estimator %s draws %s samples of its own, so that it cannot serve a bound of %s: use samples 1, or an"
                            + " estimator of one sample, such as unbiased, st-sigmoid, reinmax or gumbel-rao",
                    estimator.name(),
                    estimation.probes().size(),
                    samples);
        }
    }

    /**
     * Trains a new network and evaluates it.
     *
     * @param data what it learns to generate, with as many features and classes as the shape has
     * @param test how it is evaluated
     * @param seed of everything random but the binarisation of images
     * @param listener told of the start, of each step with its negative bound as the loss, and of the evaluation
     * @return network, bounds and use of latents
     * @throws sluice.framework.result.DivergedException if the bound becomes infinite or no number
     * @throws IllegalArgumentException if the data do not fit the shape
     */
    public GeneratorResult train(GeneratorData data, GeneratorTest test, long seed, TrainingListener listener) {
        return train(data, test, seed, listener, Checkpoints.NONE);
    }

    /**
     * Trains a new network, or goes on with a training, and evaluates it.
     *
     * @param data what it learns to generate, with as many features and classes as the shape has
     * @param test how it is evaluated
     * @param seed of everything random but the binarisation of images
     * @param listener told of the start, of each step with its negative bound as the loss, and of the evaluation
     * @param checkpoints what to go on from, and who takes what another may go on from
     * @return network, bounds and use of latents
     * @throws sluice.framework.result.DivergedException if the bound becomes infinite or no number
     * @throws IllegalArgumentException if the data do not fit the shape
     */
    public GeneratorResult train(
            GeneratorData data, GeneratorTest test, long seed, TrainingListener listener, Checkpoints checkpoints) {
        return new GeneratorRun(this, data, test, seed, listener).result(checkpoints);
    }
}
