package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
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
 * @param labelWeight factor on the cross-entropy of known classes, at least 0
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
        double labelWeight,
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
        checkArgument(
                labelWeight >= 0 && Double.isFinite(labelWeight),
                "labelWeight must be at least 0, got %s",
                labelWeight);
        checkEstimator(shape, estimator, samples);
        if (variate) {
            QuadraticVariate.check(shape, estimator, samples);
        }
    }

    private static void checkEstimator(GeneratorShape shape, GradientEstimator estimator, int samples) {
        for (LatentPlace place : LatentPlace.of(shape)) {
            GateEstimation estimation = estimator.begin(layout(place.layer(), 1));
            checkArgument(
                    samples == 1 || estimation.probes().size() == 1,
                    "estimator %s draws %s samples of its own, so that it cannot serve a bound of %s: use samples 1, or an"
                            + " estimator of one sample, such as unbiased, st-sigmoid, reinmax or gumbel-rao",
                    estimator.name(),
                    estimation.probes().size(),
                    samples);
        }
    }

    /** A layer of latents as its estimator sees it. */
    static GateLayout layout(LatentLayer layer, int rows) {
        return new GateLayout(
                BinaryNeuron.STOCHASTIC_SIGMOID,
                Granularity.PER_EXAMPLE,
                layer.units(),
                rows,
                layer.choices(),
                GateLayout.Logits.PER_EXAMPLE);
    }
}
