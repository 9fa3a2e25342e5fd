package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.InputException;

@Tag("slow")
class DownloadTest {
    private static final byte[] CONTENT = noise(50_000);
    private static final byte[] FILE = IdxBytes.gzip(CONTENT);
    private static final String SHA256 = Hashing.sha256().hashBytes(CONTENT).toString();

    @TempDir
    Path temporary;

    private final FileServer first = new FileServer();
    private final FileServer second = new FileServer();
    private final Heard heard = new Heard();
    private Duration stallTimeout = Duration.ofSeconds(10);

    @AfterEach
    void stopServers() {
        first.close();
        second.close();
    }

    @Test
    void aFileIsFetchedIntoAFolderThatIsMadeForIt() throws IOException {
        first.with("file.gz", FILE);

        Path file = fetch(first.address());

        assertThat(file).isEqualTo(folder().resolve("file.gz")).hasBinaryContent(FILE);
        assertOnlyFile("file.gz");
    }

    @Test
    void theListenerHearsTheSizeAndEveryByte() {
        first.with("file.gz", FILE);

        fetch(first.address());

        assertThat(heard.events).containsExactly("begin 0 of " + FILE.length, "end");
        assertThat(heard.bytes).isEqualTo(FILE.length);
    }

    @Test
    void anAttemptThatBroughtNothingLeavesNothing() {
        assertThatThrownBy(() -> fetch(FileServer.nowhere())).isInstanceOf(InputException.class);

        assertThat(folder().resolve("file.gz.part")).doesNotExist();
    }

    @Test
    void theSecondMirrorServesWhatTheFirstHasNot() throws IOException {
        second.with("file.gz", FILE);

        Path file = fetch(FileServer.nowhere(), first.address(), second.address());

        assertThat(file).hasBinaryContent(FILE);
        assertThat(first.requests).containsExactly("/file.gz");
    }

