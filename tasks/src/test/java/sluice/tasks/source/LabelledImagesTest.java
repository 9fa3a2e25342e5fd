package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static sluice.tasks.source.IdxBytes.gzip;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.Examples;
import sluice.tasks.InputException;

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
        assumeTrue(most < 7_000_000_000L, "Java may take more than the largest file needs");
        Path images = folder.resolve("images");
        try (RandomAccessFile file = new RandomAccessFile(images.toFile(), "rw")) {
            file.write(IdxBytes.of(0x803, new int[] {2, 30_000, 30_000}));
            // takes no room on disk
            file.setLength(file.length() + 1_800_000_000L);
        }
        Path labels = IdxBytes.write(folder.resolve("labels"), IdxBytes.labels(2));

        assertThatThrownBy(() -> LabelledImages.read(images, labels))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "%s: 2 images of 30000 x 30000 pixels take 6866 MiB, and Java may take %d: give it more with SLUICE_JAVA_OPTS=-Xmx21g, or use a file of fewer images",
                        images, most >> 20);
    }
}
