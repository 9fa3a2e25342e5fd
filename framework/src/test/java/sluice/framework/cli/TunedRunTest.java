package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script that searches for settings before its run. */
class TunedRunTest {
    private static final String RUN = """
            data: {set: digits, train_size: 300, test_size: 100}
            split: {groups: [[0, 1], [2, 3], [4, 5]]}
            strategy: er
            network: {hidden: [12]}
            training: {iterations: 40}
            """;
    private static final String SEARCH = """
            tune:
              try: {training.learning_rate: [1e-6, 0.01], training.batch_size: [8]}
              tasks: 2
              seeds: [7, 8]
            """;

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void write() throws IOException {
        script = Files.writeString(folder.resolve("a.yaml"), RUN + SEARCH);
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path search() {
        return folder.resolve("out-search");
    }

    @Test
    void theBestSettingsOfTheSearchAreThoseOfTheRun() throws IOException {
        Console.Result result = sluice("run", script, "--out", out());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "best by acc on held-out training examples: training.learning_rate: 0.01, training.batch_size: 8\n");
        List<String> trials = Files.readAllLines(out().resolve("tuning.csv"));
        assertThat(trials).hasSize(5);
        assertThat(trials.get(1))
                .startsWith("try-1,\"training.learning_rate: 1e-6, training.batch_size: 8\",7,acc,0.")
                .endsWith(",false");
        assertThat(trials.get(4)).contains("try-2").contains(",8,acc,").endsWith(",true");
        assertThat(Files.readString(out().resolve("report.html"))).contains("\"tuning\":{\"metric\":\"acc\"");
        assertThat(search().resolve("try-2-seed8").resolve("run.json")).exists();
        // two tasks of the search; its test examples are a fifth of the training examples, and not those of the run
        assertThat(Files.readString(search().resolve("try-1-seed7").resolve("accuracy-matrix.csv")))
                .doesNotContain("4-5");
        assertThat(Files.readString(out().resolve("accuracy-matrix.csv"))).contains("4-5");
    }

    @Test
    void theRunIsThatOfAScriptWithTheSettingsAlone() throws IOException {
        Path alone = Files.writeString(
                folder.resolve("b.yaml"), "name: a\n" + RUN.replace("40}", "40, learning_rate: 0.01, batch_size: 8}"));

        assertThat(sluice("run", script, "--out", out()).code()).isZero();
        assertThat(sluice("run", alone, "--out", folder.resolve("alone")).code())
                .isZero();

        assertThat(out().resolve("accuracy-matrix.csv"))
                .hasSameBinaryContentAs(folder.resolve("alone").resolve("accuracy-matrix.csv"));
        assertThat(out().resolve("model.sluice"))
                .hasSameBinaryContentAs(folder.resolve("alone").resolve("model.sluice"));
    }

    @Test
    void aSearchThatIsThereIsNotDoneAgain() throws IOException {
        assertThat(sluice("run", script, "--out", out()).code()).isZero();
        byte[] trials = Files.readAllBytes(out().resolve("tuning.csv"));
        List<Path> files;
        try (Stream<Path> listed = Files.list(out())) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(out());
        long before = Files.getLastModifiedTime(search().resolve("try-1-seed7").resolve("model.sluice"))
                .toMillis();

        assertThat(sluice("run", script, "--out", out()).code()).isZero();

        assertThat(Files.readAllBytes(out().resolve("tuning.csv"))).isEqualTo(trials);
        assertThat(Files.getLastModifiedTime(search().resolve("try-1-seed7").resolve("model.sluice"))
                        .toMillis())
                .isEqualTo(before);
    }

    @Test
    void aSettingThatIsWrongIsToldBeforeAnythingIsTrained() throws IOException {
        Files.writeString(script, RUN + SEARCH.replace("0.01]", "-1]"));

        Console.Result result = sluice("run", script, "--out", out());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("sluice: " + script + ":7: tune.try: tries what is wrong: --set training.learning_rate=-1")
                .hasLineCount(1);
        assertThat(out()).doesNotExist();
        assertThat(search()).doesNotExist();
    }

    @Test
    void isValidated() throws IOException {
        assertThat(sluice("validate", script).out())
                .isEqualTo("ok  " + script + ": a, one run, after a search of 4 runs\n");
        Files.writeString(script, RUN + SEARCH.replace("0.01]", "-1]"));
        assertThat(sluice("validate", script).err()).contains(":7: tune.try: tries what is wrong");
    }

    @Test
    void comparisonsAndOneExampleTasksAreRefused() throws IOException {
        Files.writeString(script, RUN + SEARCH + "compare: {variants: [{name: b}]}\n");
        assertThat(sluice("run", script, "--out", out()).err()).contains("tune: has no meaning beside compare");
        Files.writeString(script, RUN + "selection: {held_out: 0.0001}\n");
        assertThat(sluice("run", script, "--out", out()).err())
                .contains(
                        ":6: selection.held_out: none of the 60 training examples of task 0-1 is held out by a share of 1.0E-4");
    }
}
