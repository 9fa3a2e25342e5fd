package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunChecksumsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("metrics.csv"), "acc,0.9\n");
        Files.writeString(folder.resolve("name with blanks"), "");
        RunChecksums.write(folder);
    }

    @Test
    void whatWasWrittenIsFoundSo() throws IOException {
        assertThatCode(() -> RunChecksums.check(folder)).doesNotThrowAnyException();
        assertThat(folder.resolve(RunChecksums.FILE)).content().hasLineCount(2).endsWith("  name with blanks\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.csv", RunChecksums.FILE})
    void noFlippedBitMisleads(String name) throws IOException {
        Path file = folder.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, flipped);
            try {
                RunChecksums.check(folder);
                // the name of a file, which is as it was
                assertThat(name).isEqualTo(RunChecksums.FILE);
            } catch (MatrixFormatException refused) {
                assertThat(refused).hasMessageContaining(RunChecksums.FILE);
            }
        }
    }

    @Test
    void anotherContentIsToldWithWhatToDo() throws IOException {
        Files.writeString(folder.resolve("metrics.csv"), "acc,0.8\n");

        assertThatThrownBy(() -> RunChecksums.check(folder))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContainingAll("metrics.csv is not as the run wrote it", "remove checksums.sha256");
    }

    @Test
    void aFileThatWasRemovedAndAFolderWithoutChecksumsAreFine() throws IOException {
        Files.delete(folder.resolve("name with blanks"));
        assertThatCode(() -> RunChecksums.check(folder)).doesNotThrowAnyException();

        Files.delete(folder.resolve(RunChecksums.FILE));
        Files.writeString(folder.resolve("metrics.csv"), "acc,0.8\n");
        assertThatCode(() -> RunChecksums.check(folder)).doesNotThrowAnyException();
    }
}
