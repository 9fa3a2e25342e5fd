package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static sluice.tasks.source.IdxBytes.gzip;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

class LabelledImagesTest {
    private static final byte[] IMAGES = IdxBytes.images(3, 2, 2, 250);
    private static final byte[] LABELS = IdxBytes.labels(3);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsPixelsAsFloatsFrom0To255WithTheirLabels(boolean compressed) {
        LabelledImages read = read(compressed ? gzip(IMAGES) : IMAGES, compressed ? gzip(LABELS) : LABELS);

        assertThat(read.examples().features()).isEqualTo(4);
        assertThat(read.examples().labels()).containsExactly(0, 1, 2);
        assertThat(read.examples().row(0)).containsExactly(250, 251, 252, 253);
        assertThat(read.examples().row(1)).containsExactly(254, 255, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void checksumsAreOfTheUncompressedContent(boolean compressed) {
        LabelledImages read = read(compressed ? gzip(IMAGES) : IMAGES, compressed ? gzip(LABELS) : LABELS);

        assertThat(read.imagesSha256())
                .isEqualTo(Hashing.sha256().hashBytes(IMAGES).toString());
        assertThat(read.labelsSha256())
                .isEqualTo(Hashing.sha256().hashBytes(LABELS).toString());
    }

    @Test
    void gzipIsToldByContentWhateverTheName() {
        Path images = IdxBytes.write(folder.resolve("images.gz"), IMAGES);
        Path labels = IdxBytes.write(folder.resolve("labels"), gzip(LABELS));

        assertThat(LabelledImages.read(images, labels).examples().size()).isEqualTo(3);
    }

    @Test
    void gzipFilesOfSeveralMembersAreRead() {
        byte[] members = Bytes.concat(gzip(Arrays.copyOf(IMAGES, 9)), gzip(Arrays.copyOfRange(IMAGES, 9, 28)));

        assertThat(read(members, LABELS).examples().row(2)).containsExactly(2, 3, 4, 5);
    }

    @Test
    void filesLongerThanOneChunkAreReadWhole() {
        Examples read = read(gzip(IdxBytes.images(100, 30, 30, 0)), IdxBytes.labels(100))
                .examples();

        assertThat(read.row(99)[899]).isEqualTo((100 * 900 - 1) % 256);
    }

    @Test
    void swappedFilesAreNamedAsSwapped() {
        assertRefused(LABELS, IMAGES).hasMessageContainingAll("images", "holds labels", "0x00000801", "swapped");
    }

    @Test
    void labelsThatAreImagesAreNamedAsSwapped() {
        assertRefused(IMAGES, IMAGES).hasMessageContainingAll("labels holds images", "0x00000803", "swapped");
    }

    @Test
    void anotherMagicNumberIsShownBesideTheExpectedOne() {
        assertRefused(IdxBytes.of(0xa03, new int[] {1, 1, 1}, (byte) 0), LABELS)
                .hasMessageContainingAll("0x00000a03", "expected 0x00000803", "right file");
    }

    @Test
    void aFileWithoutAWholeHeaderIsTruncated() {
        assertRefused(new byte[0], LABELS).hasMessageContainingAll("images", "truncated", "download it again");
        assertRefused(Arrays.copyOf(IMAGES, 10), LABELS).hasMessageContainingAll("truncated", "download it again");
    }

    @Test
    void aTruncatedPlainFileIsRefusedWithBothLengths() {
        assertRefused(Arrays.copyOf(IMAGES, 27), LABELS)
                .hasMessageContainingAll("images", "truncated", "3 x 2 x 2", "28", "27", "download it again");
    }

    @Test
    void aTruncatedGzipFileIsRefusedWhereverItIsCut() {
        byte[] whole = gzip(IMAGES);

        for (int length = 2; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), LABELS).hasMessageContainingAll("images", "download it again");
        }
    }

    @Test
    void aWholeGzipFileOfTruncatedContentIsTruncated() {
        assertRefused(gzip(Arrays.copyOf(IMAGES, 27)), LABELS).hasMessageContainingAll("truncated", "28", "27");
    }

    @Test
    void aDamagedGzipFileNeverPassesWhateverByteIsDamaged() {
        byte[] whole = gzip(IMAGES);

        for (int position = 10; position < whole.length; position++) {
            byte[] damaged = whole.clone();
            damaged[position] ^= 0x55;
            assertRefused(damaged, LABELS).hasMessageContaining("images");
        }
    }

    @Test
    void trailingBytesAreRefused() {
        assertRefused(Bytes.concat(IMAGES, new byte[5]), LABELS).hasMessageContainingAll("images", "5 bytes too many");
        assertRefused(gzip(Bytes.concat(IMAGES, new byte[5])), LABELS).hasMessageContaining("5 bytes too many");
    }

