package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import sluice.framework.internal.random.RandomStreams;

/**
 * A trained network that generates: draws images, encodes them to latents, decodes latents, and bounds likelihoods. Immutable.
 * Each call takes up the parameters anew, so that one call for many images costs less than many calls.
 */
public final class GenerativeModel {
    private final TrainedGenerator trained;
    private final ImageForm form;
    private final ImmutableSortedMap<String, String> provenance;

    /** A model of images of no known arrangement, with classes that go by their numbers. */
    GenerativeModel(GeneratorShape shape, ImmutableList<float[]> parameters, float[] mean, double slope) {
        this(
                new TrainedGenerator(shape, parameters, mean, slope),
                ImageForm.of(TrainedGenerator.features(shape), shape.classes()),
                Map.of());
    }

    GenerativeModel(TrainedGenerator trained, ImageForm form, Map<String, String> provenance) {
        int features = TrainedGenerator.features(trained.shape());
        int classes = trained.shape().classes();
        checkArgument(
                form.shape().features() == features,
                "the network has images of %s features, not of %s",
                features,
                form.shape().features());
        checkArgument(
                form.classes().size() == classes,
                "the network has %s classes, and there are %s names",
                classes,
                form.classes().size());
        this.trained = trained;
        this.form = form;
        this.provenance = ImmutableSortedMap.copyOf(provenance);
    }

    /**
     * {@return the model}
     *
     * @param file a model that {@link #save} wrote
     * @throws sluice.tasks.InputException if there is none, it is damaged, or a model of another kind
     */
    public static GenerativeModel load(Path file) {
        return GenerativeModelFile.read(file);
    }

    /**
     * Writes it into a file; equal models give equal bytes.
     *
     * @param file where to; replaced if there
     * @throws sluice.tasks.InputException if it cannot be written
     */
    public void save(Path file) {
        GenerativeModelFile.write(this, file);
    }

    /**
     * {@return the same model, which knows what its images look like}
     *
     * @param images their arrangement and the names of their classes, as many as the network has
     */
    public GenerativeModel withImages(ImageForm images) {
        return new GenerativeModel(trained, images, provenance);
    }

    /**
     * {@return the same model, with a note of where it comes from}
     *
     * @param key of the note
     * @param value the note
     */
    public GenerativeModel annotated(String key, String value) {
        Map<String, String> notes = new TreeMap<>(provenance);
        notes.put(key, value);
        return new GenerativeModel(trained, form, notes);
    }

    /** {@return its form} */
    public GeneratorShape shape() {
        return trained.shape();
    }

    /** {@return what its images look like} */
    public ImageForm images() {
        return form;
    }

    /** {@return where it comes from} */
    public ImmutableSortedMap<String, String> provenance() {
        return provenance;
    }

    /** {@return what logits of latents are multiplied by} */
    public double slope() {
        return trained.slope();
    }

    TrainedGenerator trained() {
        return trained;
    }

    /** Parameters in the order of {@link GeneratorParts#parameters}. */
    ImmutableList<float[]> parameters() {
        return trained.parameters();
    }

    /** The mean image, which is taken from what the network is given. */
    float[] mean() {
        return trained.mean();
    }

    /**
     * Draws images, one after another, by ancestral sampling: the class and the topmost latents from their priors, each layer
     * given the one above it, the pixels given the lowest. A latent variable whose value is given takes it when its turn
     * comes; what is above it is drawn as ever.
     *
     * @param request what images
     * @param into receives each, in order
     * @throws IllegalArgumentException if the network cannot serve the request, or is a structured one, which
     *     {@linkplain #complete completes}
     */
    public void sample(GenerationRequest request, Consumer<GeneratedImage> into) {
        checkArgument(!isStructured(), "a structured network completes images: give it their beginnings");
        draw(request, new float[0][], into);
    }

    /**
     * {@return images, as {@link #sample(GenerationRequest, Consumer)} draws them}
     *
     * @param request what images
     */
    public ImmutableList<GeneratedImage> sample(GenerationRequest request) {
        ImmutableList.Builder<GeneratedImage> images = ImmutableList.builderWithExpectedSize(request.count());
        sample(request, images::add);
        return images.build();
    }

