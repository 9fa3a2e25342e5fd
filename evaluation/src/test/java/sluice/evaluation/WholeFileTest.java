package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private static final String LEFT = ".a.csv.0123456789abcdef.part";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("a.csv");
    }

    /** A process that writes half of a file, and then ends at once or waits for a line. */
    static final class HalfWriter {
        private HalfWriter() {}

        /** Arguments: the file, and whether to {@code halt} or {@code wait}. */
        public static void main(String[] arguments) throws IOException {
            WholeFile.write(Path.of(arguments[0]), out -> {
                out.write(new byte[100_000]);
                if (arguments[1].equals("halt")) {
                    Runtime.getRuntime().halt(9);
                }
                System.out.println("half");
                System.in.read();
            });
        }
    }

    private Process halfWriter(String how) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfWriter.class.getName(),
                        file.toString(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void write(Path file, String text) throws IOException {
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatAKilledWriterLeftIsGoneWhenTheFileIsWrittenAgain() throws Exception {
        Process killed = halfWriter("halt");
        assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).isEqualTo(9);
        assertThat(names()).singleElement().satisfies(left -> {
            assertThat(WholeFile.isTemporary(folder.resolve(left))).isTrue();
            assertThat(folder.resolve(left)).isNotEmptyFile();
        });

        write(file, "whole");

        assertThat(names()).containsExactly("a.csv");
        assertThat(file).hasContent("whole");
    }

    @Test
    void whatAnotherProcessIsWritingStays() throws Exception {
        Process other = halfWriter("wait");
        try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("half");

            write(file, "whole");

            assertThat(names()).hasSize(2).contains("a.csv");
            assertThat(file).hasContent("whole");
            other.outputWriter(StandardCharsets.UTF_8).append('\n').close();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).isZero();
        } finally {
            other.destroyForcibly();
        }
        assertThat(names()).containsExactly("a.csv");
        assertThat(file).hasSize(100_000);
    }

    @Test
    void whatIsBeingWrittenInThisProcessStays() throws IOException {
        WholeFile.write(file, out -> {
            out.write('1');
            write(file, "whole");
            assertThat(file).hasContent("whole");
            out.write('2');
        });

        assertThat(names()).containsExactly("a.csv");
        assertThat(file).hasContent("12");
    }

    @Test
    void onlyTemporaryFilesOfTheSameNameAreSwept() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "keep");
        Files.createSymbolicLink(folder.resolve(".a.csv.0000000000000000.part"), victim);
        Files.createDirectory(folder.resolve(".a.csv.1111111111111111.part"));
        for (String name :
                List.of(LEFT, ".b.a.csv.0123456789abcdef.part", ".a.csv.part", ".a.csv.mine.part", "c.part")) {
            Files.writeString(folder.resolve(name), "half");
        }

        write(file, "whole");

        assertThat(names())
                .containsExactly(
                        ".a.csv.0000000000000000.part",
                        ".a.csv.1111111111111111.part",
                        ".a.csv.mine.part",
                        ".a.csv.part",
                        ".b.a.csv.0123456789abcdef.part",
                        "a.csv",
                        "c.part",
                        "victim");
        assertThat(victim).hasContent("keep");
    }

    @Test
    void namesOfEarlierVersionsAreLeftoversAfterAnHour() throws IOException {
        Path left = Files.writeString(folder.resolve(".a.csv.part"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));

        write(file, "whole");

        assertThat(names()).containsExactly("a.csv");
    }

    @Test
    void aWriterThatFailsLeavesNothingAndTheFileAsItWas() throws IOException {
        write(file, "whole");

        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(1);
                    throw new IOException("full");
                }))
                .hasMessage("full");

        assertThat(names()).containsExactly("a.csv");
        assertThat(file).hasContent("whole");
        assertThatThrownBy(() -> write(folder.resolve("none/a.csv"), "whole")).isInstanceOf(IOException.class);
    }

    @Test
    void aThreadThatIsInterruptedWritesAllTheSame() throws IOException {
        Thread.currentThread().interrupt();

        write(file, "whole");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("whole");
    }
}
