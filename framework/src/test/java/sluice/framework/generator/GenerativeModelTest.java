package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static sluice.framework.generator.NaiveGenerator.doubles;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sluice.tasks.Shape;

/** Images and latents of small networks, beside the same networks in doubles. */
class GenerativeModelTest {
    private static final float CLOSE = 1e-5f;

    private final GenerativeModel model = TinyGenerators.withClasses();
    private final NaiveGenerator naive = new NaiveGenerator(model);

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(actual).usingComparatorWithPrecision(CLOSE).containsExactly(floats(expected));
    }

    private double[] pixels(LatentValues latents) {
        int[] lower = Arrays.copyOf(latents.variables(), 2);
        return naive.pixels(naive.units(0, latents.category()), naive.units(1, lower));
    }

    private static List<float[]> pixels(List<GeneratedImage> images) {
        return images.stream().map(GeneratedImage::pixels).toList();
    }

    @Test
    void theSameSeedGivesTheSameImagesAndAnotherSeedOthers() {
        GenerationRequest request = GenerationRequest.of(20, 3);

        List<float[]> images = pixels(model.sample(request));

        assertThat(pixels(model.sample(request)).toArray()).isEqualTo(images.toArray());
        assertThat(pixels(model.sample(GenerationRequest.of(20, 4))).toArray()).isNotEqualTo(images.toArray());
    }

    @Test
    void theFirstImagesOfALargerCountAreThoseOfASmallerOne() {
        for (GenerationRequest.Pixels wanted : GenerationRequest.Pixels.values()) {
            List<float[]> few = pixels(model.sample(GenerationRequest.of(130, 3).as(wanted)));
            List<float[]> many =
                    pixels(model.sample(GenerationRequest.of(300, 3).as(wanted)));

            assertThat(many.subList(0, 130).toArray()).isEqualTo(few.toArray());
            assertThat(many.subList(128, 256).toArray())
                    .isNotEqualTo(many.subList(0, 128).toArray());
        }
    }

    @Test
    void theClassThatIsAskedForIsDecoded() {
        for (int category = 0; category < 3; category++) {
            for (GeneratedImage image : model.sample(GenerationRequest.of(9, 3).ofClasses(category))) {
                assertThat(image.latents().category()).isEqualTo(category);
                assertClose(image.pixels(), pixels(image.latents()));
            }
        }
    }

    @Test
    void whatTheModelDoesNotRecogniseIsDrawnAnew() {
        GenerationRequest request = GenerationRequest.of(300, 4).ofClasses(0, 1, 2);
        int rightOfFirst = 0;
        int right = 0;
        for (int seed = 1; seed <= 8; seed++) {
            GenerativeModel model =
                    TinyGenerators.of(TinyGenerators.withClasses().shape(), new Shape.Image(2, 3), seed);
            ImmutableList<GeneratedImage> first = model.sample(request.asFirstDrawn());
            ImmutableList<GeneratedImage> recognised = model.sample(request);
            for (int i = 0; i < request.count(); i++) {
                boolean wasRight = isRecognised(model, first.get(i));
                rightOfFirst += wasRight ? 1 : 0;
                right += isRecognised(model, recognised.get(i)) ? 1 : 0;
                if (wasRight) {
                    assertThat(recognised.get(i).pixels())
                            .containsExactly(first.get(i).pixels());
                }
            }
        }
        assertThat(right).isGreaterThan(rightOfFirst);
    }

    private static boolean isRecognised(GenerativeModel model, GeneratedImage image) {
        return model.encode(new float[][] {image.pixels()}).get(0).classes()[image.index() % 3]
                >= GenerationRequest.RECOGNISED;
    }

    @Test
    void severalClassesComeInTurn() {
        List<Integer> classes = model.sample(GenerationRequest.of(5, 3).ofClasses(2, 0)).stream()
                .map(image -> image.latents().category())
                .toList();

        assertThat(classes).containsExactly(2, 0, 2, 0, 2);
    }

    @Test
    void latentsThatAreGivenKeepTheirValues() {
        GenerationRequest free = GenerationRequest.of(40, 3);
        List<GeneratedImage> fixed = model.sample(free.withLatents(Map.of(1, 2, 3, 1)));
        List<GeneratedImage> others = model.sample(free.withLatents(Map.of(1, 0, 3, 1)));

        for (int i = 0; i < 40; i++) {
            int[] variables = fixed.get(i).latents().variables();
            assertThat(variables[1]).isEqualTo(2);
            assertThat(variables[3]).isEqualTo(1);
            assertClose(fixed.get(i).pixels(), pixels(fixed.get(i).latents()));
            variables[1] = 0;
            assertThat(others.get(i).latents().variables()).containsExactly(variables);
        }
    }

    /** The mean of each pixel over all latents. */
    private double[] expected() {
        double[] sum = new double[6];
        for (int combination = 0; combination < 3 * 9 * 4; combination++) {
            int category = combination % 3;
            int[] lower = {combination / 3 % 3, combination / 9 % 3};
            int[] upper = {combination / 27 % 2, combination / 54};
            double p = naive.learnedPrior(0)[category];
            for (int v = 0; v < 2; v++) {
                double open = naive.prior(2, naive.units(0, category))[v];
                p *= upper[v] == 1 ? open : 1 - open;
                p *= naive.prior(1, naive.units(0, category), naive.units(2, upper))[3 * v + lower[v]];
            }
            double[] pixels = naive.pixels(naive.units(0, category), naive.units(1, lower));
            for (int j = 0; j < 6; j++) {
                sum[j] += p * pixels[j];
            }
        }
        return sum;
    }

    @Test
    void imagesAreDistributedAsAllLatentsTogetherSay() {
        int count = 20_000;
        double[] mean = new double[6];
        double[] drawn = new double[6];

        model.sample(GenerationRequest.of(count, 1), image -> add(image, mean, count));
        model.sample(
                GenerationRequest.of(count, 1).as(GenerationRequest.Pixels.DRAWN), image -> add(image, drawn, count));

        // standard errors are at most 0.5 / sqrt(20,000) = 0.0035
        assertThat(mean).containsExactly(expected(), Offset.offset(0.014));
        assertThat(drawn).containsExactly(expected(), Offset.offset(0.014)).isNotEqualTo(mean);
    }

    private static void add(GeneratedImage image, double[] mean, int count) {
        for (int j = 0; j < mean.length; j++) {
            mean[j] += image.pixels()[j] / count;
        }
    }

    @Test
    void anEncodingFollowsTheLikeliestValues() {
        float[][] images = TinyGenerators.rows(200, 6);

        List<Encoding> encodings = model.encode(images);

        assertThat(encodings).hasSize(200);
        for (int i = 0; i < 200; i++) {
            Encoding encoding = encodings.get(i);
            double[] x =
                    Arrays.stream(doubles(images[i])).map(pixel -> pixel - 0.25).toArray();
            int[] likeliest = encoding.likeliest().variables();
            double[] category = naive.units(0, encoding.likeliest().category());
            double[] lower = naive.units(1, likeliest[0], likeliest[1]);
            assertClose(encoding.classes(), naive.posterior(0, x));
            assertClose(encoding.layers().get(0), naive.posterior(1, x, category));
            assertClose(encoding.layers().get(1), naive.posterior(2, lower, category));
            assertThat(encoding.classes()[encoding.likeliest().category()]).isEqualTo(maximum(encoding.classes()));
            assertThat(encoding.layers().get(1)[0] > 0.5f).isEqualTo(likeliest[2] == 1);
        }
        assertThat(model.classify(images))
                .containsExactly(encodings.stream()
                        .mapToInt(encoding -> encoding.likeliest().category())
                        .toArray());
    }

    private static float maximum(float[] values) {
        float largest = values[0];
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    @Test
    void latentsAreDecoded() {
        List<LatentValues> latents = new ArrayList<>();
        for (int i = 0; i < 140; i++) {
            latents.add(new LatentValues(i % 3, new int[] {i / 3 % 3, i / 9 % 3, 0, 1}));
        }

        float[][] decoded = model.decode(latents);

        for (int i = 0; i < 140; i++) {
            assertClose(decoded[i], pixels(latents.get(i)));
        }
    }

    @Test
    void aStructuredNetworkCompletesBeginningsInTurn() {
        GenerativeModel completing = TinyGenerators.structured();
        NaiveGenerator network = new NaiveGenerator(completing);
        float[][] beginnings = TinyGenerators.rows(3, 4);
        List<GeneratedImage> images = new ArrayList<>();

        completing.complete(beginnings, GenerationRequest.of(7, 3), images::add);

        assertThat(images).hasSize(7);
        for (GeneratedImage image : images) {
            int last = image.latents().variables()[3];
            float[] rest = Arrays.copyOfRange(image.pixels(), 4, 8);
            assertThat(Arrays.copyOf(image.pixels(), 4)).containsExactly(beginnings[image.index() % 3]);
            assertClose(rest, network.pixels(network.units(1, last)));
        }
        float[][] whole =
                Arrays.stream(beginnings).map(row -> Arrays.copyOf(row, 8)).toArray(float[][]::new);
        List<GeneratedImage> again = new ArrayList<>();
        completing.complete(whole, GenerationRequest.of(7, 3), again::add);
        assertThat(pixels(again).toArray()).isEqualTo(pixels(images).toArray());
    }

    @Test
    void latentsOfAStructuredNetworkFollowWhatItIsGiven() {
        GenerativeModel completing = TinyGenerators.structured();
        NaiveGenerator network = new NaiveGenerator(completing);
        float[] beginning = {1, 0, 0, 1};
        double[] open = new double[3];

        completing.complete(new float[][] {beginning}, GenerationRequest.of(10_000, 3), image -> {
            for (int j = 0; j < 3; j++) {
                open[j] += image.latents().variables()[j] / 10_000.0;
            }
        });

        double[] given =
                Arrays.stream(doubles(beginning)).map(pixel -> pixel - 0.25).toArray();
        assertThat(open).containsExactly(network.posterior(0, given), Offset.offset(0.02));
        assertClose(completing.encode(new float[][] {beginning}).get(0).layers().get(0), network.posterior(0, given));
    }

    @Test
    void likelihoodsDoNotHangOnThreads() {
        float[][] images = TinyGenerators.rows(5, 6);

        assertThat(model.logLikelihood(images, 10, 1, 3)).containsExactly(model.logLikelihood(images, 10, 1, 1));
    }

    @Test
    void whatAModelCannotServeIsRefusedWithItsRange() {
        GenerationRequest one = GenerationRequest.of(1, 1);
        float[][] images = TinyGenerators.rows(1, 6);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerationRequest.of(0, 1))
                .withMessage("count must be in [1, 1000000], got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerationRequest.of(1_000_001, 1))
                .withMessageContaining("got 1000001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.sample(one.withLatents(Map.of(4, 0))))
                .withMessage("latent variables are numbered 0 to 3, got 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.sample(one.withLatents(Map.of(0, 3))))
                .withMessage("latent variable 0 has the values 0 to 2, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.sample(one.withLatents(Map.of(2, 2))))
                .withMessage("latent variable 2 has the values 0 to 1, got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.sample(one.ofClasses(3)))
                .withMessage("places of classes are 0 to 2, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TinyGenerators.plain().sample(one.ofClasses(0)))
                .withMessageContaining("has no classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.images().index("d"))
                .withMessage("the model knows no class 'd': choose one of a, b, c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.complete(images, one, image -> {}))
                .withMessageContaining("an autoencoder generates whole images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TinyGenerators.structured().sample(one))
                .withMessageContaining("completes images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TinyGenerators.plain().classify(images))
                .withMessageContaining("has no classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.decode(List.of(new LatentValues(3, new int[4]))))
                .withMessage("there are 3 classes, got the place 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.decode(List.of(new LatentValues(0, new int[3]))))
                .withMessage("there are 4 latent variables, got 3 values");
        images[0][4] = 1.5f;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.encode(images))
                .withMessage("image 1 has the value 1.5 at feature 5, a generator models values in [0, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.logLikelihood(new float[][] {{1}}, 1, 1, 1))
                .withMessage("image 1 has 1 features, the model takes 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.withImages(new ImageForm(model.images().shape(), ImmutableList.of("a", "b"))))
                .withMessage("the network has 3 classes, and there are 2 names");
    }
}
