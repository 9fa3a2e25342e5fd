package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.RunChecksums;

class PackedRunsTest {
    private static final String MATRIX = """
            strategy,seed,after_task,task,correct,total,accuracy
            gates,1,1,a,9,10,0.9
            gates,1,2,a,8,10,0.8
            gates,1,2,b,7,10,0.7
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "run/", "mine/runs/run/"})
    void aPackedRunIsReadAsItsFolder(String within) throws IOException {
        Path run = ExampleRuns.small().writeRun(folder.resolve("run"));
        Path packed = pack(run, within);

        ReportRun there = ReportData.ofFolders(List.of(run)).runs().get(0);
        ReportRun here = ReportData.ofFolders(List.of(packed)).runs().get(0);

        assertThat(here.matrix()).isEqualTo(there.matrix());
        assertThat(here.details()).isEqualTo(there.details());
        assertThat(here.metrics().values().keySet())
                .isEqualTo(there.metrics().values().keySet());
        assertThat(here.place()).startsWith(packed.toString()).endsWith("/" + within.replaceFirst("/$", ""));
    }

    @Test
    void aPackedComparisonGivesTheReportOfItsFolder() throws IOException {
        ExampleRuns runs = new ExampleRuns(List.of("a", "b"), List.of("gates", "ewc"), 2, 3, 0);
        Path comparison = runs.writeComparison(folder.resolve("comparison"));

        assertThat(markdown(pack(comparison, ""))).isEqualTo(markdown(comparison));
        assertThat(markdown(pack(comparison, "comparison/"))).isEqualTo(markdown(comparison));
    }

    private static String markdown(Path runs) {
        return Report.of(ReportData.ofFolders(List.of(runs))).markdown();
    }

    @Test
    void whatSystemsAddWhenTheyPackIsNoFolderOfRuns() throws IOException {
        Path packed = archive("__MACOSX/._run", "x", ".DS_Store", "x", "run/accuracy-matrix.csv", MATRIX);

        assertThat(ReportData.ofFolders(List.of(packed)).runs()).hasSize(1);
    }

    @Test
    void mistakesInItSayWhichFileOfWhichArchive() throws IOException {
        Path csv = archive("run/accuracy-matrix.csv", MATRIX.replace("0.7\n", "0.6\n"));
        refuses(csv, csv + "/run/accuracy-matrix.csv, line 4", "accuracy");

        Path sums =
                archive("accuracy-matrix.csv", MATRIX, RunChecksums.FILE, "0".repeat(64) + "  accuracy-matrix.csv\n");
        refuses(sums, sums + "/accuracy-matrix.csv is not as the run wrote it");

        Path other = archive("notes.txt", "no run");
        refuses(other, other + "/ holds no results");
    }

    @Test
    void namesThatLeadOutOfItAreRefused() throws IOException {
        refuses(archive("../accuracy-matrix.csv", MATRIX), "cannot be read", "pack the folder anew");
    }

    @Test
    void aFileThatIsLongerThanItIsSaidToBeIsRefused() throws IOException {
        String large = MATRIX + "\n".repeat(1_000_000);
        byte[] bytes = bytes("accuracy-matrix.csv", large);
        replace(bytes, large.length(), MATRIX.length());

        refuses(write(bytes), "accuracy-matrix.csv in it is damaged");
    }

    /** Wherever the archive has that number. */
    private static void replace(byte[] bytes, int number, int other) {
        byte[] said = littleEndian(number);
        int at = Bytes.indexOf(bytes, said);
        assertThat(at).isNotNegative();
        for (; at >= 0; at = Bytes.indexOf(bytes, said)) {
            System.arraycopy(littleEndian(other), 0, bytes, at, said.length);
        }
    }

    private static byte[] littleEndian(int number) {
        return new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16), (byte) (number >> 24)};
    }

    @Test
    void moreThanItsMostIsRefusedByWhatItSays() throws IOException {
        byte[] bytes = bytes("accuracy-matrix.csv", MATRIX, "model.zip", "x".repeat(77_777));
        replace(bytes, 77_777, Integer.MAX_VALUE);

        refuses(write(bytes), "it holds more than 2 GB");
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        refuses(write(new byte[0]), "cannot be read", "pack the folder anew");
        refuses(write("no archive".getBytes(StandardCharsets.UTF_8)), "cannot be read", "pack the folder anew");
    }

    /** Bytes that nobody reads, such as times, may be any; under another name a record is none. */
    @Test
    void anArchiveOfWhichAByteIsDamagedIsReadAsItWasOrRefusedInALine() throws IOException {
        byte[] whole = bytes("run/accuracy-matrix.csv", MATRIX, "run/run.json", "{\"exact_retention\": true}");
        String read = markdown(write(whole));
        String withoutRecord = markdown(archive("run/accuracy-matrix.csv", MATRIX));
        Random random = new Random(1);
        for (int at = 0; at < whole.length; at += 3) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Path file = write(damaged);
            try {
                assertThat(markdown(file)).as("byte %d", at).isIn(read, withoutRecord);
            } catch (MatrixFormatException refused) {
                assertThat(refused.getMessage())
                        .as("byte %d", at)
                        .hasLineCount(1)
                        .contains(file.toString());
            }
        }
    }

    @Test
    void anArchiveThatEndsEarlyIsRefused() throws IOException {
        byte[] whole = bytes("run/accuracy-matrix.csv", MATRIX);
        for (int length = 0; length < whole.length; length += 5) {
            refuses(write(Arrays.copyOf(whole, length)), "cannot be read");
        }
    }

    private static void refuses(Path packed, String... parts) {
        ThrowingCallable reading = () -> ReportData.ofFolders(List.of(packed));
        assertThatThrownBy(reading)
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContainingAll(parts)
                .extracting(Throwable::getMessage)
                .asString()
                .hasLineCount(1);
    }

    private Path pack(Path run, String within) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(run)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> add(zip, within + run.relativize(file), file));
        }
        return write(out.toByteArray());
    }

    private static void add(ZipOutputStream zip, String name, Path file) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            Files.copy(file, zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path archive(String... namesAndTexts) throws IOException {
        return write(bytes(namesAndTexts));
    }

    private static byte[] bytes(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("runs.zip"), bytes);
    }
}
