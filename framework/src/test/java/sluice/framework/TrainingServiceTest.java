package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that trains needs no more on its class path than the framework's page says. */
@Tag("slow")
class TrainingServiceTest {
    private static final int MOST_JARS = 45;
    private static final int SLUICE_JARS = 5;
    /** Beside the jars of one platform's native libraries, 104.9 MB on Linux, and Sluice's own. */
    private static final long MOST_BYTES_OF_LIBRARIES = 21_400_000;

    private static final Pattern NATIVE =
            Pattern.compile("(nd4j-native.*|openblas|javacpp)-\\d.*-(linux|macosx|windows)-.*");
    private static final Pattern OF_TESTS = Pattern.compile(
            "(junit|jqwik|opentest4j|open-test|echarts|selenium|apiguardian|assertj|byte-buddy|objenesis|mockito|archunit|json-schema|itu-|snakeyaml-engine|surefire"
                    + "|maven-surefire|common-java5|slf4j-simple|jackson-[a-z-]+-3\\.).*");

    /** What comes with an artifact, and with no other. */
    private static final Set<String> COME_ALONG = ImmutableSet.of(
            "jline-terminal",
            "jline-native",
            "batik-awt-util",
            "batik-constants",
            "batik-i18n",
            "batik-shared-resources",
            "batik-util",
            "xmlgraphics-commons",
            "commons-logging",
            "snakeyaml",
            "jna-platform",
            "threetenbp");

    @TempDir
    private Path folder;

    @Test
    void whatThePageExcludesIsNotNeededToTrainAndPredict() throws Exception {
        Set<String> excluded = excluded();
        List<String> classPath = new ArrayList<>();
        List<Path> jars = new ArrayList<>();
        for (String entry : Splitter.on(File.pathSeparator).split(System.getProperty("java.class.path"))) {
            String name = Path.of(entry).getFileName().toString();
            boolean isJar = name.endsWith(".jar");
            if (isJar && (OF_TESTS.matcher(name).matches() || excluded.contains(artifact(name)))) {
                continue;
            }
            classPath.add(entry);
            if (isJar && !entry.contains("target")) {
                jars.add(Path.of(entry));
            }
        }
        assertThat(excluded).hasSizeGreaterThan(20);
        assertThat(jars.stream().map(TrainingServiceTest::artifact)).doesNotContain("picocli", "xchart", "snakeyaml");
        assertThat(jars.size() + SLUICE_JARS).isLessThanOrEqualTo(MOST_JARS);
        assertThat(jars.stream()
                        .filter(jar ->
                                !NATIVE.matcher(jar.getFileName().toString()).matches())
                        .mapToLong(jar -> jar.toFile().length())
                        .sum())
                .isLessThan(MOST_BYTES_OF_LIBRARIES);

        List<String> said = service(String.join(File.pathSeparator, classPath));

        assertThat(said)
                .startsWith(
                        "dense task 0: predictions right, bits same",
                        "dense task 1: predictions right, bits same",
                        "convolutional task 0: predictions right, bits same",
                        "convolutional task 1: predictions right, bits same")
                .hasSize((int) (4 + TrainingService.strategies().count()));
    }

    private static Set<String> excluded() throws IOException {
        String page = Files.readString(Path.of("README.md"));
        return Stream.concat(
                        Pattern.compile("<exclusion>.*?<artifactId>(.*?)</artifactId>")
                                .matcher(page)
                                .results()
                                .map(found -> found.group(1)),
                        COME_ALONG.stream())
                .collect(Collectors.toSet());
    }

    private static String artifact(Path jar) {
        return artifact(jar.getFileName().toString());
    }

    private static String artifact(String jar) {
        return jar.replaceFirst("-\\d.*", "");
    }

    private List<String> service(String classPath) throws Exception {
        Path said = folder.resolve("said.txt");
        ProcessBuilder started = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        classPath,
                        TrainingService.class.getName(),
                        folder.toString())
                .redirectOutput(said.toFile())
                .redirectError(folder.resolve("errors.txt").toFile());
        int code = started.start().waitFor();

        assertThat(code)
                .as(Files.readString(folder.resolve("errors.txt"), StandardCharsets.UTF_8))
                .isZero();
        return Files.readAllLines(said);
    }
}
