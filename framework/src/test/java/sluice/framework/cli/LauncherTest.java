package sluice.framework.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import com.google.common.base.StandardSystemProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with a Maven that packs a text file, and a Java that waits and prints it. */
@Tag("slow")
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "bash",
            "sh",
            "find",
            "mktemp",
            "grep",
            "rm",
            "mv",
            "mkdir",
            "rmdir",
            "touch",
            "ln",
            "sleep",
            "ps",
            "cat",
            "head",
            "sed",
            "dirname",
            "readlink",
            "chmod",
            "cmp",
            "stty");

    @TempDir
    private Path home;

    @BeforeEach
    void makeCheckout() throws IOException {
        assumeTrue(!StandardSystemProperty.OS_NAME.value().startsWith("Windows"), "the launcher is a script of bash");
        Files.copy(Path.of("..", "sluice"), home.resolve("sluice"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("framework/src/main"));
        Files.writeString(home.resolve("framework/pom.xml"), "<project/>");
        script("bin/mvn", """
                echo build >>"$TEST_HOME/builds"
                mkdir -p "$TEST_HOME/framework/target/lib"
                echo half >"$TEST_HOME/framework/target/sluice-launched.jar"
                echo "[INFO] --- maven-jar-plugin:3.5.1:jar (default-jar) @ framework ---"
                sleep "${MAVEN_SECONDS:-0}"
                if [ -n "${MAVEN_FAILS:-}" ]; then echo "[ERROR] $MAVEN_FAILS"; exit 1; fi
                cat "$TEST_HOME/framework/src/main/source" >"$TEST_HOME/framework/target/sluice-launched.jar"
                """);
        script("jdk/bin/java", """
                sleep "${JAVA_SECONDS:-0}"
                while [ "$1" != -jar ]; do shift; done
                cat "$2"
                """);
        source("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with flock", "without flock"})
    void twoFirstBuildsAtOnceBuildOnceAndBothRun(String how) throws Exception {
        Process one = launch(how, "MAVEN_SECONDS=1");
        Process other = launch(how, "MAVEN_SECONDS=1");

        assertThat(output(one)).endsWith("first");
        assertThat(output(other)).endsWith("first");
        assertThat(home.resolve("builds")).hasContent("build");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with flock", "without flock"})
    void aRunningProcessKeepsTheBuildThatItBeganWith(String how) throws Exception {
        output(launch(how));
        Process running = launch(how, "JAVA_SECONDS=3");
        waitForUser(running);
        source("second");

        String later = output(launch(how));

        assertThat(later).endsWith("second");
        assertThat(output(running)).isEqualTo("first");
    }

    @Test
    void whatNobodyRunsFromAnyMoreIsRemovedByTheNextBuild() throws Exception {
        for (String source : List.of("first", "second", "third")) {
            source(source);
            output(launch("with flock"));
        }

        try (Stream<Path> files = Files.list(home.resolve(".launch"))) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("\\..*", "")))
                    .containsExactlyInAnyOrder("build", "current", "lock");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with flock", "without flock"})
    void aKilledBuildBlocksNobodyAndLeavesNothingHalf(String how) throws Exception {
        Process killed = launch(how, "MAVEN_SECONDS=2");
        while (!Files.exists(home.resolve("builds"))) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        Files.writeString(
                Files.createDirectories(home.resolve("framework/target/classes"))
                        .resolve("Half.class"),
                "half");
        // by these Maven holds what it unpacked to be there still
        Path markers = Files.createDirectories(home.resolve("framework/target/dependency-maven-plugin-markers"));

        killed.destroyForcibly().waitFor();
        String next = output(launch(how));

        assertThat(next).endsWith("first");
        assertThat(home.resolve("framework/target/classes")).doesNotExist();
        assertThat(markers).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"COMPILATION ERROR, true", "No space left on device, false"})
    void aMistakeInASourceIsToldAndKeepsWhatIsBuilt(String complaint, boolean kept) throws Exception {
        Process failing = launch("with flock", "MAVEN_FAILS=" + complaint);
        assertThat(output(failing)).isEmpty();
        assertThat(failing.exitValue()).isEqualTo(2);
        assertThat(home.resolve("errors")).content().contains("[ERROR] " + complaint, "sluice: the build failed; ");
        Path classes = Files.createDirectories(home.resolve("framework/target/classes"));

        assertThat(output(launch("with flock"))).isEqualTo("first");

        assertThat(Files.exists(classes)).isEqualTo(kept);
    }

    @Test
    void aSourceSavedDuringABuildIsBuiltNext() throws Exception {
        Process building = launch("with flock", "MAVEN_SECONDS=1");
        while (!Files.exists(home.resolve("builds"))) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        Files.writeString(home.resolve("framework/src/main/other"), "saved meanwhile");
        output(building);

        output(launch("with flock"));

        assertThat(home.resolve("builds")).hasContent("build\nbuild");
    }

    @Test
    void nothingIsBuiltTwice() throws Exception {
        output(launch("with flock"));
        output(launch("with flock"));

        assertThat(home.resolve("builds")).hasContent("build");
    }

    @Test
    void whatWasBuiltByHandIsNotBuiltAgain() throws Exception {
        buildByHand("by hand", Instant.now());

        assertThat(output(launch("with flock"))).isEqualTo("by hand");
        assertThat(output(launch("with flock"))).isEqualTo("by hand");

        assertThat(home.resolve("builds")).doesNotExist();
        assertThat(home.resolve("errors")).isEmptyFile();
    }

    @Test
    void whatWasBuiltByHandFromOlderSourcesIsBuiltAnew() throws Exception {
        buildByHand("by hand", Instant.now().minus(Duration.ofHours(1)));

        assertThat(output(launch("with flock"))).endsWith("first");
    }

    @Test
    void aModuleThatWasBuiltByItselfSinceIsBuiltWithTheOthers() throws Exception {
        buildByHand("by hand", Instant.now());
        Files.writeString(home.resolve("gating/target/gating-1.jar"), "built by itself since");

        assertThat(output(launch("with flock"))).endsWith("first");
    }

    @Test
    void aBuildByHandThatDidNotEndIsNotTakenOver() throws Exception {
        buildByHand("half", Instant.now());
        Files.setLastModifiedTime(
                home.resolve("framework/target/begun"),
                FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));

        assertThat(output(launch("with flock"))).endsWith("first");
    }

    @Test
    void theFirstBuildTellsHowLongItTakesAndHowFarItIs() throws Exception {
        output(launch("with flock", "MAVEN_SECONDS=1"));

        assertThat(Files.readAllLines(home.resolve("errors")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("for the first time", "about a minute"),
                        line -> assertThat(line).startsWith("sluice: 1 of 1 modules built (framework), "),
                        line -> assertThat(line).startsWith("sluice: built in "));
    }

    @Test
    void laterBuildsNameTheModulesWhoseSourcesHaveChanged() throws Exception {
        module("gating");
        module("framework/predict");
        output(launch("with flock"));
        Files.writeString(home.resolve("framework/predict/src/main/other"), "second");

        output(launch("with flock"));

        assertThat(home.resolve("errors")).content().contains("sources of framework/predict have changed: ");
    }

    /** What Maven leaves when nobody asked it to launch anything, of a build that began at a time. */
    private void buildByHand(String packed, Instant began) throws IOException {
        module("gating");
        String time = DateTimeFormatter.ofPattern("yyyyMMddHHmm.ss", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(began);
        Path library = Files.createDirectories(home.resolve("framework/target/lib"));
        Path gating = Files.createDirectories(home.resolve("gating/target"));
        for (Path folder : List.of(library, gating)) {
            Files.writeString(folder.resolve("gating-1.jar"), "gating");
        }
        Path jar = Files.writeString(home.resolve("framework/target/sluice-launched.jar"), packed);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minus(Duration.ofSeconds(2))));
        for (String module : List.of("gating", "framework")) {
            Files.writeString(home.resolve(module).resolve("target/begun"), time + "\n");
        }
    }

    private void module(String name) throws IOException {
        Path pom = home.resolve(name).resolve("pom.xml");
        Path sources = Files.createDirectories(pom.resolveSibling("src/main"));
        Files.writeString(pom, "<project/>");
        for (Path file : List.of(pom, sources)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
        }
    }

    /** A source that is newer than the last build, and older than the next. */
    private void source(String content) throws IOException {
        Path current = home.resolve(".launch/current");
        if (Files.exists(current)) {
            Files.setLastModifiedTime(current, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        }
        Path source = Files.writeString(home.resolve("framework/src/main/source"), content);
        for (Path file :
                List.of(home.resolve("pom.xml"), home.resolve("framework/pom.xml"), source.getParent(), source)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
        }
    }

    private void waitForUser(Process running) throws Exception {
        while (true) {
            try (Stream<Path> files = Files.walk(home.resolve(".launch"))) {
                if (files.anyMatch(file -> file.toString().endsWith("." + running.pid()))) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private Process launch(String how, String... variables) throws IOException {
        ProcessBuilder launcher =
                new ProcessBuilder("bash", home.resolve("sluice").toString());
        launcher.environment().put("TEST_HOME", home.toString());
        launcher.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            launcher.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        launcher.environment()
                .put("PATH", home.resolve("bin") + ":" + (how.startsWith("without") ? fewTools() : path()));
        return launcher.redirectError(home.resolve("errors").toFile()).start();
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static String path() {
        return System.getenv("PATH");
    }

    /** A folder with the tools that systems without flock have. */
    private Path fewTools() throws IOException {
        Path tools = Files.createDirectories(home.resolve("tools"));
        for (String tool : TOOLS) {
            for (String folder : Splitter.on(':').split(path())) {
                Path found = Path.of(folder, tool);
                if (Files.isExecutable(found) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), found);
                }
            }
        }
        return tools;
    }

    private void script(String name, String body) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
