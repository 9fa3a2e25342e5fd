package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.oneLine;
import static sluice.framework.cli.Console.sluice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data of a user's own, from its files to a run's results. */
class OwnDataCommandTest {
    private static final String NETWORK =
            "network: {hidden: [40]}\ngates: {logit_mean: 0, logit_spread: 1}\ntraining: {epochs: 2, batch_size: 4}\n";

    private static final String EXTRA_ROWS = "98,1,0.5,s,k0\n99,31,0.5,s,k3\n";

    @TempDir
    private Path folder;

    /** Rows of so many classes, from one on, which a single feature tells apart. */
    private static String rows(int firstClass, int classes, String site) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 8 * classes; i++) {
            int label = firstClass + i % classes;
            String weight = i % 2 == 0 ? "0.5" : "0.7";
            rows.append("%d,%d,%s,%s,k%d%n".formatted(i, 10 * label + i % 3, i % 5 == 0 ? "NA" : weight, site, label));
        }
        return rows.toString();
    }

    private void table(String name, String rows) throws IOException {
        Files.writeString(folder.resolve(name), "id,size,weight,site,label\n" + rows);
    }

    private Console.Result run(String data) throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), data + "\n" + NETWORK);
        return sluice("run", script, "--out", folder.resolve("run"));
    }

    private JsonNode record() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("run/run.json").toFile());
    }

    @Test
    void valuesWhoseSquaresOverflowEndADiscriminantWithOneLine() throws IOException {
        // sizes of the second task's classes, 20 to 32, are as large as floats can be
        table("train.csv", rows(0, 4, "s").replaceAll("(?m)^(\\d+,[23]\\d),", "$1e37,"));
        table("test.csv", rows(0, 4, "s"));

        Console.Result result = run("""
                data: {set: csv, train: train.csv, test: test.csv, label: label, exclude: [id, site], standardise: none, missing: {text: NA, fill: 0}}
                split: {classes_per_task: 2}
                scenario: class
                inference: {features: 40}
                """);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.unusual()).contains("values are too large for a discriminant");
    }

    @Test
    void dataThatOneVariantCannotBearFailItAlone() throws IOException {
        table("train.csv", rows(0, 4, "s").replaceAll("(?m)^(\\d+,[23]\\d),", "$1e37,"));
        table("test.csv", rows(0, 4, "s"));

        Console.Result result = run("""
                data: {set: csv, train: train.csv, test: test.csv, label: label, exclude: [id, site], standardise: none, missing: {text: NA, fill: 0}}
                split: {classes_per_task: 2}
                scenario: class
                inference: {features: 40}
                compare: {variants: [{name: all}, {name: small, set: {data.exclude: [id, site, size]}}]}
                """);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.unusual()).contains("sluice: all seed 1 failed: the data's values are too large");
        assertThat(folder.resolve("run/small-seed1/metrics.csv")).isRegularFile();
    }

    @Test
    void whoNamesTheTasksIsToldThatTheyShareAHead() throws IOException {
        table("train.csv", rows(0, 2, "s") + rows(0, 2, "t"));
        table("test.csv", rows(0, 2, "s") + rows(0, 2, "t"));

        Console.Result result = run("""
                data: {set: csv, train: train.csv, test: test.csv, label: label, task_column: site, missing: {text: NA, fill: mean}}
                scenario: domain
                strategy: fine-tuning
                """);

        assertThat(result.code()).as(result.unusual()).isZero();
        assertThat(result.unusual()).contains("scenario: the data says of every example which task it is of");
    }

    @Test
    void aFolderThatTheScriptNamesIsTheOne() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));

        Console.Result empty = run("data: {set: idx, folder: data}");
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.unusual()).contains(data.toString()).hasLineCount(1);
        Path script = folder.resolve("mine.yaml");
        assertThat(sluice("run", script, "--data", folder, "--out", folder.resolve("run"))
                        .unusual())
                .contains("--data " + folder + ": the script names data.folder " + data + " itself")
                .hasLineCount(1);
    }

    @Test
    void aTableIsSplitByItsClasses() throws IOException {
        table("train.csv", rows(0, 4, "s"));
        table("test.csv", rows(0, 4, "s") + EXTRA_ROWS);

        Console.Result result = run("""
                data:
                  set: csv
                  train: train.csv
                  test: test.csv
                  label: label
                  categorical: [site]
                  exclude: [id]
                  missing: {text: NA, fill: mean}
                split: {classes_per_task: 2}
                """);

        assertThat(result.unusual())
                .contains("column 'site' is the same in all training rows")
                .hasLineCount(1);
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("data      csv, ", "task 1/2 (k0-k1): ", "task 2/2 (k2-k3): ");
        assertThat(folder.resolve("run/confusion.csv"))
                .content()
                .contains(",k2-k3,k2,")
                .doesNotContain(",0,", ",2-3,");
        assertThat(record().at("/data_checksums/train.csv").asText()).matches("[0-9a-f]{64}");
        assertThat(record().at("/settings/data/standardise").asText()).isEqualTo("first-task");
        assertThat(record().at("/settings/data/train").asText())
                .isEqualTo(folder.resolve("train.csv").toString());
    }

    @Test
    void eachTaskMayHaveATableOfItsOwn() throws IOException {
        table("a.csv", rows(0, 2, "s"));
        table("a-test.csv", rows(0, 2, "s") + EXTRA_ROWS.lines().findFirst().orElseThrow());
        table("b.csv", rows(2, 3, "s"));

        Console.Result result = run("""
                data:
                  set: csv
                  tasks:
                  - {name: first, train: a.csv, test: a-test.csv}
                  - {name: second, file: b.csv}
                  test_share: 0.25
                  label: label
                  exclude: [id, site]
                  missing: {text: NA, fill: 0}
                """);

        assertThat(result.unusual()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("task 1/2 (first): ", "task 2/2 (second): ", "exact retention   yes")
                .doesNotContain("  split ");
        assertThat(record().at("/settings/data/tasks/1/name").asText()).isEqualTo("second");
        assertThat(record().at("/settings").has("split")).isFalse();
    }

    @Test
    void howManyRowsAreRefusedIsSaidInWords() throws IOException {
        table("all.csv", rows(0, 2, "south") + rows(0, 2, "north"));
        run("""
                data:
                  set: csv
                  file: all.csv
                  test_share: 0.25
                  label: label
                  categorical: [site]
                  unseen: refuse
                  exclude: [id, weight]
                """);
        table("one.csv", "1,3,0.5,south,\n2,4,0.5,west,\n");
        table("two.csv", "1,3,0.5,east,\n2,4,0.5,west,\n3,4,0.5,south,\n");

        assertThat(predicted("one.csv")).isEqualTo("refused 1 row (column reason)");
        assertThat(predicted("two.csv")).isEqualTo("refused 2 rows (column reason)");
    }

    private String predicted(String table) {
        return sluice("predict", "--model", folder.resolve("run"), "--input", folder.resolve(table))
                .err()
                .strip();
    }

    @Test
    void aColumnMayNameTheTasks() throws IOException {
        table("all.csv", rows(0, 2, "south") + rows(1, 2, "north"));

        Console.Result result = run("""
                data:
                  set: csv
                  file: all.csv
                  test_share: 0.25
                  task_column: site
                  label: label
                  exclude: [id]
                  missing: {text: NA, fill: mean}
                  standardise: per-task
                """);

        assertThat(result.unusual()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("task 1/2 (south): ", "task 2/2 (north): ");
    }

    private void pictures() throws IOException {
        for (String kind : new String[] {"cat", "dog", "emu", "fox"}) {
            for (int i = 0; i < 4; i++) {
                Path file = folder.resolve("pictures/" + kind + "/" + i + ".png");
                Files.createDirectories(file.getParent());
                BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
                image.setRGB(kind.charAt(0) % 4, kind.charAt(0) % 3, 0xFFFFFF - 0x202020 * i);
                assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
            }
        }
    }

    @Test
    void aFolderOfImagesIsSplitByItsClasses() throws IOException {
        pictures();

        Console.Result result = run("data: {set: images, folder: pictures, test_share: 0.5}");

        assertThat(result.unusual()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("data      images, ", "task 1/2 (cat-dog): ", "task 2/2 (emu-fox): ");
        assertThat(record().at("/data_checksums/test").asText()).matches("[0-9a-f]{64}");
        assertThat(folder.resolve("run/confusion.csv")).content().contains(",cat-dog,cat,", ",emu-fox,fox,");
    }

    @ParameterizedTest
    @CsvSource({"task, cat-dog, cat|dog", "class, '', cat|dog|emu|fox"})
    void namesOfFoldersAreWhatIsPredicted(String scenario, String task, String names) throws IOException {
        pictures();
        Files.writeString(folder.resolve("pictures/cat/left.gif"), "x");
        Files.writeString(folder.resolve("in.csv"), "0,0,0,0,0,0,0,0,0,0,0,0\n0,0,0,255,0,0,0,0,0,0,0,0\n");

        Console.Result result = run("""
                data: {set: images, folder: pictures, test_share: 0.5}
                inference: {features: 60}
                scenario: %s
                """.formatted(scenario));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("data: 1 left out of ", ": 1 .gif (cat/left.gif)");
        assertThat(record().at("/data_notes/0").asText()).contains("1 .gif (cat/left.gif)");
        Path out = folder.resolve("predictions.csv");
        List<Object> predict = new ArrayList<>(List.of(
                "predict",
                "--model",
                folder.resolve("run"),
                "--input",
                folder.resolve("in.csv"),
                "--out",
                out,
                "--overwrite"));
        if (!task.isEmpty()) {
            predict.addAll(List.of("--task", task));
        }
        Console.Result predicted = sluice(predict.toArray());
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(Files.readAllLines(out).stream().skip(1))
                .hasSize(2)
                .allMatch(line -> line.matches("[12],(" + names + "),[01]\\.\\d+"));
    }

    @Test
    void hardestPicturesAndTheReportHaveTheNamesOfFolders() throws IOException {
        pictures();

        Console.Result result = run("""
                data: {set: images, folder: pictures, test_share: 0.5}
                strategy: fine-tuning
                scenario: class
                """);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(folder.resolve("run/hardest.csv"))
                .content()
                .containsPattern(",cat-dog,1,(cat|dog),(cat|dog|emu|fox),");
        assertThat(sluice("report", folder.resolve("run"), "--out", folder.resolve("page"))
                        .code())
                .isZero();
        assertThat(folder.resolve("page/report.html")).content().contains("\"emu\"", "\"cat\"");
    }

    @Test
    void variantsOfAComparisonShareATableAndPrepareItEachInTheirWay() throws IOException {
        table("train.csv", rows(0, 4, "s"));
        table("test.csv", rows(0, 4, "s") + EXTRA_ROWS);

        Console.Result result = run("""
                data: {set: csv, train: train.csv, test: test.csv, label: label, exclude: [id, site, weight]}
                compare:
                  variants:
                  - {name: two}
                  - {name: one, set: {split.classes_per_task: 4}}
                """);

        assertThat(result.unusual())
                .startsWith("sluice: warning: there is no report over all variants: the runs learned different tasks: ")
                .hasLineCount(1);
        assertThat(result.code()).isZero();
    }

    @Test
    void aWrongCellIsOneLine() throws IOException {
        table("train.csv", rows(0, 2, "s"));

        assertThat(run("data: {set: csv, train: train.csv, test: train.csv, label: label, categorical: [site]}"))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2))
                .satisfies(result -> assertThat(result.unusual())
                        .startsWith("sluice: ")
                        .contains("train.csv, line 2, column 'weight': 'NA'", "write missing: {text: NA, fill: mean}")
                        .hasLineCount(1));
    }

    @Test
    void ownDataIsListedAndNotLoadedByItsNameAlone() throws IOException {
        assertThat(sluice("list", "data-sets").out()).contains("  csv ", "  images ");
        Path script = Files.writeString(folder.resolve("mine.yaml"), "data: {set: csv, label: l, test: t}");
        assertThat(sluice("run", script)).satisfies(oneLine("mine.yaml:1: data.train: is missing"));
    }
}
