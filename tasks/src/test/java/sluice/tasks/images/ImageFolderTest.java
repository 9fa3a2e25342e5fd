package sluice.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Floats;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Shape;
import sluice.tasks.TaskSequence;
import sluice.tasks.TestShare;

@Tag("slow")
class ImageFolderTest {
    @TempDir
    Path folder;

    /** Writes a grey image of a row of pixels. */
    private void grey(String path, int... pixels) throws IOException {
        BufferedImage image = new BufferedImage(pixels.length, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < pixels.length; x++) {
            image.getRaster().setSample(x, 0, 0, pixels[x]);
        }
        write(path, image);
    }

    private void write(String path, BufferedImage image) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    private void twoClasses() throws IOException {
        grey("train/cat/1.png", 1, 2);
        grey("train/dog/1.png", 3, 4);
        grey("train/dog/2.PNG", 5, 6);
        grey("test/cat/1.png", 7, 8);
        grey("test/dog/9.png", 9, 10);
    }

    private static float[] values(Examples examples) {
        float[][] rows =
                IntStream.range(0, examples.size()).mapToObj(examples::row).toArray(float[][]::new);
        return Floats.concat(rows);
    }

    @Test
    void ofManyOfAKindTheFirstThreeAreNamed() throws IOException {
        twoClasses();
        for (String name : new String[] {"a.txt", "b.txt", "c.txt", "d.txt"}) {
            Files.writeString(folder.resolve("train/cat").resolve(name), "text");
        }

        assertThat(load().notes())
                .singleElement()
                .asString()
                .contains("4 .txt (train/cat/a.txt, train/cat/b.txt, train/cat/c.txt, ...)");
    }

    @Test
    void coloursBecomeThreeChannels() throws IOException {
        twoClasses();
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x102030);
        image.setRGB(1, 0, 0x405060);
        write("train/cat/2.png", image);

        DataSet read = new ImageFolder.TrainAndTest(folder, new ImageSize.AsStored(), Colour.RGB).load();
        DataSet resized = new ImageFolder.TrainAndTest(folder, new ImageSize.Resized(1, 1), Colour.RGB).load();

