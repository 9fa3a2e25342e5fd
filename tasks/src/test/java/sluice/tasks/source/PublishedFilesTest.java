package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.DataSet;

/** Reads the real files, where SLUICE_DATA says that they are. */
class PublishedFilesTest {
    @ParameterizedTest
    @CsvSource({"mnist, 5, 0, 4", "fashion-mnist, 9, 0, 0"})
    void thePublishedFilesAreReadWhole(String name, int first, int second, int third) {
        ImageDataSource source = (ImageDataSource) DataSets.named(name);

        DataSet read = source.load(new DataPlace.Given(folderWith(name), UserEnvironment.DATA_VARIABLE));

        assertThat(read.train().size()).isEqualTo(60_000);
        assertThat(read.test().size()).isEqualTo(10_000);
        assertThat(read.train().features()).isEqualTo(784);
        assertThat(read.train().labels()).startsWith(first, second, third);
        assertThat(read.checksums()).isEqualTo(published(source));
    }

    @Test
    void mnistPixelsAreRawAndHaveTheirKnownMean() {
        DataSet read = DataSets.load("mnist", new DataPlace.Given(folderWith("mnist"), UserEnvironment.DATA_VARIABLE));

        double sum = 0;
        for (int i = 0; i < read.train().size(); i++) {
            for (float value : read.train().row(i)) {
                sum += value;
            }
        }

        assertThat(sum / (read.train().size() * 784.0) / 255)
                .isBetween(0.1306, 0.1308); // the 0.1307 by which MNIST is usually normalised
    }

    private static Path folderWith(String name) {
        Path folder = UserEnvironment.ofThisProcess().dataFolder().orElse(null);
        boolean there = folder != null && Files.isDirectory(folder.resolve(name));
        if (!there) {
            // the test runner does not print why a test is skipped
            System.out.println(
                    "PublishedFilesTest skips " + name + ": SLUICE_DATA names no folder that has " + name + "/");
        }
        assumeTrue(there);
        return folder;
    }

    private static ImmutableMap<String, String> published(ImageDataSource source) {
        ImmutableMap.Builder<String, String> checksums = ImmutableMap.builder();
        source.sha256().forEach((part, checksum) -> checksums.put(part.fileName(), checksum));
        return checksums.buildOrThrow();
    }
}