    @Test
    void filesWithoutExamplesAreRefused() {
        assertRefused(IdxBytes.of(0x803, new int[] {0, 28, 28}), LABELS)
                .hasMessageContainingAll("empty", "0 x 28 x 28 images", "at least one");
        assertRefused(IMAGES, IdxBytes.labels(0)).hasMessageContainingAll("labels is empty", "0 labels");
    }

    @Test
    void imagesWithoutPixelsAreRefused() {
        assertRefused(IdxBytes.of(0x803, new int[] {3, 0, 28}), LABELS).hasMessageContaining("3 x 0 x 28 images");
    }

    @Test
    void countsThatDifferAreShown() {
        assertRefused(IMAGES, IdxBytes.labels(4)).hasMessageContainingAll("3 images", "4 labels", "one data set");
    }

    @Test
    void sizesBeyondAnyArrayAreRefused() {
        assertRefused(IdxBytes.of(0x803, new int[] {-1, -1, -1}), LABELS)
                .hasMessageContainingAll("4294967295 x 4294967295 x 4294967295", "damaged");
    }

    @Test
    void sizesThatTheFileCannotHoldAreRefusedWithoutAllocatingThem() {
        byte[] hostile = IdxBytes.of(0x803, new int[] {2_000_000, 32, 32}, new byte[12]);

        assertRefused(hostile, LABELS).hasMessageContainingAll("truncated", "2000000 x 32 x 32", "28");
        assertRefused(gzip(hostile), LABELS).hasMessageContainingAll("truncated", "2000000 x 32 x 32", "28");
    }

    @Test
    void aMissingFileIsNamed() {
        Path labels = IdxBytes.write(folder.resolve("labels"), LABELS);

        assertThatThrownBy(() -> LabelledImages.read(folder.resolve("nowhere"), labels))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("nowhere", "does not exist");
    }

    @Test
    void aFolderInPlaceOfAFileIsNamed() {
        Path labels = IdxBytes.write(folder.resolve("labels"), LABELS);

        assertThatThrownBy(() -> LabelledImages.read(folder, labels))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("cannot read", folder.toString());
    }

