package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import sluice.evaluation.run.LatentUse;
import sluice.framework.internal.random.RandomStreams;
import sluice.tasks.Shape;

/** Pictures of what a model has learned, as PNG files: the same bytes for the same model and images. */
public final class ModelPictures {
    private static final int COLUMNS = 10;
    private static final int SAMPLES = 100;
    private static final int MOST_VARIABLES = 20;

    private final GenerativeModel model;
    private final Shape.Image shape;
    private final float[][] images;

    /**
     * Pictures of a model.
     *
     * @param model what has learned
     * @param shape of its images
     * @param images some images as the model knows them, at least one
     */
    public ModelPictures(GenerativeModel model, Shape.Image shape, List<float[]> images) {
        checkArgument(!images.isEmpty(), "there must be at least one image");
        this.model = model;
        this.shape = shape;
        this.images = images.toArray(float[][]::new);
    }

    private byte[] grid(List<float[]> pictures) {
        return PictureGrid.png(pictures.toArray(float[][]::new), shape.height(), shape.width(), COLUMNS);
    }

    /** What is generated as a whole image: below what was given, where the network predicts the rest. */
    private float[] whole(float[] image, float[] generated) {
        float[] whole = Arrays.copyOf(image, image.length);
        System.arraycopy(generated, 0, whole, image.length - generated.length, generated.length);
        return whole;
    }

    /**
     * {@return ten rows of ten images drawn, as means of pixels: from the prior, the classes side by side where the model knows
     * as many; of a structured network a row for each of ten images, of which the upper half is given}
     *
     * @param seed of the draws
     */
    public byte[] samples(long seed) {
        float[][] given = new float[SAMPLES][];
        Arrays.setAll(given, i -> images[i / COLUMNS % images.length]);
        try (LatentDecoder decoder = new LatentDecoder(model, SAMPLES)) {
            decoder.give(new ModelImages(model, given));
            decoder.drawAll(new RandomStreams(seed).stream("pictures"));
            for (int i = 0; i < SAMPLES && model.shape().classes() > 0; i++) {
                decoder.set(i, 0, 0, i % COLUMNS % model.shape().classes());
            }
            float[][] decoded = decoder.decode();
            List<float[]> pictures = new ArrayList<>();
            for (int i = 0; i < SAMPLES; i++) {
                pictures.add(whole(given[i], decoded[i]));
            }
            return grid(pictures);
        }
    }

    /** {@return rows of images, each above a row of what the model makes of their likeliest latents} */
    public byte[] reconstructions() {
        float[][] decoded = reconstructed();
        List<float[]> pictures = new ArrayList<>();
        for (int first = 0; first < images.length; first += COLUMNS) {
            int end = Math.min(images.length, first + COLUMNS);
            pictures.addAll(padded(List.of(images).subList(first, end)));
            List<float[]> row = new ArrayList<>();
            for (int i = first; i < end; i++) {
                row.add(whole(images[i], decoded[i]));
            }
            pictures.addAll(padded(row));
        }
        return grid(pictures);
    }

    private float[][] reconstructed() {
        try (LatentDecoder decoder = new LatentDecoder(model, images.length)) {
            decoder.give(new ModelImages(model, images));
            decoder.encodeAll();
            return decoder.decode();
        }
    }

    private static List<float[]> padded(List<float[]> row) {
        List<float[]> padded = new ArrayList<>(row);
        while (padded.size() < COLUMNS) {
            padded.add(new float[0]);
        }
        return padded.subList(0, COLUMNS);
    }

    /**
     * {@return a row for each of the most used variables, at most twenty, the class first: an image with the variable at each of
     * its values, at most ten, and all other latents as they are; of few values, as many images as have room side by side}
     *
     * @param use of all variables
     */
    public byte[] traversals(List<LatentUse> use) {
        ImmutableList<LatentUse> most = use.stream()
                .sorted(Comparator.comparing((LatentUse one) -> one.layer() > 0)
                        .thenComparing(Comparator.comparingDouble(LatentUse::kl).reversed()))
                .limit(MOST_VARIABLES)
                .collect(ImmutableList.toImmutableList());
        List<float[]> pictures = new ArrayList<>();
        try (LatentDecoder decoder = new LatentDecoder(model, COLUMNS)) {
            most.forEach(one -> pictures.addAll(traversal(decoder, one)));
        }
        return grid(pictures);
    }

    private List<float[]> traversal(LatentDecoder decoder, LatentUse one) {
        int values = Math.min(COLUMNS, one.values());
        int shown = COLUMNS / values * values;
        float[][] walked = new float[COLUMNS][];
        Arrays.setAll(walked, i -> images[i / values % images.length]);
        decoder.give(new ModelImages(model, walked));
        decoder.encodeAll();
        int latent = model.shape().classes() > 0 ? one.layer() : one.layer() - 1;
        for (int i = 0; i < shown; i++) {
            decoder.set(i, latent, one.variable() - 1, i % values);
        }
        decoder.follow(latent);
        float[][] decoded = decoder.decode();
        List<float[]> row = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            row.add(whole(walked[i], decoded[i]));
        }
        return padded(row);
    }
}
