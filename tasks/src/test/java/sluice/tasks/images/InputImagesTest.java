package sluice.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

@Tag("slow")
class InputImagesTest {
    private static final Shape PAIR = new Shape.Image(1, 2);

    @TempDir
    private Path folder;

    /** Writes a grey image of a row of pixels. */
    private Path grey(String name, int... pixels) throws IOException {
        BufferedImage image = new BufferedImage(pixels.length, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < pixels.length; x++) {
            image.getRaster().setSample(x, 0, 0, pixels[x]);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void imagesOfAFolderAreInTheOrderOfTheirNamesAndKnowTheirFolders() throws IOException {
        grey("b.png", 3, 4);
        grey("dog/old/2.png", 7, 8);
        grey("dog/1.PNG", 5, 6);
        grey("a", 1, 2);

        InputImages images = InputImages.read(folder, PAIR, 0, new ImageSize.AsStored());

        assertThat(images.names()).containsExactly("a", "b.png", "dog/1.PNG", "dog/old/2.png");
        assertThat(images.folders()).containsExactly("", "", "dog", "old");
        assertThat(images.examples().row(0)).containsExactly(1, 2);
        assertThat(images.examples().row(2)).containsExactly(5, 6);
        assertThat(images.examples().row(3)).containsExactly(7, 8);
        assertThat(images.notes()).isEmpty();
    }

    @Test
    void oneImageKnowsItsNameAndItsFolder() throws IOException {
        InputImages images = InputImages.read(grey("cat/1.png", 1, 2), PAIR, 0, new ImageSize.AsStored());

        assertThat(images.names()).containsExactly("1.png");
        assertThat(images.folders()).containsExactly("cat");
        assertThat(images.examples().row(0)).containsExactly(1, 2);
    }

    @Test
    void coloursAreReadWhereTheModelTakesThemAndFramedChannelByChannel() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x102030);
        image.setRGB(1, 0, 0x405060);
        ImageIO.write(image, "png", folder.resolve("b.png").toFile());
        grey("a.png", 1, 2);

        InputImages plain = InputImages.read(folder, new Shape.Channels(3, 1, 2), 0, new ImageSize.AsStored());
        InputImages framed = InputImages.read(folder, new Shape.Channels(3, 3, 4), 1, new ImageSize.AsStored());
        InputImages grey = InputImages.read(folder, PAIR, 0, new ImageSize.AsStored());

        assertThat(plain.examples().row(0)).containsExactly(1, 2, 1, 2, 1, 2);
        assertThat(plain.examples().row(1)).containsExactly(0x10, 0x40, 0x20, 0x50, 0x30, 0x60);
        assertThat(framed.examples().features()).isEqualTo(36);
        assertThat(framed.examples().row(1)[12 + 5]).isEqualTo(0x20);
        assertThat(grey.examples().row(1)).containsExactly(29, 77);
    }

    @Test
    void whatIsNoImageIsLeftOutAndNamed() throws IOException {
        grey("a.png", 1, 2);
        Path damaged = grey("b.png", 3, 4);
        byte[] whole = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(folder.resolve("c.png"), "text");
        Files.writeString(folder.resolve("empty"), "");
        grey(".hidden/d.png", 5, 6);

        InputImages images = InputImages.read(folder, PAIR, 0, new ImageSize.AsStored());

        assertThat(images.names()).containsExactly("a.png");
        assertThat(images.notes())
                .containsExactly(
                        "4 of 5 files left out (no PNG or JPEG image, damaged, of a kind that is not read, or hidden): .hidden/d.png, b.png, c.png, empty");
    }

    @Test
    void jpegImagesAreToldByHowTheyBegin() throws IOException {
        byte[] jpeg = JpegFixture.baseline(JpegFixture.squares(1, 200));
        Files.write(folder.resolve("a.png"), jpeg);
        Files.write(folder.resolve("b"), jpeg);
        Files.write(folder.resolve("c.jpg"), Arrays.copyOf(jpeg, jpeg.length - 10));
        Files.write(folder.resolve("d.jpg"), JpegFixture.bands(4));

        InputImages images = InputImages.read(folder, new Shape.Image(8, 8), 0, new ImageSize.AsStored());

        assertThat(images.names()).containsExactly("a.png", "b");
        assertThat(images.examples().row(1)).containsOnly(200);
        assertThat(images.notes().get(0)).endsWith(": c.jpg, d.jpg");
        assertThat(InputImages.isAt(folder.resolve("b"))).isTrue();
    }

