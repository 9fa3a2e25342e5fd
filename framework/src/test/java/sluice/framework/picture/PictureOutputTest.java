package sluice.framework.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.generator.GeneratedImage;
import sluice.framework.generator.ImageForm;
import sluice.framework.generator.LatentValues;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

/** Files of images, written whole or not at all. */
class PictureOutputTest {
    private static final ImageForm SMALL = form(1, 2);

    @TempDir
    private Path folder;

    private static ImageForm form(int height, int width) {
        return new ImageForm(new Shape.Image(height, width), ImmutableList.of());
    }

    private static PictureSource images(int count, float... pixels) {
        return into -> {
            for (int i = 0; i < count; i++) {
                into.accept(new GeneratedImage(i, new LatentValues(LatentValues.NO_CLASS, new int[0]), pixels));
            }
        };
    }

    /** Draws two, and then no more. */
    private static void failing(Consumer<GeneratedImage> into) {
        images(2, 0, 1).draw(into);
        throw new IllegalStateException("power cut");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatEndsHalfwayLeavesEverythingAsItWas() throws IOException {
        for (String name : List.of("a.png", "a.idx", "a.idx.gz", "a/")) {
            PictureOutput.at(folder + "/" + name, false).write(SMALL, 3, images(3, 0, 1));
            List<String> before = files();

            PictureOutput again = PictureOutput.at(folder + "/" + name, true);
            PictureOutput other = PictureOutput.at(folder + "/b" + name, false);

            assertThatIllegalStateException()
                    .isThrownBy(() -> again.write(SMALL, 3, PictureOutputTest::failing))
                    .withMessage("power cut");
            assertThatIllegalStateException().isThrownBy(() -> other.write(SMALL, 3, PictureOutputTest::failing));
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void shadesStayWithinABytesRange() {
        assertThat(Stream.of(-0.5f, 0f, 0.5f, 1f, 1.5f).map(Canvas::shade)).containsExactly(0, 0, 128, 255, 255);
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeAnythingIsDrawn() {
        PictureOutput grid = PictureOutput.at(folder + "/a.png", false);
        PictureOutput idx = PictureOutput.at(folder + "/a.idx", false);

        grid.check(form(28, 28), 10_000);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> grid.check(form(28, 28), 10_001))
                .withMessageContaining("choose an --out that ends with .idx or /");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> grid.check(form(1000, 1000), 1000))
                .withMessageContaining("1,000 images of 1000 x 1000 pixels are too many");
        idx.check(form(28, 28), 1_000_000);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> idx.check(form(100, 100), 1_000_000))
                .withMessageContaining("ask for at most 214,748");
    }

    @Test
    void aGridIsNearASquare() throws IOException {
        int[][] expected = {{1, 2, 1}, {2, 6, 1}, {5, 10, 4}, {9, 10, 7}};
        for (int[] size : expected) {
            Path file = folder.resolve("a.png");
            PictureOutput.at(file.toString(), true).write(SMALL, size[0], images(size[0], 0, 1));

            assertThat(ImageIO.read(file.toFile()))
                    .satisfies(picture -> assertThat(new int[] {picture.getWidth(), picture.getHeight()})
                            .containsExactly(size[1], size[2]));
        }
    }
}
