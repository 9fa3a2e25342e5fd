package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Shape;

class ModelPicturesTest {
    private static final Shape.Image IMAGE = new Shape.Image(Stripes.SIDE, Stripes.SIDE);

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static GeneratorResult train(GeneratorShape shape, int labels) {
        return Stripes.trainer(shape, labels, 300)
                .train(Stripes.data(0), new GeneratorTest(1, 1, 1), 1, TrainingListener.SILENT);
    }

    private static ModelPictures pictures(GeneratorResult result) {
        return new ModelPictures(result.model(), IMAGE, result.examples());
    }

    @Test
    void aGridHasPicturesInRowsWithLinesBetween() throws IOException {
        float[][] pictures = {{0, 1, 0.5f, 2}, {}, {1, 1, 1, 1}};

        Raster grid = read(PictureGrid.png(pictures, 2, 2, 2)).getRaster();

        assertThat(grid.getWidth()).isEqualTo(7);
        assertThat(grid.getHeight()).isEqualTo(7);
        assertThat(grid.getPixels(0, 1, 7, 1, (int[]) null)).containsExactly(64, 0, 255, 64, 64, 64, 64);
        assertThat(grid.getPixels(0, 2, 7, 1, (int[]) null)).containsExactly(64, 128, 255, 64, 64, 64, 64);
        assertThat(grid.getPixels(0, 4, 7, 1, (int[]) null)).containsExactly(64, 255, 255, 64, 64, 64, 64);
        assertThatThrownBy(() -> PictureGrid.png(new float[0][], 2, 2, 2)).hasMessage("a grid must have pictures");
    }

    @Test
    void picturesAreTheSameBytesForTheSameSeed() {
        ModelPictures pictures = pictures(train(Stripes.autoencoder(LatentLayer.categorical(2, 4)), 0));

        assertThat(pictures.samples(3)).isEqualTo(pictures.samples(3)).isNotEqualTo(pictures.samples(4));
        assertThat(pictures.reconstructions()).isEqualTo(pictures.reconstructions());
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