    private static Stream<Arguments> elements() {
        return Stream.of(
                arguments(0x9, new byte[] {-128, -1, 0, 127}, new float[] {-128, -1, 0, 127}),
                arguments(
                        0xb,
                        ByteBuffer.allocate(8)
                                .putShort((short) -2)
                                .putShort((short) 256)
                                .putShort((short) 0)
                                .putShort(Short.MAX_VALUE)
                                .array(),
                        new float[] {-2, 256, 0, 32767}),
                arguments(
                        0xc,
                        ByteBuffer.allocate(16)
                                .putInt(-2)
                                .putInt(65536)
                                .putInt(0)
                                .putInt(1)
                                .array(),
                        new float[] {-2, 65536, 0, 1}),
                arguments(
                        0xd,
                        ByteBuffer.allocate(16)
                                .putFloat(0.1f)
                                .putFloat(-1.5f)
                                .putFloat(0)
                                .putFloat(3e38f)
                                .array(),
                        new float[] {0.1f, -1.5f, 0, 3e38f}),
                arguments(
                        0xe,
                        ByteBuffer.allocate(32)
                                .putDouble(0.1)
                                .putDouble(-1.5)
                                .putDouble(0)
                                .putDouble(1e-300)
                                .array(),
                        new float[] {0.1f, -1.5f, 0, 0}));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void everyTypeOfElementIsReadAsItIs(int type, byte[] elements, float[] values) {
        byte[] images = IdxBytes.of(type << 8 | 3, new int[] {1, 2, 2}, elements);

        for (byte[] file : new byte[][] {images, gzip(images)}) {
            assertThat(read(file, IdxBytes.labels(1)).examples().row(0)).containsExactly(values);
        }
    }

    @Test
    void elementsOfSeveralBytesAreReadAcrossChunks() {
        ByteBuffer elements = ByteBuffer.allocate(8 * 30_000);
        for (int i = 0; i < 30_000; i++) {
            elements.putDouble(i);
        }
        byte[] images = IdxBytes.of(0xe03, new int[] {3, 100, 100}, elements.array());

        Examples read = read(images, LABELS).examples();

        assertThat(read.row(2)[9999]).isEqualTo(29_999);
        assertThat(read.row(0)[8192]).isEqualTo(8192);
    }

    @Test
    void aFileOfWideElementsThatEndsTooEarlyIsTruncated() {
        assertRefused(IdxBytes.of(0xd03, new int[] {3, 2, 2}, new byte[47]), LABELS)
                .hasMessageContainingAll("truncated", "3 x 2 x 2", "64 bytes in all", "63");
    }

    @ParameterizedTest
    @CsvSource({"7fc00000,NaN", "7f800000,Infinity"})
    void valuesThatAreNotFiniteAreNamedWithTheirImage(String bits, String shown) {
        ByteBuffer elements = ByteBuffer.allocate(12).putInt(8, Integer.parseUnsignedInt(bits, 16));

        assertRefused(IdxBytes.of(0xd03, new int[] {3, 1, 1}, elements.array()), LABELS)
                .hasMessageContainingAll("images: image 3 has the value " + shown);
    }

    @Test
    void ofSeveralNumbersOfALabelTheFirstIsTheClass() {
        ByteBuffer rows = ByteBuffer.allocate(4 * 3 * 8);
        for (int i = 0; i < 24; i++) {
            rows.putInt(i % 8 == 0 ? 9 - i / 8 : 100_000 + i);
        }

        LabelledImages read = read(IMAGES, IdxBytes.of(0xc02, new int[] {3, 8}, rows.array()));

        assertThat(read.examples().labels()).containsExactly(9, 8, 7);
    }

    @Test
    void labelsThatAreNoClassesAreRefusedWithTheirPlace() {
        byte[] negative = IdxBytes.of(0x901, new int[] {3}, (byte) 0, (byte) -1, (byte) 2);
        byte[] half = IdxBytes.of(
                0xd01,
                new int[] {3},
                ByteBuffer.allocate(12).putFloat(1).putFloat(2).putFloat(0.5f).array());
        byte[] large = IdxBytes.of(
                0xc01, new int[] {3}, ByteBuffer.allocate(12).putInt(70_000).array());

        assertRefused(IMAGES, negative)
                .hasMessageContaining("labels: label 2 is -1: labels must be whole numbers in [0, ");
        assertRefused(IMAGES, half).hasMessageContaining("labels: label 3 is 0.5: ");
        assertRefused(IMAGES, large).hasMessageContaining("labels: label 1 is 70000: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x803, 0x903, 0xb03, 0xc03, 0xd03, 0xe03})
    void aHeaderThatClaimsATrillionElementsIsRefusedBeforeAnyIsAllocated(int magic) {
        byte[] images = IdxBytes.of(magic, new int[] {1_000_000, 1000, 1000}, new byte[32]);

        for (byte[] file : new byte[][] {images, gzip(images)}) {
            assertRefused(file, LABELS).hasMessageContainingAll("damaged", "1000000 x 1000 x 1000 images");
        }
    }

    @Test
    void imagesOfEmnistAreTurnedUpright() {
        Path images = IdxBytes.write(
                folder.resolve("emnist-letters-train-images-idx3-ubyte"),
                IdxBytes.of(
                        0x803,
                        new int[] {2, 2, 3},
                        (byte) 0,
                        (byte) 1,
                        (byte) 2,
                        (byte) 3,
                        (byte) 4,
                        (byte) 5,
                        (byte) 6,
                        (byte) 7,
                        (byte) 8,
                        (byte) 9,
                        (byte) 10,
                        (byte) 11));
        Path labels = IdxBytes.write(folder.resolve("labels"), IdxBytes.labels(2));

        LabelledImages read = LabelledImages.read(images, labels);

        assertThat(read.shape()).isEqualTo(new Shape.Image(3, 2));
        assertThat(read.examples().row(0)).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(read.examples().row(1)).containsExactly(6, 9, 7, 10, 8, 11);
        assertThat(IdxImages.shape(images)).isEqualTo(new Shape.Image(3, 2));
        assertThat(IdxImages.read(images, 6, 0).row(1)).containsExactly(6, 9, 7, 10, 8, 11);
    }

    private LabelledImages read(byte[] images, byte[] labels) {
        return LabelledImages.read(
                IdxBytes.write(folder.resolve("images"), images), IdxBytes.write(folder.resolve("labels"), labels));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] images, byte[] labels) {
        return assertThatThrownBy(() -> read(images, labels)).isInstanceOf(InputException.class);
    }

    /** Honest, but of more pixels than fit: told before memory is taken for them. */
    @Test
    void imagesThatJavaCannotHoldAreToldWithTheirSizeAndWhatToDo() throws IOException {
        long most = Runtime.getRuntime().maxMemory();
        assumeTrue(most < 7_000_000_000L, "Java may take more than the file needs");
        Path images = folder.resolve("images");
        try (RandomAccessFile file = new RandomAccessFile(images.toFile(), "rw")) {
            file.write(IdxBytes.of(0xd03, new int[] {2, 30_000, 30_000}));
            // takes no room on disk
            file.setLength(file.length() + 7_200_000_000L);
        }
        Path labels = IdxBytes.write(folder.resolve("labels"), IdxBytes.labels(2));

        assertThatThrownBy(() -> LabelledImages.read(images, labels))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "%s: 2 images of 30000 x 30000 pixels take 6866 MiB, and Java may take %d: give it more with SLUICE_JAVA_OPTS=-Xmx21g, or use a file of fewer images",
                        images, most >> 20);
    }
}
