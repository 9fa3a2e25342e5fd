package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import sluice.framework.internal.random.RandomStreams;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

/** Labelled images with values in [0, 1], read one at a time, and binarised as they are read. */
final class Images {
    private final Examples examples;
    private final Normalisation normalisation;
    private final ImageBinarisation binarisation;
    private final Shape shape;
    /** Of a fixed binarisation, image by image; else nothing. */
    private final byte[] drawn;

    /**
     * @param part names the draw of a fixed binarisation, beside the seed
     */
    Images(Examples examples, Normalisation normalisation, ImageBinarisation binarisation, long seed, String part) {
        this(examples, new Shape.Vector(examples.features()), normalisation, binarisation, seed, part);
    }

    /**
     * @param shape of an image
     * @param part names the draw of a fixed binarisation, beside the seed
     */
    Images(
            Examples examples,
            Shape shape,
            Normalisation normalisation,
            ImageBinarisation binarisation,
            long seed,
            String part) {
        this.shape = shape;
        this.examples = examples;
        this.normalisation = normalisation;
        this.binarisation = binarisation;
        boolean fixed = binarisation == ImageBinarisation.FIXED;
        this.drawn = new byte[fixed ? Math.multiplyExact(examples.size(), examples.features()) : 0];
        if (fixed) {
            draw(new RandomStreams(seed).stream("binarisation-" + part));
        }
    }

    private void draw(RandomGenerator random) {
        float[] row = new float[features()];
        for (int i = 0, at = 0; i < size(); i++) {
            read(i, row);
            for (int j = 0; j < row.length; j++, at++) {
                drawn[at] = (byte) (random.nextDouble() < row[j] ? 1 : 0);
            }
        }
    }

    /**
     * @throws IllegalArgumentException if a value is outside of [0, 1]
     */
    void check() {
        float[] row = new float[examples.features()];
        for (int i = 0; i < examples.size(); i++) {
            read(i, row);
            for (int j = 0; j < row.length; j++) {
                checkArgument(
                        row[j] >= 0 && row[j] <= 1,
                        "example %s has the value %s at feature %s, a generator models values in [0, 1]",
                        i + 1,
                        row[j],
                        j + 1);
            }
        }
    }

    int size() {
        return examples.size();
    }

    Shape shape() {
        return shape;
    }

    int features() {
        return examples.features();
    }

    int label(int index) {
        return examples.label(index);
    }

    /** The greys of an image, in [0, 1]. */
    void read(int index, float[] into) {
        examples.read(index, into);
        for (int j = 0; j < examples.features(); j++) {
            into[j] = (into[j] - normalisation.shift()) * normalisation.scale();
        }
    }

    /**
     * An image as it is modelled.
     *
     * @param noise for a binarisation that is drawn anew; a fixed one has its own
     */
    void binarised(int index, float[] into, RandomGenerator noise) {
        if (binarisation == ImageBinarisation.FIXED) {
            for (int j = 0, at = index * features(); j < features(); j++, at++) {
                into[j] = drawn[at];
            }
            return;
        }
        read(index, into);
        for (int j = 0; j < features() && binarisation == ImageBinarisation.DYNAMIC; j++) {
            into[j] = noise.nextDouble() < into[j] ? 1 : 0;
        }
    }

    /** The mean grey of each feature. */
    float[] mean() {
        double[] sums = new double[features()];
        float[] row = new float[features()];
        for (int i = 0; i < size(); i++) {
            read(i, row);
            for (int j = 0; j < row.length; j++) {
                sums[j] += row[j];
            }
        }
        float[] mean = new float[features()];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = (float) (sums[j] / size());
        }
        return mean;
    }
}