        assertThat(read.shape()).isEqualTo(new Shape.Channels(3, 1, 2));
        assertThat(read.train().row(0)).containsExactly(1, 2, 1, 2, 1, 2);
        assertThat(read.train().row(1)).containsExactly(0x10, 0x40, 0x20, 0x50, 0x30, 0x60);
        assertThat(resized.train().row(1)).containsExactly(0x28, 0x38, 0x48);
        assertThat(read.checksums()).isEqualTo(load().checksums());
    }

    private DataSet load() {
        return new ImageFolder.TrainAndTest(folder).load();
    }

    private DataSet divided() {
        return new ImageFolder.Shared(folder, new TestShare(0.5, 1)).load();
    }

    /** The shade that one pixel of an image becomes. */
    private float shade(BufferedImage image) throws IOException {
        write("train/a/1.png", image);
        grey("train/b/1.png", 0);
        grey("test/a/1.png", 0);
        grey("test/b/1.png", 0);
        return load().train().row(0)[0];
    }

    private static BufferedImage coloured(int type, int argb) {
        BufferedImage image = new BufferedImage(1, 1, type);
        image.setRGB(0, 0, argb);
        return image;
    }

    private void assertComplaint(String... parts) {
        assertThatThrownBy(this::load)
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    @Test
    void foldersAreClassesByNameAndPixelsAreRaw() throws IOException {
        twoClasses();

        DataSet read = load();

        assertThat(read.name()).isEqualTo("images");
        assertThat(read.train().labels()).containsExactly(0, 1, 1);
        assertThat(values(read.train())).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(values(read.test())).containsExactly(7, 8, 9, 10);
        assertThat(read.checksums()).containsOnlyKeys("train", "test");
    }

    @Test
    void checksumsFollowTheContent() throws IOException {
        twoClasses();
        DataSet before = load();
        grey("test/dog/9.png", 9, 11);
        DataSet after = load();

        assertThat(after.checksums().get("train")).isEqualTo(before.checksums().get("train"));
        assertThat(after.checksums().get("test"))
                .isNotEqualTo(before.checksums().get("test"));
    }

    @Test
    void otherFilesHiddenOnesAndLinksAreLeftOutAndCounted() throws IOException {
        twoClasses();
        Files.writeString(folder.resolve("train/readme.txt"), "x");
        Files.writeString(folder.resolve("train/cat/notes.gif"), "x");
        Files.writeString(folder.resolve("train/cat/.hidden.png"), "x");
        Files.createDirectory(folder.resolve("train/.thumbnails"));
        Files.createSymbolicLink(folder.resolve("train/cat/link.png"), folder.resolve("test/cat/1.png"));
        Files.createSymbolicLink(folder.resolve("train/bird"), folder.resolve("train/dog"));

        Files.createDirectories(folder.resolve("test/dog/more"));
        Files.createDirectory(folder.resolve("val"));
        Files.writeString(folder.resolve("train/dog/3.GIF"), "x");
        Files.writeString(folder.resolve("train/dog/LICENSE"), "x");
        grey("train/stray.png", 1, 2);

        DataSet read = load();

        assertThat(read.train().labels()).containsExactly(0, 1, 1);
        assertThat(read.notes())
                .containsExactly(
                        "11 left out of %s, where only .png, .jpg and .jpeg files in class folders are read: 2 .gif (train/cat/notes.gif, train/dog/3.GIF), 1 .png outside a class folder (train/stray.png), 1 .txt (train/readme.txt), 2 folders that are no class (test/dog/more, val), 2 hidden (train/.thumbnails, train/cat/.hidden.png), 2 symbolic links (train/bird, train/cat/link.png), 1 without an ending (train/dog/LICENSE)"
                                .formatted(folder));
    }

    @Test
    void jpegImagesAreReadBesideOthersByHowTheyBegin() throws IOException {
        byte[] jpeg = JpegFixture.baseline(JpegFixture.squares(1, 90));
        write("train/cat/1.png", JpegFixture.squares(1, 200));
        for (String path : List.of("train/dog/1.jpg", "train/dog/2.JPEG", "test/cat/1.png", "test/dog/1.jpg")) {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.write(folder.resolve(path), jpeg);
        }

        DataSet read = load();

        assertThat(read.train().labels()).containsExactly(0, 1, 1);
        assertThat(read.train().row(0)).containsOnly(200);
        assertThat(read.train().row(2)).containsOnly(90);
        assertThat(read.test().row(0)).containsOnly(90);
        assertThat(read.notes()).isEmpty();
    }

    @Test
    void whereAllIsReadThereIsNothingToSay() throws IOException {
        twoClasses();

        assertThat(load().notes()).isEmpty();
    }

    @Test
    void namesOfFoldersAreThoseOfTheClassesInWhateverBecomesOfThem() throws IOException {
        twoClasses();

        DataSet read = load().padded(1);
        TaskSequence split = TaskSequence.split(read, Normalisation.NONE, ClassSplit.consecutive(read, 2));
        TaskSequence permuted = TaskSequence.permuted(read, Normalisation.NONE, 2, 1);
        TaskSequence rotated = TaskSequence.rotated(read, Normalisation.NONE, 0, 90);

        for (TaskSequence sequence : List.of(split, permuted, rotated, split.withScenario(Scenario.CLASS))) {
            assertThat(sequence.className(0)).isEqualTo("cat");
            assertThat(sequence.className(1)).isEqualTo("dog");
            assertThat(sequence.isNamed()).isTrue();
        }
        assertThat(split.withClassNames().names()).containsExactly("cat-dog");
    }

    @Test
    void foldersThatAreNumbersAreTheLabels() throws IOException {
        grey("train/7/1.png", 1);
        grey("train/30/1.png", 3);
        grey("test/7/1.png", 7);
        grey("test/30/1.png", 7);

        TaskSequence split = TaskSequence.split(load(), Normalisation.NONE, ClassSplit.of(List.of(List.of(7, 30))));

        assertThat(split.isNamed()).isFalse();
        assertThat(split.className(30)).isEqualTo("30");
    }

    @Test
    void classFoldersMayBeDividedBySeed() throws IOException {
        for (int i = 0; i < 4; i++) {
            grey("cat/" + i + ".png", i);
            grey("dog/" + i + ".png", 10 + i);
        }

        DataSet read = divided();

        assertThat(read.train().labels()).containsExactly(0, 0, 1, 1);
        assertThat(read.test().labels()).containsExactly(0, 0, 1, 1);
        assertThat(values(divided().test())).containsExactly(values(read.test()));
    }

    @Test
    void coloursBecomeGreyByRec601() throws IOException {
        assertThat(shade(coloured(BufferedImage.TYPE_INT_RGB, 0xFF0000))).isEqualTo(76);
        assertThat(shade(coloured(BufferedImage.TYPE_INT_RGB, 0x00FF00))).isEqualTo(150);
        assertThat(shade(coloured(BufferedImage.TYPE_INT_RGB, 0x0000FF))).isEqualTo(29);
        assertThat(shade(coloured(BufferedImage.TYPE_3BYTE_BGR, 0xFF0000))).isEqualTo(76);
        assertThat(shade(coloured(BufferedImage.TYPE_INT_RGB, 0x808080))).isEqualTo(128);
    }

    @Test
    void whatIsTransparentShowsBlack() throws IOException {
        assertThat(shade(coloured(BufferedImage.TYPE_INT_ARGB, 0x00FFFFFF))).isEqualTo(0);
        assertThat(shade(coloured(BufferedImage.TYPE_INT_ARGB, 0x80FFFFFF))).isEqualTo(128);
    }

    @Test
    void paletteAndDeepImagesAreReadToo() throws IOException {
        byte[] levels = {0, (byte) 255, 0, 0};
        IndexColorModel palette = new IndexColorModel(2, 4, levels, levels, levels);
        BufferedImage indexed = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        indexed.getRaster().setSample(0, 0, 0, 1);
        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 100 * 257);

        assertThat(shade(indexed)).isEqualTo(255);
        assertThat(shade(deep)).isEqualTo(100);
    }

    @Test
    void aPaletteMayBeTransparent() throws IOException {
        byte[] levels = {(byte) 200, (byte) 200};
        IndexColorModel palette = new IndexColorModel(1, 2, levels, levels, levels, new byte[] {(byte) 255, (byte) 51});
        BufferedImage indexed = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        indexed.getRaster().setSample(0, 0, 0, 1);

        assertThat(shade(indexed)).isEqualTo(40);
    }

    @Test
    void imagesThatExceedTheBudgetAreRefused() throws IOException {
        twoClasses();
        ImageParts parts = ImageParts.of(new ImageFolder.TrainAndTest(folder));

        assertThatThrownBy(() -> parts.load(MemoryBudget.ofBytes(20)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve("train")
                        + ": 3 examples of 2 features do not fit in memory: they may be 5 values")
                .hasMessageEndingWith("or leave out images or make them smaller");
    }

    @Test
    void everyShadeOfGreyIsKept() throws IOException {
        for (int shade = 0; shade < 256; shade += 5) {
            BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setSample(0, 0, 0, shade);

            assertThat(shade(image)).isEqualTo(shade);
        }
    }

    @Test
    void aMissingFolderIsNamed() {
        assertComplaint(folder.resolve("train") + " does not exist or is no folder");
    }

    @Test
    void aFolderWithoutImagesIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("train"));

        assertComplaint(folder.resolve("train") + " has no images");
    }

    @Test
    void aClassWithoutImagesIsRefused() throws IOException {
        twoClasses();
        Files.createDirectory(folder.resolve("train/emu"));

        assertComplaint(folder.resolve("train/emu") + " has no image: put .png or .jpg files there");
    }

    @Test
    void oneClassIsNotEnough() throws IOException {
        grey("train/cat/1.png", 1);

        assertComplaint(folder.resolve("train") + " has only one class, 'cat'");
    }

    @Test
    void aClassMustBeInBothParts() throws IOException {
        twoClasses();
        grey("test/emu/1.png", 1, 2);

        assertComplaint("class 'emu' is in " + folder.resolve("test") + " but not in " + folder.resolve("train"));
    }

    @Test
    void aClassWithOneImageCannotBeDivided() throws IOException {
        grey("cat/1.png", 1);
        grey("cat/2.png", 1);
        grey("dog/1.png", 1);

        assertThatThrownBy(this::divided)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve("dog/1.png") + " is the only image of its class");
    }

    @Test
    void allImagesThatCannotBeReadAreNamedAtOnceTheFirstAmongThem() throws IOException {
        twoClasses();
        Files.writeString(folder.resolve("train/cat/0.png"), "not an image");
        grey("train/dog/0.png", 1, 2, 3);
        Files.write(folder.resolve("test/dog/9.png"), new byte[0]);

        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        InputException.class,
                        wrong -> assertThat(wrong.lines())
                                .satisfiesExactly(
                                        line -> assertThat(line)
                                                .contains("train/cat/0.png is damaged or no PNG or JPEG image"),
                                        line -> assertThat(line)
                                                .contains("train/dog/0.png is 3x1 pixels", "cat/1.png is 2x1"),
                                        line -> assertThat(line)
                                                .contains("test/dog/9.png is damaged or no PNG or JPEG image")));
    }

    @Test
    void ofManyImagesThatCannotBeReadTheFirstTwentyAreNamed() throws IOException {
        twoClasses();
        for (int i = 10; i < 40; i++) {
            Files.writeString(folder.resolve("train/dog/" + i + ".png"), "not an image");
        }

        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        InputException.class,
                        wrong -> assertThat(wrong.lines()).hasSize(21).endsWith("and 10 more"));
    }

    @Test
    void damagedImagesAreNamed() throws IOException {
        twoClasses();
        Path file = folder.resolve("train/dog/1.png");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 5, 20, 40, whole.length / 2}) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertComplaint(file + " is damaged or no PNG or JPEG image");
        }
        Files.writeString(file, "not an image");
        assertComplaint(file + " is damaged or no PNG or JPEG image");
    }

    @ParameterizedTest
    @CsvSource({
        "524946461000000057454250, WebP",
        "000000186674797068656963, HEIC or AVIF",
        "474946383961, GIF",
        "49492a0008000000, TIFF",
        "4d4d002a00000008, TIFF",
        "424d3600000000000000, BMP"
    })
    void otherFormatsAreNamedWhateverTheFileIsCalled(String content, String format) throws IOException {
        twoClasses();
        Files.write(folder.resolve("train/cat/1.png"), HexFormat.of().parseHex(content));

        assertComplaint("1.png is a " + format + " image, and only PNG and JPEG are read: convert it, or remove it");
    }

    @Test
    void imagesOfAnotherSizeAreNamedWithBothSizes() throws IOException {
        twoClasses();
        grey("test/cat/1.png", 1, 2, 3);

        assertComplaint(folder.resolve("test/cat/1.png") + " is 3x1 pixels, " + folder.resolve("train/cat/1.png")
                + " is 2x1: all images must be of one size: bring them to one with data: {resize: 28}");
    }

    @Test
    void imagesOfUnequalSizesAreBroughtToOne() throws IOException {
        grey("train/cat/1.png", 0, 100, 40, 80);
        grey("train/dog/1.png", 10, 20);
        grey("test/cat/1.png", 136);
        grey("test/dog/1.png", 0, 90, 240);

        DataSet read = new ImageFolder.TrainAndTest(folder, new ImageSize.Resized(1, 2), Colour.GREY).load();

        assertThat(values(read.train())).containsExactly(50, 60, 10, 20);
        assertThat(values(read.test())).containsExactly(136, 136, 30, 190);
        assertThat(read.shape()).isEqualTo(new Shape.Image(1, 2));
    }

    /** A PNG file's signature and header, and more chunks: each four letters and a claimed length, with nothing in it. */
    private static byte[] header(int width, int height, int depth, int colourType, Chunk... more) {
        ByteBuffer header = ByteBuffer.allocate(17);
        header.put("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.putInt(width).putInt(height).put((byte) depth).put((byte) colourType);
        ByteBuffer file = ByteBuffer.allocate(33 + 8 * more.length);
        file.putLong(0x89504e470d0a1a0aL).putInt(13).put(header.array());
        file.putInt(Hashing.crc32().hashBytes(header.array()).asInt());
        for (Chunk chunk : more) {
            file.putInt(chunk.length()).put(chunk.type().getBytes(StandardCharsets.US_ASCII));
        }
        return file.array();
    }

    private record Chunk(String type, int length) {}

    @ParameterizedTest
    @ValueSource(ints = {3000, 60_000, Integer.MAX_VALUE})
    void aHeaderThatClaimsMoreThanTheFileCanHoldIsRefusedBeforeMemoryIsTaken(int side) throws IOException {
        twoClasses();
        Files.write(folder.resolve("train/cat/1.png"), header(side, side, 8, 6, new Chunk("IDAT", 10)));

        assertComplaint(
                "1.png is damaged: its header promises %dx%1$d pixels, more than its 41 bytes can hold".formatted(side),
                "replace or remove it");
    }

    @Test
    void aLaterImageOfTheRightSizeThatIsNoneIsRefusedToo() throws IOException {
        twoClasses();
        Files.write(folder.resolve("train/dog/2.PNG"), header(60_000, 60_000, 8, 0, new Chunk("IDAT", 10)));

        assertComplaint("2.PNG is damaged: its header promises 60000x60000 pixels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLTE", "tRNS", "IDAT", "iCCP", "zTXt"})
    void aChunkThatClaimsMoreThanThereIsIsDamage(String type) throws IOException {
        twoClasses();
        byte[] content = header(2, 1, 8, 3, new Chunk(type, Integer.MAX_VALUE - 8), new Chunk("IDAT", 10));
        Files.write(folder.resolve("train/cat/1.png"), content);

        assertComplaint("1.png is damaged or no PNG or JPEG image");
    }

    @Test
    void anImageTooLargeToReadIsNamedWithItsSizeAndAdvice() throws IOException {
        twoClasses();
        write("train/cat/1.png", new BufferedImage(2000, 1000, BufferedImage.TYPE_INT_ARGB));
        ImageParts parts = ImageParts.of(new ImageFolder.TrainAndTest(folder));

        assertThatThrownBy(() -> parts.load(MemoryBudget.ofBytes(10 << 20)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "1.png is 2000x1000 pixels: reading it takes 15 MiB, and all data together may take 10")
                .hasMessageContaining("make the images smaller, or give Java more memory")
                .hasMessageNotContaining("rows");
    }
}
