package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.internal.random.RandomStreams;

/**
 * A trained network that generates: draws images, encodes them to latents, decodes latents, and bounds likelihoods. Immutable.
 */
public final class GenerativeModel {
    private final GeneratorShape shape;
    private final ImmutableList<float[]> parameters;
    private final float[] mean;
    private final double slope;

    GenerativeModel(GeneratorShape shape, ImmutableList<float[]> parameters, float[] mean, double slope) {
        this.shape = shape;
        this.parameters = parameters;
        this.mean = mean;
        this.slope = slope;
    }

    /** {@return its form} */
    public GeneratorShape shape() {
        return shape;
    }

    /** {@return what logits of latents are multiplied by} */
    public double slope() {
        return slope;
    }

    /** Parameters in the order of {@link GeneratorParts#parameters}. */
    ImmutableList<float[]> parameters() {
        return parameters;
    }

    /** The mean image, which is taken from what the network is given. */
    float[] mean() {
        return mean;
    }

    /**
     * Bounds of the log-likelihood of images, by samples with hard latents.
     *
     * @param images rows [size][features] with values in [0, 1]: binary, or means of binary pixels
     * @param samples m, at least 1
     * @param seed of the samples; each image has a stream of its own
     * @param threads that share the images, at least 1; the result does not depend on them
     * @return a bound per image
     */
    public LikelihoodBound[] logLikelihood(float[][] images, int samples, long seed, int threads) {
        checkArgument(samples >= 1, "samples must be at least 1, got %s", samples);
        LikelihoodBound[] bounds = new LikelihoodBound[images.length];
        List<Thread> workers = new ArrayList<>();
        for (int worker = 0; worker < threads; worker++) {
            int first = worker;
            Thread thread = new Thread(() -> bound(images, samples, new RandomStreams(seed), bounds, first, threads));
            thread.start();
            workers.add(thread);
        }
        workers.forEach(GenerativeModel::join);
        return bounds;
    }

    private void bound(
            float[][] images, int samples, RandomStreams streams, LikelihoodBound[] into, int first, int step) {
        try (BoundEvaluation evaluation = new BoundEvaluation(this)) {
            for (int i = first; i < images.length; i += step) {
                float[] given = given(images[i]);
                float[] target = Arrays.copyOfRange(images[i], images[i].length - shape.generated(), images[i].length);
                into[i] = evaluation.bound(given, target, GeneratorPass.UNKNOWN, samples, streams.stream("bound", i));
            }
        }
    }

    private float[] given(float[] image) {
        float[] given = new float[shape.given()];
        IntStream.range(0, given.length).forEach(j -> given[j] = image[j] - mean[j]);
        return given;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