    /**
     * Draws the rest of images, by a structured network.
     *
     * @param beginnings rows of at least one image [given features], or whole images, of which the rest is not looked at;
     *     values in [0, 1]; completed in turn until there are as many as are asked for
     * @param request what images
     * @param into receives each, in order
     * @throws IllegalArgumentException if the network cannot serve the request, or is no structured one
     */
    public void complete(float[][] beginnings, GenerationRequest request, Consumer<GeneratedImage> into) {
        checkArgument(isStructured(), "an autoencoder generates whole images: it completes none");
        checkArgument(beginnings.length > 0, "there must be at least one image to complete");
        trained.checkImages(beginnings, false);
        draw(request, beginnings, into);
    }

    private void draw(GenerationRequest request, float[][] given, Consumer<GeneratedImage> into) {
        check(request);
        try (ImageSampler sampler = new ImageSampler(trained, request, given)) {
            sampler.sample(into);
        }
    }

    /**
     * Makes sure that the network can serve a request.
     *
     * @param request what images
     * @throws IllegalArgumentException if not; the message says what it can
     */
    public void check(GenerationRequest request) {
        request.check(shape());
    }

    /** {@return whether it completes images, and generates none from nothing} */
    public boolean isStructured() {
        return TrainedGenerator.isStructured(shape());
    }

    /**
     * {@return what each image makes of the latents}
     *
     * @param images rows of values in [0, 1]; whole, or of a structured network the features that it is given
     */
    public ImmutableList<Encoding> encode(float[][] images) {
        trained.checkImages(images, false);
        try (ImageEncoder encoder = new ImageEncoder(trained)) {
            return encoder.encode(images);
        }
    }

    /**
     * {@return the probability of each generated pixel [size][generated features]}
     *
     * @param latents what is to be decoded; pixels hang on the class and the layer nearest to them
     * @throws IllegalArgumentException if a value is out of its range, or one is missing
     */
    public float[][] decode(List<LatentValues> latents) {
        LatentNumbers numbers = LatentNumbers.of(shape());
        for (LatentValues values : latents) {
            numbers.check(values.variables());
            checkArgument(
                    shape().classes() == 0
                            ? values.category() == LatentValues.NO_CLASS
                            : values.category() >= 0 && values.category() < shape().classes(),
                    "there are %s classes, got the place %s",
                    shape().classes(),
                    values.category());
        }
        try (ImageEncoder encoder = new ImageEncoder(trained)) {
            return encoder.decode(latents);
        }
    }

    /**
     * {@return the place of each image's likeliest class in {@link ImageForm#classes}, by q(y | x)}
     *
     * @param images rows of values in [0, 1]
     * @throws IllegalArgumentException if the network has no class
     */
    public int[] classify(float[][] images) {
        checkArgument(shape().classes() > 0, "the model has no classes, and classifies nothing");
        return encode(images).stream()
                .mapToInt(encoding -> encoding.likeliest().category())
                .toArray();
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
        checkArgument(threads >= 1, "threads must be at least 1, got %s", threads);
        trained.checkImages(images, true);
        LikelihoodBound[] bounds = new LikelihoodBound[images.length];
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> shares = new ArrayList<>();
            for (int worker = 0; worker < threads; worker++) {
                int first = worker;
                shares.add(
                        workers.submit(() -> bound(images, samples, new RandomStreams(seed), bounds, first, threads)));
            }
            shares.forEach(GenerativeModel::await);
        } finally {
            workers.shutdown();
        }
        return bounds;
    }

    private void bound(
            float[][] images, int samples, RandomStreams streams, LikelihoodBound[] into, int first, int step) {
        try (BoundEvaluation evaluation = new BoundEvaluation(this)) {
            for (int i = first; i < images.length; i += step) {
                float[] given = trained.given(images[i]);
                float[] target =
                        Arrays.copyOfRange(images[i], images[i].length - shape().generated(), images[i].length);
                into[i] = evaluation.bound(given, target, GeneratorPass.UNKNOWN, samples, streams.stream("bound", i));
            }
        }
    }

    private static void await(Future<?> share) {
        try {
            share.get();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
