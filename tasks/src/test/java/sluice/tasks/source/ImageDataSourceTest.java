package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

class ImageDataSourceTest {
    private static final ImmutableMap<IdxPart, byte[]> CONTENTS = ImmutableMap.of(
            IdxPart.TRAIN_IMAGES, IdxBytes.images(20, 2, 3, 0),
            IdxPart.TRAIN_LABELS, IdxBytes.labels(20),
            IdxPart.TEST_IMAGES, IdxBytes.images(10, 2, 3, 7),
            IdxPart.TEST_LABELS, IdxBytes.labels(10));

    @TempDir
    Path folder;

    @Test
    void aFolderOfTheDataSetsNameIsPreferred() {
        IdxBytes.writeDataSet(folder.resolve("small"));
        IdxBytes.write(folder.resolve("train-images-idx3-ubyte"), new byte[0]);

        DataSet loaded = given(small());

        assertThat(loaded.train().size()).isEqualTo(20);
        assertThat(loaded.test().size()).isEqualTo(10);
        assertThat(loaded.train().features()).isEqualTo(6);
        assertThat(loaded.shape()).isEqualTo(new Shape.Image(2, 3));
        assertThat(loaded.test().row(0)).containsExactly(7, 8, 9, 10, 11, 12);
    }

    @Test
    void theFolderItselfMayHoldTheFilesPlainOrGzipWithDashesOrDots() {
        IdxBytes.write(folder.resolve("train-images.idx3-ubyte.gz"), IdxBytes.gzip(CONTENTS.get(IdxPart.TRAIN_IMAGES)));
        IdxBytes.write(folder.resolve("train-labels.idx1-ubyte"), CONTENTS.get(IdxPart.TRAIN_LABELS));
        IdxBytes.write(folder.resolve("t10k-images-idx3-ubyte.gz"), IdxBytes.gzip(CONTENTS.get(IdxPart.TEST_IMAGES)));
        IdxBytes.write(folder.resolve("t10k-labels-idx1-ubyte"), CONTENTS.get(IdxPart.TEST_LABELS));

        assertThat(given(small()).train().size()).isEqualTo(20);
    }

    @Test
    void checksumsOfTheContentsAreKeptByFileName() {
        IdxBytes.writeDataSet(folder);

        assertThat(given(small()).checksums()).isEqualTo(sha256ByFileName());
    }

    @Test
    void aMissingFileIsNamedWithItsFolderAndWhatToDo() throws IOException {
        IdxBytes.writeDataSet(folder.resolve("small"));
        Files.delete(folder.resolve("small/t10k-labels-idx1-ubyte"));

        assertRefused(small(URI.create("http://127.0.0.1/")))
                .hasMessageContainingAll(
                        "small: t10k-labels-idx1-ubyte(.gz) is missing from " + folder.resolve("small"),
                        "--data",
                        "put it there",
                        "have them downloaded");
    }

    @Test
    void aFolderWithoutAnyOfTheFilesIsNamedWithAllFour() {
        assertRefused(small())
                .hasMessageContainingAll(
                        folder.resolve("small") + " nor " + folder + " (from --data)",
                        "train-images-idx3-ubyte(.gz)",
                        "train-labels-idx1-ubyte(.gz)",
                        "t10k-images-idx3-ubyte(.gz)",
                        "t10k-labels-idx1-ubyte(.gz)")
                .hasMessageNotContaining("downloaded");
    }

