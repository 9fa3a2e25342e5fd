package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenario domain on tables of which one lacks a class that another has, or has other classes. */
@Tag("slow")
class DomainLabelsCommandTest {
    private static final Map<Character, double[]> MIDDLES =
            ImmutableMap.of('x', new double[] {0, 0}, 'y', new double[] {4, 0}, 'z', new double[] {0, 4});

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTables() throws IOException {
        for (String classes : List.of("xyz", "xz", "xy", "yz", "z")) {
            Random random = new Random(classes.hashCode());
            StringBuilder rows = new StringBuilder("a,b,label\n");
            for (int i = 0; i < 60; i++) {
                for (int c = 0; c < classes.length(); c++) {
                    char label = classes.charAt(c);
                    double[] middle = MIDDLES.get(label);
                    rows.append(String.format(
                            Locale.ROOT,
                            "%.3f,%.3f,%s%n",
                            middle[0] + random.nextGaussian() / 3,
                            middle[1] + random.nextGaussian() / 3,
                            label));
                }
            }
            Files.writeString(folder.resolve(classes + ".csv"), rows);
        }
        Files.writeString(folder.resolve("in.csv"), "a,b\n0.1,0.1\n4.1,-0.1\n0,3.9\n");
    }

    private Path script(String one, String two, String strategy, String standardise) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), """
                data: {set: csv, label: label, test_share: 0.3, standardise: %s, tasks: [{name: a, file: %s.csv}, {name: b, file: %s.csv}]}
                network: {hidden: [30]}
                training: {epochs: 60, batch_size: 32}
                inference: {features: 60}
                scenario: domain
                strategy: %s
                """.formatted(standardise, one, two, strategy));
    }

    private Console.Result run(Path script) {
        return sluice("run", script, "--out", folder.resolve("run"), "--overwrite");
    }

    private List<Double> lastRow() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("run/accuracy-matrix.csv"));
        List<String> header = Splitter.on(',').splitToList(lines.get(0));
        return lines.stream()
                .skip(1)
                .map(line -> Splitter.on(',').splitToList(line))
                .filter(row -> row.get(header.indexOf("after_task")).equals("2"))
                .map(row -> Double.valueOf(row.get(header.indexOf("correct")))
                        / Double.parseDouble(row.get(header.indexOf("total"))))
                .toList();
    }

    private JsonNode record() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("run/run.json").toFile());
    }

    @ParameterizedTest
    @CsvSource({"xyz, xz", "xy, yz", "xy, xz", "xz, xyz"})
    void jointTrainingTellsTheLabelsOfAllTasksApart(String one, String two) throws IOException {
        Console.Result result = run(script(one, two, "joint", "first-task"));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(lastRow()).hasSize(2).allMatch(accuracy -> accuracy >= 0.98);
        assertThat(record().at("/data_notes").toString())
                .contains("outputs go by label, as tasks share labels: 3, ")
                .contains("x", "y", "z");
        assertThat(result.out()).contains("outputs           by label, as tasks share labels: 3, ");
        assertThat(Files.readString(folder.resolve("run/confusion.csv"))).doesNotContain(",0,", ",1,0", ",2,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fine-tuning", "ewc", "si", "mas", "lwf", "er", "der++", "a-gem", "cumulative"})
    void everyStrategyServesTasksOfUnequallyManyLabels(String strategy) throws IOException {
        Console.Result result = run(script("xy", "xyz", strategy, "first-task"));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(lastRow()).hasSize(2).allMatch(accuracy -> accuracy > 0.6);
    }

    @ParameterizedTest
    @CsvSource({
        "xyz, xz, first-task",
        "xy, yz, first-task",
        "xy, xz, none",
        "xz, xyz, first-task",
    })
    void theDiscriminantAnswersWithTheNamesOfTheData(String one, String two, String standardise) throws IOException {
        assertThat(run(script(one, two, "gates", standardise)).code()).isZero();
        assertThat(lastRow()).hasSize(2).allMatch(accuracy -> accuracy >= 0.98);

        Path out = folder.resolve("predictions.csv");
        Console.Result result =
                sluice("predict", "--model", folder.resolve("run"), "--input", folder.resolve("in.csv"), "--out", out);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Files.readAllLines(out).stream()
                        .skip(1)
                        .map(line -> Splitter.on(',').splitToList(line).get(1)))
                .containsExactly("x", "y", "z");
    }

    @Test
    void namesStayWhereEachTaskHasScalesOfItsOwn() throws IOException {
        assertThat(run(script("xy", "yz", "gates", "per-task")).code()).isZero();
        Path encoded = Files.writeString(folder.resolve("encoded.csv"), "-1,0.1\n1,0.2\n-0.9,1\n");
        Path out = folder.resolve("predictions.csv");

        Console.Result result = sluice("predict", "--model", folder.resolve("run"), "--input", encoded, "--out", out);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Files.readAllLines(out).stream().skip(1))
                .hasSize(3)
                .allMatch(line -> line.matches("[123],[xyz],[01]\\.\\d+"));
    }

    @Test
    void subnetworksAnswerByLabelToo() throws IOException {
        Path script = script("xyz", "xz", "gates", "first-task");

        Console.Result result =
                sluice("run", script, "--out", folder.resolve("run"), "--set", "inference.subnetworks=0.5");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(lastRow()).hasSize(2).allMatch(accuracy -> accuracy >= 0.98);
    }

    @Test
    void validateSaysWhatOutputsWillStandFor() throws IOException {
        Path table = script("xy", "yz", "joint", "first-task");
        String digits = "data: {set: digits}\nscenario: domain\n";

        assertThat(sluice("validate", table).out())
                .contains(
                        "mine, one run of 168 training and 72 test examples; outputs by label if tasks share labels, else by position");
        Stream.of(
                        "|position in each task's classes, as no two share a label",
                        "split: {groups: [[0, 1], [4, 2]]}|position in each task's classes, as no two share a label",
                        "split: {permuted: 3}|label, as tasks share labels")
                .map(line -> Splitter.on('|').splitToList(line))
                .forEach(line -> {
                    Path script = write("digits.yaml", digits + line.get(0) + "\n");
                    assertThat(sluice("validate", script).out())
                            .isEqualTo("ok  " + script + ": digits, one run; outputs by " + line.get(1) + "\n");
                });
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