    @Test
    void aFileOfAnotherContentIsRefusedAndNotKept() throws IOException {
        byte[] other = noise(100);
        first.with("file.gz", IdxBytes.gzip(other));

        assertFails(first.address())
                .hasMessageContainingAll(
                        "file.gz",
                        "not the published one",
                        Hashing.sha256().hashBytes(other).toString(),
                        SHA256);

        assertNoFiles();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatSendsMoreThanTheFileHasIsRefusedBeforeTheDiskIsFull(boolean announced) throws IOException {
        first.with("file.gz", noise(10_000_000)).announces = announced;
        second.with("file.gz", FILE);

        assertFails(first.address()).hasMessageContaining("sends more than 115,586 bytes");
        assertNoFiles();
        assertThat(fetch(first.address(), second.address())).hasBinaryContent(FILE);
    }

    @Test
    void aSmallFileThatUnpacksToManyBytesIsRefusedAndNotKept() throws IOException {
        first.with("file.gz", IdxBytes.gzip(new byte[10_000_000]));

        assertFails(first.address()).hasMessageContaining("more than 50,000 bytes");

        assertNoFiles();
    }

    @Test
    void aPartThatIsLargerThanTheFileIsFetchedAgainFromItsStart() throws IOException {
        IdxBytes.write(part(), noise(1_000_000));
        first.with("file.gz", FILE);

        assertThat(fetch(first.address())).hasBinaryContent(FILE);
        assertThat(first.requests).containsExactly("/file.gz");
    }

    @Test
    void aDamagedGzipFileIsRefusedAndNotKept() throws IOException {
        first.with("file.gz", Arrays.copyOf(FILE, FILE.length / 2));

        assertFails(first.address()).hasMessageContaining("damaged gzip");

        assertNoFiles();
    }

    @Test
    void theNextMirrorMakesGoodForAWrongChecksum() throws IOException {
        first.with("file.gz", "<html>please log in</html>".getBytes(StandardCharsets.UTF_8));
        second.with("file.gz", FILE);

        assertThat(fetch(first.address(), second.address())).hasBinaryContent(FILE);
        assertOnlyFile("file.gz");
    }

    @Test
    void whereAllMirrorsFailEachReasonAndTheWaysOutAreNamed() {
        URI nowhere = FileServer.nowhere();

        assertFails(nowhere, first.address())
                .hasMessageContainingAll(
                        nowhere + ": connection refused",
                        first.address() + ": HTTP 404",
                        folder().toString(),
                        "by hand",
                        "--data",
                        "running again resumes")
                .hasMessageNotContaining("\n");
    }

    @Test
    void anUnknownHostIsNamedAsSuch() {
        String tooLongToResolve = "a".repeat(70) + ".invalid";

        assertFails(URI.create("http://" + tooLongToResolve + "/")).hasMessageContaining("invalid/: unknown host");
    }

    @Test
    void aServerThatFallsSilentIsGivenUpAndWhatItSentIsKept() {
        first.with("file.gz", FILE).breaksOffAfter = 20_000;
        first.silent = true;
        stallTimeout = Duration.ofSeconds(1);

        assertFails(first.address()).hasMessageContaining("silent for 1.0 s");

        assertThat(part()).hasSize(20_000);
        assertThat(folder().resolve("file.gz")).doesNotExist();
    }

    @Test
    void aBrokenDownloadIsResumedByTheNextAttempt() throws IOException {
        first.with("file.gz", FILE).breaksOffAfter = 20_000;
        assertFails(first.address()).hasMessageContaining(first.address().toString());
        long kept = Files.size(part());

        first.breaksOffAfter = Integer.MAX_VALUE;
        Path file = fetch(first.address());

        assertThat(kept).isPositive();
        assertThat(file).hasBinaryContent(FILE);
        assertThat(first.requests).containsExactly("/file.gz", "/file.gz bytes=" + kept + "-");
        assertThat(heard.events).contains("begin " + kept + " of " + FILE.length);
        assertOnlyFile("file.gz");
    }

    @Test
    void aServerThatCannotResumeSendsTheFileFromItsStart() throws IOException {
        IdxBytes.write(part(), Arrays.copyOf(FILE, 1000));
        first.with("file.gz", FILE).resumes = false;

        assertThat(fetch(first.address())).hasBinaryContent(FILE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 60_000})
    void aPartThatDoesNotBelongIsFetchedAgainFromItsStart(int length) throws IOException {
        IdxBytes.write(part(), noise(length));
        first.with("file.gz", FILE);

        assertThat(fetch(first.address())).hasBinaryContent(FILE);
    }

    @Test
    void aPartThatAnotherRunIsWritingIsLeftAlone() throws IOException {
        IdxBytes.write(part(), new byte[10]);
        first.with("file.gz", FILE);

        try (FileChannel other = FileChannel.open(part(), StandardOpenOption.WRITE)) {
            other.lock();
            assertFails(first.address()).hasMessageContainingAll("file.gz.part", "another run", "wait");
        }

        assertThat(part()).hasSize(10);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(folder(), "a file where the folder should be");

        assertFails(first.address()).hasMessageContainingAll("cannot write", folder().toString(), "--data");
    }

    @Test
    void anInterruptedDownloadSaysSoAndKeepsTheInterruption() {
        first.with("file.gz", FILE);

        Thread.currentThread().interrupt();

        assertFails(first.address()).hasMessageContainingAll("interrupted", "run again to resume");
        assertThat(Thread.interrupted()).isTrue();
    }

    private Path folder() {
        return temporary.resolve("cache");
    }

    private Path part() {
        return folder().resolve("file.gz.part");
    }

    private Path fetch(URI... mirrors) {
        return new Download(Duration.ofSeconds(5), stallTimeout, heard)
                .fetch(List.of(mirrors), new PublishedFile("file.gz", SHA256, CONTENT.length), folder());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(URI... mirrors) {
        return assertThatThrownBy(() -> fetch(mirrors)).isInstanceOf(InputException.class);
    }

    private void assertOnlyFile(String name) throws IOException {
        try (var files = Files.list(folder())) {
            assertThat(files).containsExactly(folder().resolve(name));
        }
    }

    private void assertNoFiles() {
        assertThat(folder()).isEmptyDirectory();
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static final class Heard implements DownloadListener {
        final List<String> events = Collections.synchronizedList(new ArrayList<>());
        volatile long bytes;

        @Override
        public void begin(URI source, long alreadyHere, OptionalLong total) {
            events.add("begin " + alreadyHere + " of " + total.orElse(-1));
            bytes = alreadyHere;
        }

        @Override
        public synchronized void advance(long more) {
            bytes += more;
        }

        @Override
        public void end() {
            events.add("end");
        }
    }
}
