package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.random.RandomStreams;
import sluice.tasks.Shape;

/** Small networks with random parameters. */
public final class TinyGenerators {
    private TinyGenerators() {}

    /** Images of 2 x 3 pixels; two Bernoulli and one categorical variable, below a categorical one; classes a, b, c. */
    public static GenerativeModel withClasses() {
        GeneratorShape shape = GeneratorShape.autoencoder(
                        6,
                        ImmutableList.of(LatentLayer.categorical(2, 3), LatentLayer.bernoulli(2)),
                        ImmutableList.of(4))
                .withClasses(3);
        return of(shape, new Shape.Image(2, 3), 1);
    }

    /** Images of 2 x 3 pixels, by three Bernoulli units. */
    public static GenerativeModel plain() {
        return of(
                GeneratorShape.autoencoder(6, ImmutableList.of(LatentLayer.bernoulli(3)), ImmutableList.of()),
                new Shape.Image(2, 3),
                2);
    }

    /** Images as large as digits are, by two Bernoulli units. */
    public static GenerativeModel ofDigits() {
        return of(
                GeneratorShape.autoencoder(784, ImmutableList.of(LatentLayer.bernoulli(2)), ImmutableList.of()),
                new Shape.Image(28, 28),
                4);
    }

    /** Images of 4 x 2 pixels, whose lower half it predicts. */
    public static GenerativeModel structured() {
        return of(
                GeneratorShape.structured(
                        4, 4, ImmutableList.of(LatentLayer.bernoulli(3), LatentLayer.categorical(1, 3))),
                new Shape.Image(4, 2),
                3);
    }

    public static GenerativeModel of(GeneratorShape shape, Shape image, long seed) {
        RandomGenerator random = new RandomStreams(seed).stream("parameters");
        ImmutableList<float[]> parameters = Arrays.stream(GenerativeModelDescription.sizes(shape))
                .mapToObj(size -> numbers((int) size, random))
                .collect(ImmutableList.toImmutableList());
        float[] mean = new float[TrainedGenerator.features(shape)];
        Arrays.fill(mean, 0.25f);
        ImmutableList<String> classes = IntStream.range(0, shape.classes())
                .mapToObj(i -> String.valueOf((char) ('a' + i)))
                .collect(ImmutableList.toImmutableList());
        return new GenerativeModel(shape, parameters, mean, 1.5).withImages(new ImageForm(image, classes));
    }

    private static float[] numbers(int count, RandomGenerator random) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** Rows of binary values. */
    static float[][] rows(int count, int features) {
        RandomGenerator random = new RandomStreams(5).stream("rows");
        float[][] rows = new float[count][features];
        for (float[] row : rows) {
            for (int j = 0; j < features; j++) {
                row[j] = random.nextBoolean() ? 1 : 0;
            }
        }
        return rows;
    }
}
