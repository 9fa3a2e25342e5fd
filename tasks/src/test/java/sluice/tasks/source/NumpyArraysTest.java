package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

/** Arrays as Kuzushiji-49 is published: {@code numpy.savez_compressed} of unsigned bytes. */
class NumpyArraysTest {
    private static final String HEADER = "{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }";

    @TempDir
    private Path folder;

    private static byte[] npy(String header, byte... content) {
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length)
                .put(text)
                .put(content)
                .array();
    }

    private Path npz(String name, String entry, byte[] array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(array);
            zip.closeEntry();
        }
        return IdxBytes.write(folder.resolve(name), bytes.toByteArray());
    }

    private Path array(String name, String shape, byte... content) throws IOException {
        return npz(name, "arr_0.npy", npy(HEADER.formatted(shape), content));
    }

    private static byte[] counting(int length) {
        byte[] values = new byte[length];
        for (int i = 0; i < length; i++) {
            values[i] = (byte) (250 + i);
        }
        return values;
    }

    private void k49() throws IOException {
        array("k49-train-imgs.npz", "3, 2, 4", counting(24));
        array("k49-train-labels.npz", "3,", (byte) 48, (byte) 0, (byte) 1);
        array("k49-test-imgs.npz", "2, 2, 4", counting(16));
        array("k49-test-labels.npz", "2,", (byte) 0, (byte) 48);
    }

    @Test
    void aFolderOfThemIsADataSet() throws IOException {
        k49();

        DataSet set = ImageDataSources.IDX.load(new DataPlace.Given(folder, "--data"), "k49");

        assertThat(set.shape()).isEqualTo(new Shape.Image(2, 4));
        assertThat(set.train().labels()).containsExactly(48, 0, 1);
        assertThat(set.train().row(0)).containsExactly(250, 251, 252, 253, 254, 255, 0, 1);
        assertThat(set.test().size()).isEqualTo(2);
        assertThat(set.checksums()).containsKeys("k49-train-imgs.npz", "k49-test-labels.npz");
        assertThat(ImageDataSources.IDX
                        .load(new DataPlace.Given(folder, "--data"))
                        .train()
                        .size())
                .isEqualTo(3);
    }

    @Test
    void imagesOfOneArePredicted() throws IOException {
        Path images = array("new.npz", "2, 2, 4", counting(16));

        Examples read = IdxImages.read(images, 8, 0);

        assertThat(IdxImages.isIdx(images)).isTrue();
        assertThat(read.row(1)).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1000000000000, 28, 28 | is damaged: its header promises 1000000000000 x 28 x 28 images, more than
            99999999999999999999, 28, 28 | is damaged: its array is said to be of shape '(99999999999999999999, 28, 28)', and sizes are
            -3, 28, 28 | is damaged: its array is said to be of shape '(-3, 28, 28)', and sizes are whole numbers
            60000, 28, 28 | is truncated: its header promises 60000 x 28 x 28 images, 47040128 bytes in all, but it has 152
            2, 2, 4 | has 8 bytes too many: its header promises 2 x 2 x 4 images
            24, | has an array of shape (24,), and images have (examples, height, width): reshape it
            6, 4 | has an array of shape (6, 4), and images have (examples, height, width): reshape it
            '' | has an array of shape (), and images have (examples, height, width)
            0, 28, 28 | is empty
            """)
    void whatAHeaderClaimsIsChecked(String shape, String message) throws IOException {
        Path images = array("k.npz", shape, counting(24));

        assertThatThrownBy(() -> IdxImages.read(images, 784, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anArrayOfImagesIsNoneOfLabels() throws IOException {
        k49();
        array("k49-test-labels.npz", "2, 2, 4", counting(16));

        assertThatThrownBy(() -> ImageDataSources.IDX.load(new DataPlace.Given(folder, "--data"), "k49"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "k49-test-labels.npz has an array of shape (2, 2, 4), and labels have (examples,), or (examples, numbers) with the label first");
    }

    @Test
    void whatIsNoArchiveIsSaidToHoldNoArray() throws IOException {
        Path text = IdxBytes.write(folder.resolve("k.npz"), "not an array".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> IdxImages.read(text, 784, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no NumPy array in a zip archive");
    }

    @Test
    void otherElementsAreRefusedWithWhatToDo() throws IOException {
        Path wide = npz("wide.npz", "arr_0.npy", npy(HEADER.formatted("1, 1, 1").replace("|u1", "<f8"), counting(8)));
        Path turned =
                npz("turned.npz", "arr_0.npy", npy(HEADER.formatted("1, 2, 2").replace("False", "True"), counting(4)));
        Path named = npz("named.npz", "x.npy", npy(HEADER.formatted("1, 2, 2"), counting(4)));

        assertThatThrownBy(() -> IdxImages.shape(wide))
                .hasMessageContaining("elements of type '<f8': arrays of unsigned bytes");
        assertThatThrownBy(() -> IdxImages.shape(turned)).hasMessageContaining("in Fortran order");
        assertThatThrownBy(() -> IdxImages.shape(named)).hasMessageContaining("has no array arr_0");
    }

    @Test
    void aDamagedArchiveIsSaidToBeOne() throws IOException {
        byte[] whole = java.nio.file.Files.readAllBytes(array("k.npz", "3, 2, 4", counting(24)));
        Path cut = IdxBytes.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, whole.length - 30));

        assertThatThrownBy(() -> IdxImages.shape(cut))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a damaged zip file");
    }
}