    @Test
    void aFolderMayBeNamedByALinkButIsNotLeftByOne() throws IOException {
        grey("inner/a.png", 1, 2);
        grey("outer/b.png", 1, 2);
        Files.createSymbolicLink(folder.resolve("inner/out"), folder.resolve("outer"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("inner"));

        InputImages images = InputImages.read(link, PAIR, 0, new ImageSize.AsStored());

        assertThat(images.names()).containsExactly("a.png");
        assertThat(images.folders()).containsExactly("");
        assertThat(images.notes().get(0)).endsWith(": out");
    }

    @Test
    void theFrameIsPutAroundThem() throws IOException {
        InputImages images =
                InputImages.read(grey("a.png", 1, 2), new Shape.Channels(1, 3, 4), 1, new ImageSize.AsStored());

        assertThat(images.examples().row(0)).containsExactly(0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0);
    }

    @Test
    void imagesAreBroughtToTheSizeThatTheModelsDataWere() throws IOException {
        grey("a.png", 0, 100, 40, 80);
        grey("b.png", 136);

        InputImages images = InputImages.read(folder, new Shape.Image(3, 4), 1, new ImageSize.Resized(1, 2));

        assertThat(images.examples().row(0)).containsExactly(0, 0, 0, 0, 0, 50, 60, 0, 0, 0, 0, 0);
        assertThat(images.examples().row(1)).containsExactly(0, 0, 0, 0, 0, 136, 136, 0, 0, 0, 0, 0);
    }

    private void assertRefused(Path path, Shape shape, int frame, String... parts) {
        assertThatThrownBy(() -> InputImages.read(path, shape, frame, new ImageSize.AsStored()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    @Test
    void anImageOfAnotherSizeIsRefusedWithBoth() throws IOException {
        Path image = grey("a.png", 1, 2);
        String found = image + " is 2x1 pixels, the model takes ";

        assertRefused(image, new Shape.Image(2, 1), 0, found + "1x2: ");
        assertRefused(image, new Shape.Image(30, 30), 1, found + "28x28: ");
        assertRefused(image, new Shape.Vector(784), 0, found + "784 features, as 28x28 have: ");
        assertRefused(image, new Shape.Vector(3), 0, found + "3 features: ");
        assertRefused(image, new Shape.Channels(3, 2, 1), 0, found + "1x2: ");
        assertRefused(
                image,
                new Shape.Channels(2, 1, 2),
                0,
                found + "2x1 of 2 channels, and images are read with one or three");
    }

    @Test
    void imagesMustBeOfOneSizeWhereTheModelDoesNotSayWhich() throws IOException {
        grey("a.png", 1, 2);
        BufferedImage tall = new BufferedImage(1, 2, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(tall, "png", folder.resolve("b.png").toFile());

        assertRefused(folder, new Shape.Vector(2), 0, "b.png is 1x2 pixels", "a.png is 2x1", "must be of one size");
    }

    @ParameterizedTest
    @CsvSource({"a.JPEG,text,true", "a.txt,GIF89a,true", "a.txt,text,false", "png,text,false"})
    void whatIsMeantAsAnImageIsToldByItsNameOrItsBeginning(String name, String content, boolean meant)
            throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);

        assertThat(InputImages.isMeantAt(file)).isEqualTo(meant);
    }

    @Test
    void nothingToReadIsOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "text");

        assertThat(InputImages.isAt(text)).isFalse();
        assertThat(InputImages.isAt(folder.resolve("none"))).isFalse();
        assertThat(InputImages.isMeantAt(text)).isTrue();
        assertThat(InputImages.isMeantAt(folder.resolve("none.png"))).isFalse();
        assertRefused(text, PAIR, 0, text + " is damaged or no PNG or JPEG image");
        assertRefused(folder, PAIR, 0, folder + " holds no PNG or JPEG image: ", "1 of 1 files left out", "text.png");
    }
}
