package sluice.framework.picture;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.evaluation.run.LatentUse;
import sluice.framework.generator.Encoding;
import sluice.framework.generator.GenerationRequest;
import sluice.framework.generator.GenerativeModel;
import sluice.framework.generator.GeneratorShape;
import sluice.framework.generator.LatentValues;
import sluice.tasks.Shape;

/**
 * Pictures of what a model has learned, as PNG files of ten images a row, pixels by their means: the same bytes for the same
 * model and images.
 */
public final class ModelPictures {
    private static final int COLUMNS = 10;
    private static final int SAMPLES = 100;
    private static final int MOST_VARIABLES = 20;
    private static final int GAP = 1;
    private static final int GAP_SHADE = 64;

    private final GenerativeModel model;
    private final GeneratorShape form;
    private final Canvas.Frame frame;
    private final float[][] images;

    /**
     * Pictures of a model.
     *
     * @param model what has learned
     * @param images some images as the model knows them, at least one
     * @throws sluice.tasks.InputException if its images are no pictures
     */
    public ModelPictures(GenerativeModel model, List<float[]> images) {
        checkArgument(!images.isEmpty(), "there must be at least one image");
        this.model = model;
        this.form = model.shape();
        this.frame = Canvas.Frame.of(model.images().shape());
        this.images = images.toArray(float[][]::new);
    }

    /**
     * {@return whether examples are pictures}
     *
     * @param shape of the examples
     */
    public static boolean isPicture(Shape shape) {
        return shape instanceof Shape.Image
                || (shape instanceof Shape.Channels image && (image.channels() == 1 || image.channels() == 3));
    }

    /**
     * {@return ten rows of ten images: drawn, with a column for each class where the model knows the class; of a structured
     * network completed, in each row those of one image}
     *
     * @param seed of the draws
     */
    public byte[] samples(long seed) {
        List<float[]> pictures = new ArrayList<>();
        GenerationRequest request = GenerationRequest.of(SAMPLES, seed);
        if (model.isStructured()) {
            float[][] beginnings = new float[SAMPLES][];
            Arrays.setAll(beginnings, i -> images[i / COLUMNS % images.length]);
            model.complete(beginnings, request, image -> pictures.add(image.pixels()));
        } else {
            Integer[] columns = new Integer[form.classes() == 0 ? 0 : COLUMNS];
            Arrays.setAll(columns, column -> column % form.classes());
            model.sample(request.ofClasses(columns), image -> pictures.add(image.pixels()));
        }
        return grid(pictures);
    }

    /** {@return rows of images, each above a row of what the model makes of their likeliest latents} */
    public byte[] reconstructions() {
        float[][] decoded = model.decode(
                model.encode(images).stream().map(Encoding::likeliest).toList());
        List<float[]> pictures = new ArrayList<>();
        for (int first = 0; first < images.length; first += COLUMNS) {
            List<float[]> above = new ArrayList<>();
            List<float[]> below = new ArrayList<>();
            for (int i = first; i < Math.min(images.length, first + COLUMNS); i++) {
                above.add(images[i]);
                below.add(whole(images[i], decoded[i]));
            }
            pictures.addAll(filled(above));
            pictures.addAll(filled(below));
        }
        return grid(pictures);
    }

    /**
     * {@return a row for each of the most used variables, at most twenty, the class first: an image with the variable at each of
     * its values, at most ten, and all else as it was (of layers below, as it follows from one and the same noise); where values
     * are few, of several images side by side}
     *
     * @param use of all variables
     */
    public byte[] traversals(List<LatentUse> use) {
        ImmutableList<LatentUse> most = use.stream()
                .sorted(Comparator.comparing((LatentUse one) -> one.layer() > 0)
                        .thenComparing(Comparator.comparingDouble(LatentUse::kl).reversed()))
                .limit(MOST_VARIABLES)
                .collect(ImmutableList.toImmutableList());
        ImmutableList<Encoding> encodings = model.encode(images);
        List<float[]> pictures = new ArrayList<>();
        for (LatentUse one : most) {
            int values = Math.min(COLUMNS, one.values());
            List<float[]> row = new ArrayList<>();
            for (int i = 0; i < COLUMNS / values * values; i++) {
                int image = i / values % images.length;
                row.add(walked(one, i % values, image, encodings.get(image).likeliest()));
            }
            pictures.addAll(filled(row));
        }
        return grid(pictures);
    }

    /** An image with a variable at a value. */
    private float[] walked(LatentUse one, int value, int image, LatentValues likeliest) {
        int[] variables = likeliest.variables().clone();
        if (one.layer() == 0) {
            return whole(images[image], model.decode(List.of(new LatentValues(value, variables)))[0]);
        }
        variables[first(one.layer()) + one.variable() - 1] = value;
        int nearest = model.isStructured() ? form.latents().size() : 1;
        return one.layer() == nearest
                ? whole(images[image], model.decode(List.of(new LatentValues(likeliest.category(), variables)))[0])
                : followed(one.layer(), image, new LatentValues(likeliest.category(), variables));
    }

    /** The number of a layer's first variable. */
    private int first(int layer) {
        return form.latents().stream()
                .limit(layer - 1)
                .mapToInt(latent -> latent.variables())
                .sum();
    }

    /** What is drawn, always by the same noise, where a layer that is not the nearest has these values. */
    private float[] followed(int layer, int image, LatentValues values) {
        Map<Integer, Integer> fixed = new HashMap<>();
        for (int variable = first(layer); variable < first(layer + 1); variable++) {
            fixed.put(variable, values.variables()[variable]);
        }
        GenerationRequest request = GenerationRequest.of(1, 0).withLatents(fixed);
        float[][] drawn = new float[1][];
        if (model.isStructured()) {
            model.complete(new float[][] {images[image]}, request, whole -> drawn[0] = whole.pixels());
        } else {
            GenerationRequest ofClass = form.classes() == 0 ? request : request.ofClasses(values.category());
            model.sample(ofClass, whole -> drawn[0] = whole.pixels());
        }
        return drawn[0];
    }

    /** A whole image: what is generated below what was given. */
    private static float[] whole(float[] image, float[] generated) {
        return Floats.concat(Arrays.copyOf(image, image.length - generated.length), generated);
    }

    private static List<float[]> filled(List<float[]> row) {
        List<float[]> filled = new ArrayList<>(row);
        filled.addAll(Collections.nCopies(COLUMNS - row.size(), new float[0]));
        return filled;
    }

    /** Pictures in rows; an empty one leaves its place free. */
    private byte[] grid(List<float[]> pictures) {
        int rows = (pictures.size() + COLUMNS - 1) / COLUMNS;
        Canvas canvas = new Canvas(
                frame, rows * (frame.height() + GAP) + GAP, COLUMNS * (frame.width() + GAP) + GAP, GAP_SHADE);
        for (int i = 0; i < pictures.size(); i++) {
            if (pictures.get(i).length > 0) {
                canvas.put(
                        pictures.get(i),
                        GAP + i / COLUMNS * (frame.height() + GAP),
                        GAP + i % COLUMNS * (frame.width() + GAP));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            canvas.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
