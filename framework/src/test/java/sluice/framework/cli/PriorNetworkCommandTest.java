package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.cli.Console.Result;
import sluice.framework.network.GatedNetwork;

/** A network that learns its next tasks in another run. */
class PriorNetworkCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 300, test_size: 60, normalisation: unit}
            network: {hidden: [12, 10]}
            training: {iterations: 30, batch_size: 16}
            gates: {sparsity: 0.5}
            threads: 1
            split: {groups: GROUPS}
            """;

    @TempDir
    private Path folder;

    private Result run(String out, String groups, String... options) throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), SCRIPT.replace("GROUPS", groups));
        List<Object> words = new ArrayList<>(List.of("run", script, "--out", folder.resolve(out)));
        words.addAll(List.of(options));
        return Console.sluice(words.toArray());
    }

    private String in(String run) {
        return folder.resolve(run).toString();
    }

    private void sameSubnetworks(String one, String other) {
        try (GatedNetwork whole = GatedNetwork.load(folder.resolve(one + "/model.sluice"));
                GatedNetwork parts = GatedNetwork.load(folder.resolve(other + "/model.sluice"))) {
            assertThat(parts.tasks()).isEqualTo(whole.tasks());
            whole.tasks().forEach(task -> assertThat(parts.digest(task)).isEqualTo(whole.digest(task)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"network.growth=none", "network.growth={share: 0.5}", "training.optimizer=sgd"})
    void tasksOfTwoRunsAreLearnedAsThoseOfOne(String setting) throws IOException {
        run("whole", "[[0, 1], [2, 3], [4, 5]]", "--set", setting);
        run("week-1", "[[0, 1], [2, 3]]", "--set", setting);
        Result second = run("week-2", "[[4, 5]]", "--set", setting, "--from", in("week-1"));

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).doesNotContain("network.from");
        sameSubnetworks("whole", "week-2");
        assertThat(rowsFrom("week-2", 2)).isEqualTo(rowsFrom("whole", 2)).hasSize(6);
        assertThat(folder.resolve("week-2/run.json"))
                .content()
                .contains("\"from\" : \"" + in("week-1"), "\"network.from\" : \"");
    }

    /** Cells of the rows after so many tasks. */
    private List<String> rowsFrom(String run, int row) throws IOException {
        try (Reader in = Files.newBufferedReader(folder.resolve(run + "/accuracy-matrix.csv"))) {
            AccuracyMatrix matrix = AccuracyCsv.read(in, run).get(0);
            List<String> cells = new ArrayList<>();
            for (int i = row; i <= matrix.tasks().size(); i++) {
                for (int j = 1; j <= matrix.tasks().size(); j++) {
                    cells.add("%d %s %s".formatted(i, matrix.tasks().get(j - 1), matrix.cell(i, j)));
                }
            }
            return cells;
        }
    }

    @Test
    void referencesThatCannotTellAnythingOfIt() throws IOException {
        run("week-1", "[[0, 1]]");
        Result second =
                run("week-2", "[[2, 3]]", "--from", in("week-1"), "--set", "report.references=[joint, independent]");

        assertThat(second.err())
                .contains(
                        "report.references: references learn the tasks of this run alone",
                        "intransigence, forgetting_ratio, fwt_independent are undefined");
        assertThat(folder.resolve("week-2/metrics.csv"))
                .content()
                .contains(",intransigence,\n", ",forgetting_ratio,\n");
    }

    @Test
    void theThirdRunAsksTasksOfTheFirst() throws IOException {
        run("whole", "[[0, 1], [2, 3], [4, 5], [6, 7]]");
        run("week-1", "[[0, 1]]");
        run("week-2", "[[2, 3], [4, 5]]", "--from", in("week-1"));
        Result third = run("week-3", "[[6, 7]]", "--from", in("week-2"));

        assertThat(third.err()).doesNotContain("network.from");
        assertThat(third.out())
                .contains("exact retention   yes: every frozen parameter, and 72 logits of earlier tasks");
        assertThat(rowsFrom("week-3", 3)).isEqualTo(rowsFrom("whole", 3)).hasSize(8);
        assertThat(folder.resolve("week-3/metrics.csv")).content().contains(",acc,");
        assertThat(folder.resolve("week-3/report.md")).content().contains("0-1", "6-7");
    }

    @Test
    void aFolderThatHoldsAnotherRunByNowIsNotAsked() throws IOException {
        run("week-1", "[[0, 1]]");
        run("week-2", "[[2, 3]]", "--from", in("week-1"));
        run("week-1", "[[0, 1], [2, 3]]", "--overwrite");
        Result third = run("week-3", "[[6, 7]]", "--from", in("week-2"));

        assertThat(third.code()).as(third.err()).isZero();
        assertThat(third.err())
                .contains(
                        "1 of the 2 tasks that %s has learned are not asked again, as %s does not hold the run that was gone on from"
                                .formatted(in("week-2"), in("week-1")));
        assertThat(rowsFrom("week-3", 3)).first().asString().isEqualTo("3 0-1 Optional.empty");
    }

    @Test
    void cellsOfTasksWhoseDataAreGoneAreMissingAndTheReasonIsToldAndKept() throws IOException {
        run("week-1", "[[0, 1]]");
        Files.delete(folder.resolve("week-1/run.json"));
        Result second = run("week-2", "[[2, 3]]", "--from", in("week-1"));

        assertThat(second.code()).as(second.err()).isZero();
        String line =
                "network.from: 1 of the 1 tasks that %s has learned are not asked again, as the data of %1$s cannot be had (there is no %1$s/run.json)"
                        .formatted(in("week-1"));
        assertThat(second.err()).contains(line);
        assertThat(folder.resolve("week-2/run.json")).content().contains(line);
        assertThat(rowsFrom("week-2", 2)).first().asString().isEqualTo("2 0-1 Optional.empty");
        assertThat(rowsFrom("week-2", 1)).first().asString().startsWith("1 0-1 Optional[");
    }

    @Test
    void tasksOfAModelThatLiesAloneAreNotAskedAgain() throws IOException {
        run("week-1", "[[0, 1]]");
        Files.createDirectory(folder.resolve("alone"));
        Files.copy(folder.resolve("week-1/model.sluice"), folder.resolve("alone/m.sluice"));
        Result beside = run("week-2", "[[2, 3]]", "--from", in("week-1/model.sluice"));
        Result alone = run("week-2b", "[[2, 3]]", "--from", in("alone/m.sluice"));

        assertThat(beside.err()).doesNotContain("network.from");
        assertThat(alone.err())
                .contains(
                        "are not asked again, as no run.json of its run lies with %s, and what was measured before is not at hand"
                                .formatted(in("alone/m.sluice")));
        assertThat(rowsFrom("week-2b", 2)).first().asString().isEqualTo("2 0-1 Optional.empty");
    }

    @Test
    void runsOfAComparisonKeepRowsToo() throws IOException {
        run("week-1", "[[0, 1]]");
        run("alone", "[[2, 3]]", "--from", in("week-1"));
        Result compared = run(
                "compared", "[[2, 3]]", "--from", in("week-1"), "--set", "compare={variants: [{name: a}, {name: b}]}");

        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(rowsFrom("compared/a-seed1", 0))
                .isEqualTo(rowsFrom("compared/b-seed1", 0))
                .isEqualTo(rowsFrom("alone", 0));
    }

    @Test
    void whatWasGoneOnFromIsNotReplaced() throws IOException {
        run("week-1", "[[0, 1]]");

        assertThat(run("week-1", "[[2, 3]]", "--from", in("week-1"), "--overwrite"))
                .satisfies(mistake("its results would be replaced"));
        assertThat(folder.resolve("week-1/model.sluice")).exists();
    }

    @Test
    void missingValuesOfTheNextTablesAreFilledAsTheirScriptSays() throws IOException {
        table("one.csv", 10, "red", "blue");
        table("two.csv", 50, "red", "blue");
        ofTables("week-1", List.of("one"));

        assertThat(ofTables("week-2", List.of("two"), "--from", in("week-1"), "--set", "data.missing={fill: mean}"))
                .satisfies(mistake("missing.fill: mean is that of the model's first run, which filled nothing"));
        Result filled = ofTables("week-2", List.of("two"), "--from", in("week-1"), "--set", "data.missing={fill: 7}");
        assertThat(filled.code()).as(filled.err()).isZero();
        try (GatedNetwork network = GatedNetwork.load(folder.resolve("week-2/model.sluice"))) {
            assertThat(network.encoding("two").orElseThrow().columns().get(0).toString())
                    .contains("fill=7.0");
        }
        Result unscaled = ofTables("week-2b", List.of("two"), "--from", in("week-1"), "--set", "data.standardise=none");
        assertThat(unscaled.err()).contains("standardise: none leaves values as they are");
    }

    @Test
    void aModelMayBeNamedItselfAndARunOfAnotherModelIsAnother() throws IOException {
        run("week-1", "[[0, 1]]");
        run("other", "[[0, 1]]", "--set", "training.iterations=20");
        String compared = "compare={variants: [{name: a}]}";
        Result first = run("compared", "[[4, 5]]", "--set", compared, "--from", in("week-1/model.sluice"));
        assertThat(first.code()).as(first.err()).isZero();
        Files.copy(
                folder.resolve("other/model.sluice"),
                folder.resolve("week-1/model.sluice"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        Result again = run("compared", "[[4, 5]]", "--set", compared, "--from", in("week-1/model.sluice"));

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("a-seed1 holds a run with other data");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seed=2 | has seed 1, the script 2: write seed: 1
            network.hidden=[12] | began with hidden layers [12, 10], the script has [12]: write its network.hidden
            data.normalisation=none | write its data.normalisation
            split.groups=[[0, 1]] | give it another name, or remove it
            data.padding=2 | takes examples of 784 features, these have 1024
            strategy=ewc | holds no learner.sluice: name the folder of a finished run of that strategy
            scenario=class | holds no sums: name a run of strategy random-feature-lda
            """)
    void whatDoesNotFitIsRefused(String setting, String message) throws IOException {
        run("week-1", "[[0, 1]]");

        Result second = run("week-2", "[[4, 5]]", "--from", in("week-1"), "--set", setting);

        assertThat(second).satisfies(mistake(message));
        assertThat(folder.resolve("week-2")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {conv: {maps: 4, kernel: 3, pool: 2}} | {conv: {maps: 4, kernel: 5, pool: 2}} | hidden layers of another kind
            {conv: {maps: 4, kernel: 3, pool: 2}} | {conv: {maps: 4, kernel: 3, pool: 2, pooling: average}} | hidden layers of another kind
            {conv: {maps: 4, kernel: 3, pool: 2}} | {dense: 4} | hidden layers of another kind
            {dense: 4} | {conv: {maps: 4, kernel: 30}} | kernel
            """)
    void layersOfAnotherKindAreRefused(String layer, String other, String message) throws IOException {
        Result first = run("week-1", "[[0, 1]]", "--set", "network={layers: [%s]}".formatted(layer));
        assertThat(first.code()).as(first.err()).isZero();

        Result second =
                run("week-2", "[[4, 5]]", "--set", "network={layers: [%s]}".formatted(other), "--from", in("week-1"));

        assertThat(second).satisfies(mistake(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"week: 1", "week #1", "it's 'week' 1"})
    void anyPathMayBeNamed(String name) throws IOException {
        run(name, "[[0, 1]]");

        assertThat(run("week-2", "[[4, 5]]", "--from", in(name)).code()).isZero();
    }

    private void table(String name, double mean, String... categories) throws IOException {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        StringBuilder rows = new StringBuilder("len,colour,wid,kind\n");
        for (int row = 0; row < 60; row++) {
            int kind = row % 2;
            rows.append("%.3f,%s,%.3f,%s%n"
                    .formatted(
                            mean + 3 * kind + random.nextGaussian(),
                            categories[random.nextInt(categories.length)],
                            kind - random.nextDouble(),
                            kind == 0 ? "cat" : "dog"));
        }
        Files.writeString(folder.resolve(name), rows);
    }

    private Result ofTables(String out, List<String> tasks, String... options) throws IOException {
        String listed = tasks.stream()
                .map(task -> "{name: %1$s, train: %1$s.csv, test: %1$s.csv}".formatted(task))
                .collect(Collectors.joining(", "));
        Path script = Files.writeString(folder.resolve("tables.yaml"), """
                data: {set: csv, label: kind, categorical: [colour], unseen: ignore, tasks: [%s]}
                network: {hidden: [12, 10]}
                training: {iterations: 30, batch_size: 16}
                threads: 1
                """.formatted(listed));
        List<Object> words = new ArrayList<>(List.of("run", script, "--out", folder.resolve(out)));
        words.addAll(List.of(options));
        return Console.sluice(words.toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-task", "per-task", "none"})
    void tablesOfTheNextTasksBecomeInputsAsThoseOfTheFirst(String standardise) throws IOException {
        table("one.csv", 10, "red", "blue");
        table("two.csv", 50, "red", "blue");
        table("three.csv", -3, "blue", "red");
        String set = "data.standardise=" + standardise;
        ofTables("whole", List.of("one", "two", "three"), "--set", set);
        ofTables("week-1", List.of("one", "two"), "--set", set);
        Result second = ofTables("week-2", List.of("three"), "--set", set, "--from", in("week-1"));

        assertThat(second.code()).as(second.err()).isZero();
        sameSubnetworks("whole", "week-2");
        try (GatedNetwork whole = GatedNetwork.load(folder.resolve("whole/model.sluice"));
                GatedNetwork parts = GatedNetwork.load(folder.resolve("week-2/model.sluice"))) {
            assertThat(parts.encoding("three")).isEqualTo(whole.encoding("three"));
        }
    }

    @Test
    void categoriesStayThoseOfTheFirstRun() throws IOException {
        table("one.csv", 10, "red", "blue");
        table("two.csv", 10, "blue", "green");
        ofTables("week-1", List.of("one"));
        Result second = ofTables("week-2", List.of("two"), "--from", in("week-1"));

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).contains("green");
        assertThat(ofTables("week-3", List.of("two"), "--from", in("week-1"), "--set", "data.unseen=refuse"))
                .satisfies(mistake("write unseen: ignore"));
    }

    @Test
    void tablesWithOtherColumnsAreRefused() throws IOException {
        table("one.csv", 10, "red", "blue");
        Files.writeString(
                folder.resolve("two.csv"), "len,colour,height,kind\n" + "1,red,2,cat\n3,blue,4,dog\n".repeat(9));
        ofTables("week-1", List.of("one"));

        assertThat(ofTables("week-2", List.of("two"), "--from", in("week-1")))
                .satisfies(
                        mistake(
                                "features are len, colour (categories), height, and those that the model learned from len, colour (categories), wid"));
    }

    @Test
    void aScriptNamesARunFromWhereItIs() throws IOException {
        run("week-1", "[[0, 1]]");
        Path script = Files.writeString(
                folder.resolve("week-2.yaml"),
                SCRIPT.replace("GROUPS", "[[4, 5]]").replace("network: {", "network: {from: week-1, "));

        assertThat(Console.sluice("run", script, "--out", folder.resolve("week-2"))
                        .code())
                .isZero();
    }

    @Test
    void aFolderWithoutAModelIsRefused() throws IOException {
        assertThat(run("week-2", "[[4, 5]]", "--from", in("none")))
                .satisfies(mistake("holds no model: name the folder"));
    }
}
