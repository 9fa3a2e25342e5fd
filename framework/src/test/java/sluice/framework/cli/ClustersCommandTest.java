package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;
import static sluice.framework.cli.Console.oneLine;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of two classes that no column divides: its tasks are clusters, from a look at it to answers. */
class ClustersCommandTest {
    @TempDir
    private Path folder;

    private Path table;

    @BeforeEach
    void table() throws IOException {
        Random random = new Random(2);
        StringBuilder rows = new StringBuilder("age,spend,visits,churned\n");
        for (int i = 0; i < 240; i++) {
            int place = i % 2;
            boolean yes = random.nextBoolean();
            // what makes one churn in one place makes one stay in the other
            double visits = (yes == (place == 0) ? 1 : -1) + random.nextDouble();
            rows.append("%.2f,%.2f,%.2f,%s%n"
                    .formatted(
                            50.0 * place + random.nextDouble(),
                            9.0 * place + random.nextDouble(),
                            visits,
                            yes ? "yes" : "no"));
        }
        table = Files.writeString(folder.resolve("sales.csv"), rows);
    }

    private Path model(String strategy) {
        Path script = folder.resolve("mine.yaml");
        assertThat(sluice("init", script, "--csv", table).out()).contains("clusters of rows that are alike");
        assertThat(script).content().contains("  clusters: ");
        Console.Result run = sluice(
                "run",
                script,
                "--out",
                folder.resolve("run"),
                "--set",
                "data.clusters=2",
                "--set",
                "network.hidden=[16]",
                "--set",
                "training.iterations=400",
                "--set",
                "strategy=" + strategy);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("task 2/2 (cluster 2)");
        return folder.resolve("run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gates", "er"})
    void rowsFindTheirTaskThemselves(String strategy) {
        Path model = model(strategy);

        Console.Result found = sluice("predict", "--model", model, "--input", table, "--all");
        List<String> first = told(model, "cluster 1");
        List<String> second = told(model, "cluster 2");

        assertThat(found.err()).contains("120 of cluster 1, 120 of cluster 2");
        List<String> rows = found.out().lines().toList();
        boolean evenInFirst = rows.get(1).equals(first.get(1)) && rows.get(3).equals(first.get(3));
        for (int row = 1; row <= 240; row++) {
            assertThat(rows.get(row)).isEqualTo((row % 2 == 1) == evenInFirst ? first.get(row) : second.get(row));
        }
        assertThat(first).isNotEqualTo(second);
    }

    private List<String> told(Path model, String task) {
        return sluice("predict", "--model", model, "--task", task, "--input", table, "--all")
                .out()
                .lines()
                .toList();
    }

    @Test
    void moreClustersThanRowsAreRefusedAtTheirKey() throws IOException {
        Files.writeString(folder.resolve("few.csv"), "x,label\n1,no\n1,yes\n1,no\n1,yes\n1,yes\n1,no\n");
        Path script = Files.writeString(
                folder.resolve("k.yaml"),
                "data: {set: csv, file: few.csv, label: label, test_share: 0.3, clusters: 5}\n");

        for (String command : List.of("run", "validate")) {
            assertThat(sluice(command, script))
                    .satisfies(mistake(
                            "k.yaml:1: data.clusters: ",
                            "few.csv: 5 clusters need as many training rows that differ, and there are 1"));
        }
        assertThat(sluice("validate", script, "--set", "network.hiden=[3]").err())
                .contains("k.yaml:1: data.clusters: ", "few.csv: 5 clusters need");
    }

    @Test
    void labelsAreComparedWithAnswersOfAllTasks() throws IOException {
        Path model = model("gates");

        Console.Result result = sluice(
                "predict", "--model", model, "--input", table, "--label", "churned", "--out", folder.resolve("p.csv"));

        assertThat(result.out()).contains("(240 of 240)", "| no ", "| yes ");
        assertThat(Files.readAllLines(folder.resolve("p.csv"))).hasSize(241);
    }

    @Test
    void aModelThatHasForgottenAClusterIsToldTheTask() {
        Path model = model("gates");
        Path without = folder.resolve("without.sluice");
        assertThat(sluice("forget", "--model", model, "--task", "cluster 1", "--out", without)
                        .code())
                .isZero();

        assertThat(sluice("predict", "--model", without, "--input", table).out())
                .hasLineCount(241);
        assertThat(sluice("predict", "--model", without, "--input", table, "--task", "cluster 1"))
                .satisfies(oneLine("has not learned task 'cluster 1'"));
    }

    @Test
    void aModelIsEvaluatedOnTheClustersThatItLearned() {
        Path model = model("gates");

        Console.Result result = sluice(
                "evaluate",
                "--model",
                model,
                "--script",
                folder.resolve("mine.yaml"),
                "--set",
                "data.clusters=2",
                "--out",
                folder.resolve("evaluated"));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).containsPattern("ACC +1.0000");
        assertThat(sluice(
                        "evaluate",
                        "--model",
                        model,
                        "--script",
                        folder.resolve("mine.yaml"),
                        "--set",
                        "data.clusters=3",
                        "--out",
                        folder.resolve("other")))
                .satisfies(oneLine("data.clusters: 3 are asked for, and the model's tasks are 2 clusters"));
        assertThat(folder.resolve("other")).doesNotExist();
    }
}