    @Test
    void aFolderThatDoesNotExistIsNamedWithItsOrigin() {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> small().load(new DataPlace.Given(nowhere, "SLUICE_DATA")))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(nowhere.toString(), "from SLUICE_DATA", "does not exist");
    }

    @Test
    void trainingAndTestImagesOfDifferentSizeAreRefused() {
        IdxBytes.writeDataSet(folder);
        IdxBytes.write(folder.resolve("t10k-images-idx3-ubyte"), IdxBytes.images(10, 4, 4, 0));

        assertRefused(small())
                .hasMessageContainingAll("train-images", "2 x 3 pixels", "t10k-images", "of 4 x 4", "one data set");
    }

    @Test
    void trainingAndTestImagesOfEquallyManyPixelsButAnotherShapeAreRefused() {
        IdxBytes.writeDataSet(folder);
        IdxBytes.write(folder.resolve("t10k-images-idx3-ubyte"), IdxBytes.images(10, 3, 2, 0));

        assertRefused(small()).hasMessageContainingAll("2 x 3 pixels", "of 3 x 2", "one data set");
    }

    @Test
    void filesOfTheUsersOwnAreUsedWithAWarningIfTheyAreNotThePublishedOnes() {
        IdxBytes.writeDataSet(folder);
        IdxBytes.write(folder.resolve("t10k-images-idx3-ubyte"), IdxBytes.images(10, 2, 3, 99));

        String log = logOf(() -> assertThat(given(small()).test().row(0)[0]).isEqualTo(99));

        assertThat(log).containsOnlyOnce("WARN").contains("t10k-images", "not the published file of small", "used");
    }

    @Test
    void thePublishedFilesCauseNoWarning() {
        IdxBytes.writeDataSet(folder);

        assertThat(logOf(() -> given(small()))).isEmpty();
    }

    @Test
    void whatTheCacheLacksIsDownloadedOnce() {
        try (FileServer server = served()) {
            DataSet loaded = cached(small(server.address()));
            DataSet again = cached(small(server.address()));

            assertThat(loaded.checksums()).isEqualTo(sha256ByFileName()).isEqualTo(again.checksums());
            assertThat(server.requests).hasSize(4);
            assertThat(folder.resolve("small/train-images-idx3-ubyte.gz")).exists();
        }
    }

    @Test
    void onlyTheFilesThatTheCacheLacksAreDownloaded() {
        IdxBytes.write(folder.resolve("small/t10k-labels-idx1-ubyte"), CONTENTS.get(IdxPart.TEST_LABELS));

        try (FileServer server = served()) {
            cached(small(server.address()));

            assertThat(server.requests).hasSize(3).doesNotContain("/t10k-labels-idx1-ubyte.gz");
        }
    }

    @Test
    void aCachedFileThatIsNotThePublishedOneIsRefused() {
        IdxBytes.writeDataSet(folder.resolve("small"));
        IdxBytes.write(folder.resolve("small/t10k-images-idx3-ubyte"), IdxBytes.images(10, 2, 3, 99));

        assertThatThrownBy(() -> cached(small(FileServer.nowhere())))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("t10k-images", "not the published file of small", "delete it and run again");
    }

    @Test
    void nothingIsDownloadedIntoAFolderOfTheUsers() {
        try (FileServer server = served()) {
            assertRefused(small(server.address())).hasMessageContaining("have them downloaded");

            assertThat(server.requests).isEmpty();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void whereNothingIsPublishedAFolderMustBeNamed() {
        assertThatThrownBy(() -> cached(ImageDataSources.IDX))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("idx", "your own", "--data", "SLUICE_DATA");
    }

    @Test
    void whatCanBeDownloadedNeedsChecksums() {
        assertThatThrownBy(() -> new ImageDataSource(
                        "small", "", ImmutableList.of(URI.create("http://127.0.0.1/")), ImmutableMap.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("small", "4 checksums");
    }

    @Test
    void aMirrorThatIsNoFolderIsRefused() {
        assertThatThrownBy(() -> small(URI.create("http://127.0.0.1/files")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slash");
    }

    @Test
    void nothingIsFetchedInTheOpen() {
        assertThatThrownBy(() -> small(URI.create("http://example.org/files/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }

    /** A set whose files' names begin so, with as many images. */
    private void set(String name, int count) {
        IdxBytes.write(
                folder.resolve(name + "-train-images-idx3-ubyte.gz"), IdxBytes.gzip(IdxBytes.images(count, 2, 3, 0)));
        IdxBytes.write(folder.resolve(name + "-train-labels-idx1-ubyte"), IdxBytes.labels(count));
        IdxBytes.write(folder.resolve(name + "-test-images-idx3-ubyte"), IdxBytes.images(10, 2, 3, 7));
        IdxBytes.write(folder.resolve(name + "-test-labels-idx1-ubyte"), IdxBytes.labels(10));
    }

    @Test
    void theOneSetOfAFolderIsFoundWhateverItsFilesNamesBeginWith() {
        set("own", 12);

        DataSet loaded = given(ImageDataSources.IDX);

        assertThat(loaded.train().size()).isEqualTo(12);
        assertThat(loaded.checksums()).containsKey("own-train-images-idx3-ubyte");
        assertThat(loaded.notes()).isEmpty();
    }

    @Test
    void setsOfOneFolderAreToldApartByName() {
        set("emnist-digits", 12);
        set("emnist-mnist", 14);

        assertRefused(ImageDataSources.IDX)
                .hasMessageContainingAll("2 sets, emnist-digits, emnist-mnist", "files: emnist-digits");
        assertThat(ImageDataSources.IDX
                        .load(new DataPlace.Given(folder, "--data"), "emnist-mnist")
                        .train()
                        .size())
                .isEqualTo(14);
        assertThatThrownBy(() -> ImageDataSources.IDX.load(new DataPlace.Given(folder, "--data"), "emnist-letters"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("emnist-letters-test-labels-idx1-ubyte(.gz)");
    }

    @Test
    void filesWithMnistsNamesComeFirst() {
        set("emnist-digits", 12);
        IdxBytes.writeDataSet(folder);

        assertThat(given(ImageDataSources.IDX).train().size()).isEqualTo(20);
    }

    @Test
    void aMissingFileOfASetIsNamedAsTheOthersAre() throws IOException {
        set("qmnist", 12);
        Files.delete(folder.resolve("qmnist-test-images-idx3-ubyte"));

        assertRefused(ImageDataSources.IDX)
                .hasMessageContaining("qmnist-test-images-idx3-ubyte(.gz) is missing from " + folder);
    }

    @Test
    void labelsOfQmnistAreFoundByTheirName() throws IOException {
        set("qmnist", 2);
        Files.delete(folder.resolve("qmnist-train-labels-idx1-ubyte"));
        ByteBuffer rows = ByteBuffer.allocate(64).putInt(0, 4).putInt(32, 3);
        IdxBytes.write(
                folder.resolve("qmnist-train-labels-idx2-int"), IdxBytes.of(0xc02, new int[] {2, 8}, rows.array()));

        assertThat(given(ImageDataSources.IDX).train().labels()).containsExactly(4, 3);
    }

    @Test
    void classesOfEmnistHaveTheCharactersOfItsMappingAndItsImagesAreUpright() throws IOException {
        set("emnist-letters", 12);
        Files.writeString(folder.resolve("emnist-letters-mapping.txt"), "1 65 97\n2 66 98 \n\n9 73 105\n");

        DataSet loaded = given(ImageDataSources.IDX);

        assertThat(loaded.classNames()).containsExactly("0", "A", "B", "3", "4", "5", "6", "7", "8", "I");
        assertThat(loaded.shape()).isEqualTo(new Shape.Image(3, 2));
        assertThat(loaded.test().row(0)).containsExactly(7, 10, 8, 11, 9, 12);
        assertThat(loaded.checksums()).containsKey("emnist-letters-mapping.txt");
        assertThat(loaded.notes())
                .containsExactly("images of emnist-letters, which are stored column by column, were turned upright");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 A", "1", "1 -65", "1 65 97 x", "1 1114112"})
    void aMappingThatIsNoneIsNamedWithItsLine(String line) throws IOException {
        set("emnist-letters", 12);
        Files.writeString(folder.resolve("emnist-letters-mapping.txt"), "0 64\n" + line + "\n");

        assertRefused(ImageDataSources.IDX).hasMessageContaining("emnist-letters-mapping.txt, line 2: must be a label");
    }

    private DataSet given(ImageDataSource source) {
        return source.load(new DataPlace.Given(folder, "--data"));
    }

    private DataSet cached(ImageDataSource source) {
        return source.load(new DataPlace.Cache(folder, Download.reportingTo(new LineListener(discarding()))));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ImageDataSource source) {
        return assertThatThrownBy(() -> given(source)).isInstanceOf(InputException.class);
    }

    private static ImageDataSource small(URI... mirrors) {
        ImmutableMap.Builder<IdxPart, String> sha256 = ImmutableMap.builder();
        CONTENTS.forEach((part, content) -> sha256.put(part, sha256(content)));
        return new ImageDataSource("small", "for tests", ImmutableList.copyOf(mirrors), sha256.buildOrThrow());
    }

    private static FileServer served() {
        FileServer server = new FileServer();
        CONTENTS.forEach((part, content) -> server.with(part.compressedFileName(), IdxBytes.gzip(content)));
        return server;
    }

    private static ImmutableMap<String, String> sha256ByFileName() {
        ImmutableMap.Builder<String, String> checksums = ImmutableMap.builder();
        CONTENTS.forEach((part, content) -> checksums.put(part.fileName(), sha256(content)));
        return checksums.buildOrThrow();
    }

    private static String sha256(byte[] content) {
        return Hashing.sha256().hashBytes(content).toString();
    }

    private static PrintStream discarding() {
        return new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    private static String logOf(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
