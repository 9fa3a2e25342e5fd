package sluice.framework.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import sluice.framework.generator.GeneratorResult;
import sluice.framework.generator.GeneratorShape;
import sluice.framework.generator.GeneratorTest;
import sluice.framework.generator.LatentLayer;
import sluice.framework.generator.Stripes;
import sluice.framework.result.TrainingListener;

class ModelPicturesTest {
    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static GeneratorResult train(GeneratorShape shape, int labels) {
        return Stripes.trainer(shape, labels, 300)
                .train(Stripes.data(0), new GeneratorTest(1, 1, 1), 1, TrainingListener.SILENT);
    }

    private static ModelPictures pictures(GeneratorResult result) {
        return new ModelPictures(result.model(), result.examples());
    }

    @Test
    void picturesAreTheSameBytesForTheSameSeed() {
        ModelPictures pictures = pictures(train(Stripes.autoencoder(LatentLayer.categorical(2, 4)), 0));

        assertThat(pictures.samples(3)).isEqualTo(pictures.samples(3)).isNotEqualTo(pictures.samples(4));
        assertThat(pictures.reconstructions()).isEqualTo(pictures.reconstructions());
    }

    @Test
    void imagesStandAboveTheirReconstructionsWithLinesBetween() throws IOException {
        GeneratorResult result = train(Stripes.autoencoder(LatentLayer.categorical(2, 4)), 0);

        Raster pictures = read(pictures(result).reconstructions()).getRaster();

        assertThat(pictures.getWidth()).isEqualTo(51);
        assertThat(pictures.getHeight()).isEqualTo(21);
        assertThat(pictures.getSample(0, 0, 0)).isEqualTo(64);
        assertThat(pictures.getSample(5, 1, 0)).isEqualTo(64);
        float[] second = result.examples().get(1);
        for (int j = 0; j < Stripes.FEATURES; j++) {
            assertThat(pictures.getSample(6 + j % Stripes.SIDE, 1 + j / Stripes.SIDE, 0))
                    .isEqualTo(Math.round(255 * second[j]));
        }
    }

    @Test
    void aTraversalOfTheClassShowsEachClass() throws IOException {
        GeneratorShape shape = Stripes.autoencoder(LatentLayer.bernoulli(1)).withClasses(Stripes.SIDE);
        GeneratorResult result = train(shape, Integer.MAX_VALUE);

        BufferedImage traversals = read(pictures(result).traversals(result.latents()));

        for (int value = 0; value < 2 * Stripes.SIDE; value++) {
            assertThat(brightest(traversals, 1 + value * 5, 1)).isEqualTo(value % Stripes.SIDE);
        }
    }

    @Test
    void aClassThatIsAskedForIsDrawn() throws IOException {
        GeneratorShape shape = Stripes.autoencoder(LatentLayer.bernoulli(2)).withClasses(Stripes.SIDE);

        BufferedImage samples = read(pictures(train(shape, Integer.MAX_VALUE)).samples(1));

        assertThat(samples.getWidth()).isEqualTo(51);
        for (int column = 0; column < Stripes.SIDE; column++) {
            int left = 1 + column * 5;
            assertThat(brightest(samples, left, 1)).as("class %s", column).isEqualTo(column);
        }
    }

    private static int brightest(BufferedImage image, int left, int top) {
        int best = 0;
        int[] sums = new int[Stripes.SIDE];
        for (int x = 0; x < Stripes.SIDE; x++) {
            for (int y = 0; y < Stripes.SIDE; y++) {
                sums[x] += image.getRaster().getSample(left + x, top + y, 0);
            }
            best = sums[x] > sums[best] ? x : best;
        }
        return best;
    }

    @Test
    void whatIsGivenIsShownAboveWhatIsPredicted() throws IOException {
        GeneratorResult result = train(Stripes.structured(LatentLayer.bernoulli(4), LatentLayer.bernoulli(4)), 0);

        Raster samples = read(pictures(result).samples(1)).getRaster();
        BufferedImage traversals = read(pictures(result).traversals(result.latents()));

        float[] image = result.examples().get(0);
        for (int j = 0; j < Stripes.FEATURES / 2; j++) {
            assertThat(samples.getSample(1 + j % Stripes.SIDE, 1 + j / Stripes.SIDE, 0))
                    .isEqualTo(Math.round(255 * image[j]));
        }
        assertThat(traversals.getHeight()).isEqualTo(1 + 8 * 5);
    }

    @Test
    void aTraversalWalksAVariableOfAHigherLayer() throws IOException {
        GeneratorResult result =
                train(Stripes.autoencoder(LatentLayer.categorical(1, 4), LatentLayer.categorical(1, 4)), 0);

        BufferedImage traversals = read(pictures(result).traversals(result.latents()));

        assertThat(traversals.getHeight()).isEqualTo(1 + 2 * 5);
        assertThat(traversals.getWidth()).isEqualTo(51);
    }
}
