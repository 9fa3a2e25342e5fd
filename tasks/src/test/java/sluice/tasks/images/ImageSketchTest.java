package sluice.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.InputException;
import sluice.tasks.TestShare;

class ImageSketchTest {
    private static final TestShare SHARE = new TestShare(0.2, 1);

    @TempDir
    private Path folder;

    private void image(String path, int width, int height) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
    }

    private void classes(String above, int width, int height) throws IOException {
        for (String name : new String[] {"bus", "car", "train"}) {
            image(above + name + "/1.png", width, height);
            image(above + name + "/2.png", width, height);
        }
    }

    @ParameterizedTest
    @CsvSource({"28,28,0,0", "64,64,0,0", "224,224,28,28", "640,480,28,21", "9000,1,28,1"})
    void imagesOfOneSizeStayAsTheyAreOrKeepTheirProportions(int width, int height, int wide, int high)
            throws IOException {
        classes("", width, height);

        ImageSketch sketch = ImageSketch.of(folder);

        assertThat(sketch.images().size())
                .isEqualTo(wide == 0 ? new ImageSize.AsStored() : new ImageSize.Resized(high, wide));
        assertThat(sketch.sizes()).containsOnlyKeys(width + "x" + height);
    }

    @Test
    void smallOnesOfSeveralSizesAreNotMadeLargerThanTheLargest() throws IOException {
        classes("", 9, 12);
        image("bus/3.png", 8, 8);

        ImageSketch sketch = ImageSketch.of(folder);

        assertThat(sketch.images())
                .isEqualTo(new ImageFolder.Shared(folder, SHARE, new ImageSize.Resized(12, 12), Colour.GREY));
        assertThat(sketch.sizes().keySet()).containsExactly("9x12", "8x8");
        assertThat(sketch.classes()).containsEntry("bus", 3).containsEntry("train", 2);
        assertThat(sketch.count()).isEqualTo(7);
    }

    /** A JPEG image of which only the header and half of the rest are there. */
    private Path brokenOff(String path) throws IOException {
        BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64 * 64; i++) {
            noise.getRaster().setSample(i % 64, i / 64, 0, (i * 7919) % 256);
        }
        Path file = folder.resolve(path);
        ImageIO.write(noise, "jpg", file.toFile());
        byte[] content = Files.readAllBytes(file);
        return Files.write(file, Arrays.copyOf(content, content.length - content.length / 4));
    }

    @Test
    void imagesWhosePixelsCannotBeReadAreRefusedTogether() throws IOException {
        classes("", 64, 64);
        for (int i = 3; i < 9; i++) {
            image("bus/%d.png".formatted(i), 64, 64);
        }
        Path one = brokenOff("bus/8.jpg");
        Path other = brokenOff("train/9.jpg");

        assertThatThrownBy(() -> ImageSketch.of(folder))
                .isInstanceOfSatisfying(
                        InputException.class,
                        refused -> assertThat(refused.lines())
                                .hasSize(2)
                                .allMatch(line -> line.contains("is damaged"))
                                .anyMatch(line -> line.startsWith(one.toString()))
                                .anyMatch(line -> line.startsWith(other.toString())));
    }

    @Test
    void headersThatCannotBeReadAreRefusedTogether() throws IOException {
        classes("", 8, 8);
        Files.writeString(folder.resolve("bus/3.png"), "none");
        Files.writeString(folder.resolve("car/3.png"), "none");

        assertThatThrownBy(() -> ImageSketch.of(folder))
                .isInstanceOfSatisfying(
                        InputException.class,
                        refused -> assertThat(refused.lines()).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource({"640,640,10", "640,639,5", "640,214,4", "640,1,1"})
    void ofVeryManyPixelsEvenlyManyImagesAreRead(long pixels, long most, int read) {
        List<ImageFile> files = Collections.nCopies(10, new ImageFile(folder.resolve("bus/1.png"), "bus"));

        assertThat(PixelCheck.of(files, pixels, most).read()).isEqualTo(read);
    }

    @Test
    void ofFewPixelsAllAreRead() throws IOException {
        classes("", 28, 28);

        assertThat(ImageSketch.of(folder).read()).isEqualTo(6);
    }

    /** Writes an image of one colour. */
    private void coloured(String path, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, rgb);
        }
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    @ParameterizedTest
    @CsvSource({"808080,GREY", "807888,GREY", "806070,RGB"})
    void imagesHaveColoursWhereTheirChannelsDiffer(String rgb, Colour colour) throws IOException {
        classes("", 8, 8);
        coloured("train/3.png", Integer.parseInt(rgb, 16));

        ImageFolder images = ImageSketch.of(folder).images();

        assertThat(images).isEqualTo(new ImageFolder.Shared(folder, SHARE, new ImageSize.AsStored(), colour));
    }

    @Test
    void colourIsLookedForInEveryClass() throws IOException {
        classes("", 8, 8);
        for (int i = 3; i < 50; i++) {
            image("bus/" + i + ".png", 8, 8);
        }
        coloured("car/0.png", 0xff0000);

        assertThat(ImageSketch.of(folder).images().colour()).isEqualTo(Colour.RGB);
    }

    @Test
    void foldersTrainAndTestAreParts() throws IOException {
        classes("train/", 8, 8);
        classes("test/", 8, 8);
        image("train/bus/3.png", 8, 8);

        ImageSketch sketch = ImageSketch.of(folder);

        assertThat(sketch.images()).isEqualTo(new ImageFolder.TrainAndTest(folder));
        assertThat(sketch.classes()).containsEntry("bus", 3);
        assertThat(sketch.tests()).isEqualTo(6);
    }

    @Test
    void aFolderTrainWithoutTestIsDivided() throws IOException {
        classes("train/", 8, 8);

        assertThat(ImageSketch.of(folder).images()).isEqualTo(new ImageFolder.Shared(folder.resolve("train"), SHARE));
    }
}
