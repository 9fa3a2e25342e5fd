package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.cli.Console.Result;

/** A run that is stopped while it goes, as a process of its own. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 100, test_size: 50}
            split: {groups: [[0, 1], [7, 3]]}
            network: {hidden: [12]}
            training: {iterations: 100000000}
            """;

    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    /** Runs a script, and sends SIGTERM when a line begins so. */
    private Ended stoppedAt(String line, String script, String... options) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SluiceCommand.class.getName(),
                "run",
                file.toString(),
                "--out",
                folder.resolve("out").toString(),
                "--threads",
                "1"));
        words.addAll(List.of(options));
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(words).redirectError(err.toFile()).start();
        StringBuilder out = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String next = lines.readLine(); next != null; next = lines.readLine()) {
                out.append(next).append('\n');
                if (next.startsWith(line)) {
                    process.toHandle().destroy(); // the process's own destroy() closes its streams
                }
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), out.toString(), Files.readString(err));
    }

    private List<String> files(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aRunThatIsStoppedKeepsTheRowsOfTheTasksThatItLearned() throws Exception {
        String tables = "0.1,0.2,0\n0.9,0.8,1\n".repeat(10);
        Files.writeString(folder.resolve("a.csv"), "x,y,label\n" + tables);
        Files.writeString(folder.resolve("b.csv"), "x,y,label\n" + tables.repeat(4_000));
        String ofTables = """
                data:
                  set: csv
                  label: label
                  tasks:
                  - {name: small, train: a.csv, test: a.csv}
                  - {name: large, train: b.csv, test: a.csv}
                network: {hidden: [12]}
                training: {epochs: 1000, batch_size: 20}
                """;

        Ended ended = stoppedAt("task 2/2", ofTables);

        assertThat(ended.code()).as(ended.err()).isEqualTo(130);
        assertThat(ended.err()).contains("sluice: stopping at the next step");
        assertThat(ended.out()).contains("after 1 (small): ", "stopped: 1 of 2 tasks learned");
        assertThat(ended.out()).contains("run the same again to go on from here");
        assertThat(files(folder.resolve("out")))
                .contains("accuracy-matrix.csv", "metrics.csv", "model.sluice", "report.html", "run.json");
        assertThat(folder.resolve("out/run.json")).content().contains("\"interrupted\" : true");
        assertThat(Files.readAllLines(folder.resolve("out/accuracy-matrix.csv")))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("gates,1,1,small,"));
        Result predicted = sluice(
                "predict",
                "--model",
                folder.resolve("out"),
                "--input",
                folder.resolve("a.csv"),
                "--task",
                "small",
                "--out",
                folder.resolve("predictions.csv"));
        assertThat(predicted.code()).as(predicted.err()).isZero();
        Ended again = stoppedAt("task 2/2", ofTables);
        assertThat(again.code()).as(again.err()).isEqualTo(130);
        Ended plain = stoppedAt("task 2/2", ofTables, "--set", "strategy=ewc", "--overwrite");
        assertThat(plain.code()).as(plain.err()).isEqualTo(130);
        assertThat(files(folder.resolve("out")))
                .contains("accuracy-matrix.csv", "metrics.csv", "report.html", "run.json")
                .doesNotContain("model.sluice");
    }

    @Test
    void aRunThatLearnedNothingLeavesItsCheckpoint() throws Exception {
        Ended ended = stoppedAt("task 1/2", SCRIPT);

        assertThat(ended.code()).isEqualTo(130);
        assertThat(ended.out()).contains("stopped: 0 of 2 tasks learned", "run the same again to go on from here");
        assertThat(files(folder)).containsExactly("err.txt", "mine.yaml", "out");
        assertThat(files(folder.resolve("out"))).allMatch(name -> name.startsWith("checkpoint-"));
    }

    @Test
    void aRunThatLearnedNothingAndKeepsNoCheckpointsLeavesNothing() throws Exception {
        Ended ended = stoppedAt("task 1/2", SCRIPT, "--set", "checkpoint.every=none");

        assertThat(ended.code()).isEqualTo(130);
        assertThat(ended.out()).contains("run the same again to start anew");
        assertThat(files(folder)).containsExactly("err.txt", "mine.yaml");
    }

    @Test
    void aComparisonThatIsStoppedKeepsTheRunsThatAreDone() throws Exception {
        Ended ended = stoppedAt(
                "[1/2]",
                SCRIPT + "compare: {variants: [{name: short, set: {training.iterations: 5}}, {name: endless}]}\n");

        assertThat(ended.code()).as(ended.err()).isEqualTo(130);
        assertThat(ended.out())
                .contains("stopped: 1 of 2 runs done", "| short", "run the same again to go on")
                .doesNotContain("| endless");
        assertThat(files(folder)).containsExactly("err.txt", "mine.yaml", "out");
        assertThat(files(folder.resolve("out")))
                // of the other run, if it had begun
                .filteredOn(name -> !name.equals("checkpoints"))
                .containsExactly(
                        "comparison.csv", "metrics.csv", "report.html", "report.md", "runs.csv", "short-seed1");
        assertThat(folder.resolve("out/runs.csv")).content().contains("short,1,done,", "endless,1,waiting,");
        assertThat(folder.resolve("out/report.md")).content().contains("1 run is still to come");
    }

    @Test
    void aRequestIsToldOnceAndSignalsAreGivenBack() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        try (Interruption interruption = Interruption.listen(new PrintStream(err, true, StandardCharsets.UTF_8))) {
            assertThat(interruption.requested()).isFalse();
            interruption.request();
            assertThat(interruption.requested()).isTrue();
        }

        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("the same again stops at once");
    }
}
