package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.Arrays;
import sluice.framework.internal.state.State;

/**
 * The numbers of a trained network that generates.
 *
 * @param shape its form
 * @param parameters in the order of {@link GeneratorParts#parameters}
 * @param mean the mean image, which is taken from what the network is given [features of a whole image]
 * @param slope what logits of latents are multiplied by, above 0
 */
record TrainedGenerator(GeneratorShape shape, ImmutableList<float[]> parameters, float[] mean, double slope) {
    TrainedGenerator {
        checkArgument(slope > 0 && Double.isFinite(slope), "the slope must be above 0, got %s", slope);
        checkArgument(
                mean.length == features(shape), "images have %s features, their mean %s", features(shape), mean.length);
    }

    /** All zeros, for {@link #state} to fill. */
    static TrainedGenerator zeros(GeneratorShape shape, double slope) {
        ImmutableList<float[]> parameters = Arrays.stream(GenerativeModelDescription.sizes(shape))
                .mapToObj(size -> new float[Ints.checkedCast(size)])
                .collect(ImmutableList.toImmutableList());
        return new TrainedGenerator(shape, parameters, new float[features(shape)], slope);
    }

    /** Tells parameters and mean image. */
    void state(State state) {
        for (int i = 0; i < parameters.size(); i++) {
            state.floats("parameters-" + (i + 1), parameters.get(i));
        }
        state.floats("mean", mean);
    }

    /** Features of a whole image: what is given and what is generated. */
    static int features(GeneratorShape shape) {
        return isStructured(shape) ? Math.addExact(shape.given(), shape.generated()) : shape.generated();
    }

    static boolean isStructured(GeneratorShape shape) {
        return shape.kind() == GeneratorShape.Kind.STRUCTURED;
    }

    /** Makes sure that images have the features, and values in [0, 1]; of a structured network, what is given will do. */
    void checkImages(float[][] images, boolean whole) {
        int features = features(shape);
        for (int i = 0; i < images.length; i++) {
            int length = images[i].length;
            checkArgument(
                    length == features || (!whole && length == shape.given()),
                    "image %s has %s features, the model takes %s",
                    i + 1,
                    length,
                    features);
            for (int j = 0; j < length; j++) {
                checkArgument(
                        images[i][j] >= 0 && images[i][j] <= 1,
                        "image %s has the value %s at feature %s, a generator models values in [0, 1]",
                        i + 1,
                        images[i][j],
                        j + 1);
            }
        }
    }

    /** What a network is given of an image, centred. */
    float[] given(float[] image) {
        float[] given = new float[shape.given()];
        for (int j = 0; j < given.length; j++) {
            given[j] = image[j] - mean[j];
        }
        return given;
    }
}
