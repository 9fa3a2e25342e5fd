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
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.cli.Console.Result;
import sluice.framework.discriminant.DiscriminantModel;

/** A discriminant that learns its next tasks in another run. */
class PriorDiscriminantCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 900, test_size: 120}
            strategy: random-feature-lda
            scenario: SCENARIO
            inference: {features: 90, sparsity: 0.01, sums: keep}
            threads: 1
            split: {groups: GROUPS}
            """;

    @TempDir
    private Path folder;

    private Result run(String out, String scenario, String groups, String... options) throws IOException {
        Path script = Files.writeString(
                folder.resolve("mine.yaml"),
                SCRIPT.replace("SCENARIO", scenario).replace("GROUPS", groups));
        return run(script, out, options);
    }

    private Result run(Path script, String out, String... options) {
        List<Object> words = new ArrayList<>(List.of("run", script, "--out", folder.resolve(out)));
        words.addAll(List.of(options));
        return Console.sluice(words.toArray());
    }

    private String in(String run) {
        return folder.resolve(run).toString();
    }

    private byte[] weights(String run) throws IOException {
        try (ZipFile model = new ZipFile(folder.resolve(run + "/model.sluice").toFile())) {
            return model.getInputStream(model.getEntry("parameters.bin")).readAllBytes();
        }
    }

    private DiscriminantModel model(String run) {
        return DiscriminantModel.load(folder.resolve(run + "/model.sluice"));
    }

    private AccuracyMatrix matrix(String run) throws IOException {
        try (Reader in = Files.newBufferedReader(folder.resolve(run + "/accuracy-matrix.csv"))) {
            return AccuracyCsv.read(in, run).get(0);
        }
    }

    private String metric(String run, String name) throws IOException {
        return Files.readAllLines(folder.resolve(run + "/metrics.csv")).stream()
                .filter(line -> line.contains("," + name + ","))
                .collect(Collectors.joining());
    }

    /** The same model, the same cells where both have some, and all from the row on. */
    private void same(String one, String other, int fromRow) throws IOException {
        assertThat(weights(other)).isEqualTo(weights(one));
        try (DiscriminantModel whole = model(one);
                DiscriminantModel parts = model(other)) {
            assertThat(parts.labels()).isEqualTo(whole.labels());
            assertThat(parts.labelNames()).isEqualTo(whole.labelNames());
            assertThat(parts.classesOfPositions()).isEqualTo(whole.classesOfPositions());
            assertThat(parts.encoding()).isEqualTo(whole.encoding());
        }
        AccuracyMatrix whole = matrix(one);
        AccuracyMatrix parts = matrix(other);
        assertThat(parts.tasks()).isEqualTo(whole.tasks());
        for (int row = 0; row <= whole.tasks().size(); row++) {
            for (int task = 1; task <= whole.tasks().size(); task++) {
                if (row == 0 || row >= fromRow || task <= fromRow) {
                    assertThat(parts.cell(row, task))
                            .as("%d, %d".formatted(row, task))
                            .isEqualTo(whole.cell(row, task))
                            .isPresent();
                }
            }
        }
        for (String metric : List.of("acc", "forgetting", "ece", "nll", "calibration_scale", "filters_open")) {
            assertThat(metric(other, metric)).isEqualTo(metric(one, metric)).isNotEmpty();
        }
        assertThat(folder.resolve(other + "/sums.sluice")).hasSameBinaryContentAs(folder.resolve(one + "/sums.sluice"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            class  | [[0, 7], [2, 3]] | [[4, 5]]         | 2
            class  | [[9, 7]]         | [[2, 3], [1, 5]] | 1
            domain | [[0, 1], [2, 3]] | [[4, 5]]         | 2
            domain | [[0, 1]]         | [[2, 3], [4, 5]] | 1
            """)
    void tasksOfTwoRunsAreLearnedAsThoseOfOne(String scenario, String first, String second, int known)
            throws IOException {
        String all = first.substring(0, first.length() - 1) + ", " + second.substring(1);
        run("whole", scenario, all);
        run("week-1", scenario, first);
        Result learned = run("week-2", scenario, second, "--from", in("week-1"));

        assertThat(learned.code()).as(learned.err()).isZero();
        assertThat(learned.err()).doesNotContain("network.from");
        same("whole", "week-2", known);
    }

    @Test
    void theThirdRunAsksTasksOfTheFirst() throws IOException {
        run("whole", "class", "[[0, 1], [2, 3], [4, 5], [6, 7]]");
        run("week-1", "class", "[[0, 1]]");
        run("week-2", "class", "[[2, 3], [4, 5]]", "--from", in("week-1"));
        Result third = run("week-3", "class", "[[6, 7]]", "--from", in("week-2"));

        assertThat(third.err()).doesNotContain("network.from");
        same("whole", "week-3", 3);
    }

    private void table(String name, String... kinds) throws IOException {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        StringBuilder rows = new StringBuilder("len,wid,kind\n");
        for (int row = 0; row < 400; row++) {
            int kind = row % kinds.length;
            rows.append("%.3f,%.3f,%s%n"
                    .formatted(
                            kinds[kind].hashCode() % 10 + random.nextGaussian(),
                            kind - random.nextDouble(),
                            kinds[kind]));
        }
        Files.writeString(folder.resolve(name + ".csv"), rows);
    }

    private Result ofTables(String out, String scenario, List<String> tasks, String... options) throws IOException {
        String listed = tasks.stream()
                .map(task -> "{name: %1$s, train: %1$s.csv, test: %1$s.csv}".formatted(task))
                .collect(Collectors.joining(", "));
        return run(Files.writeString(folder.resolve("tables.yaml"), """
                data: {set: csv, label: kind, tasks: [%s]}
                strategy: random-feature-lda
                scenario: %s
                inference: {features: 48, sums: keep}
                threads: 1
                """.formatted(listed, scenario)), out, options);
    }

    @Test
    void classesOfTablesAreThoseOfTheirNamesWhateverTheirNumbers() throws IOException {
        table("one", "dog", "cat");
        table("two", "bee", "eel");
        table("three", "ant", "fox");
        ofTables("whole", "class", List.of("one", "two", "three"));
        ofTables("week-1", "class", List.of("one", "two"));
        Result second = ofTables("week-2", "class", List.of("three"), "--from", in("week-1"));

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).doesNotContain("network.from");
        same("whole", "week-2", 2);
        try (DiscriminantModel model = model("week-2")) {
            assertThat(model.labelNames()).containsExactly("cat", "dog", "bee", "eel", "ant", "fox");
        }
        assertThat(folder.resolve("week-2/confusion.csv")).content().contains("ant", "fox");
    }

    @Test
    void tasksOfAScenarioDomainShareClassesByTheirNames() throws IOException {
        table("one", "dog", "cat");
        table("two", "cat", "ant", "dog");
        table("three", "dog", "cat");
        ofTables("whole", "domain", List.of("one", "two", "three"));
        ofTables("week-1", "domain", List.of("one"));
        Result second = ofTables("week-2", "domain", List.of("two", "three"), "--from", in("week-1"));

        assertThat(second.code()).as(second.err()).isZero();
        same("whole", "week-2", 1);
    }

    @Test
    void moreExamplesOfClassesAreAddedToTheirSums() throws IOException {
        String more = "data.seed=7";
        run("week-1", "class", "[[0, 1], [2, 3]]");
        Result second = run("week-2", "class", "[[0, 1]]", "--from", in("week-1"), "--more", "--set", more);

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(matrix("week-2").tasks()).containsExactly("0-1", "2-3", "0-1 (2)");
        assertThat(matrix("week-2").cell(3, 1)).isPresent();
        try (DiscriminantModel model = model("week-2")) {
            assertThat(model.labels()).containsExactly(0, 1, 2, 3);
        }
        assertThat(weights("week-2")).isNotEqualTo(weights("week-1"));
        Result third = run("week-3", "class", "[[3, 8]]", "--from", in("week-2"), "--more");
        assertThat(third.code()).as(third.err()).isZero();
        assertThat(third.err()).doesNotContain("network.from");
        assertThat(matrix("week-3").tasks()).containsExactly("0-1", "2-3", "0-1 (2)", "3-8");
    }

    @Test
    void moreExamplesOfATaskOfScenarioDomainAreOfItsDomain() throws IOException {
        run("week-1", "domain", "[[0, 1], [2, 3]]");
        Result second = run("week-2", "domain", "[[2, 3]]", "--from", in("week-1"), "--more");

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(matrix("week-2").tasks()).containsExactly("0-1", "2-3", "2-3 (2)");
        try (DiscriminantModel model = model("week-2")) {
            assertThat(model.classesOfPositions().orElseThrow()).containsExactly("0 or 2", "1 or 3");
        }
        assertThat(Console.sluice("info", in("week-2")).out()).contains("0-1 2-3 2-3 (2)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seed=2 | has seed 1, the script 2: write seed: 1
            inference.features=72 | has 90 random features, the script 72: write inference: {features: 90}
            inference.sparsity=0.2 | has sparsity 0.01, the script 0.2: write inference: {sparsity: 0.01}
            scenario=domain | learned in scenario class, the script says domain: write scenario: class
            data.padding=2 | takes images of 28 x 28, these are images of 32 x 32: give it data of that form
            split.groups=[[0, 1]] | give it another name, or add its examples to those with --more
            split.groups=[[1, 4]] | has: leave it out, or add its examples
            inference={features: 90, sparsity: 0.01, subnetworks: 0.5} | goes on with no other run: remove it, or write inference: {subnetworks: 0}
            inference={subnetworks: 0.5, sums: keep} | cannot be kept for another run
            strategy=ewc | holds no learner.sluice: name the folder of a finished run of that strategy
            scenario=task | cannot serve scenario task
            """)
    void whatDoesNotFitIsRefused(String setting, String message) throws IOException {
        run("week-1", "class", "[[0, 1]]");

        Result second = run("week-2", "class", "[[4, 5]]", "--from", in("week-1"), "--set", setting);

        assertThat(second).satisfies(mistake(message));
        assertThat(folder.resolve("week-2")).doesNotExist();
    }

    @Test
    void tasksThatWouldMakeAnswersMeanSomethingElseAreRefused() throws IOException {
        run("week-1", "domain", "[[0, 1], [2, 3]]");

        assertThat(run("week-2", "domain", "[[3, 4]]", "--from", in("week-1")))
                .satisfies(mistake("told classes apart by their positions"));
    }

    @Test
    void otherColumnsAreRefused() throws IOException {
        table("one", "dog", "cat");
        Files.writeString(folder.resolve("two.csv"), "len,height,kind\n" + "1,2,ant\n3,4,bee\n".repeat(9));
        ofTables("week-1", "class", List.of("one"));

        assertThat(ofTables("week-2", "class", List.of("two"), "--from", in("week-1")))
                .satisfies(mistake("features are len, height, and those that the model learned from len, wid"));
    }

    @Test
    void aRunWithoutSumsIsRefusedAndToldApart() throws IOException {
        run("week-1", "class", "[[0, 1]]", "--set", "inference.sums=drop");

        assertThat(folder.resolve("week-1/sums.sluice")).doesNotExist();
        assertThat(Console.sluice("info", in("week-1")).out()).contains("kept no sums");
        assertThat(run("week-2", "class", "[[4, 5]]", "--from", in("week-1")))
                .satisfies(mistake("holds no sums", "or run it again with that"));
    }

    @Test
    void damagedSumsAreRefused() throws IOException {
        run("week-1", "class", "[[0, 1]]");
        Path sums = folder.resolve("week-1/sums.sluice");
        byte[] bytes = Files.readAllBytes(sums);
        bytes[bytes.length - 9] ^= 1;
        Files.write(sums, bytes);

        assertThat(run("week-2", "class", "[[4, 5]]", "--from", in("week-1")))
                .satisfies(mistake("cannot be gone on with, so run it again"));
    }

    @Test
    void moreWithoutARunToGoOnWithIsRefused() throws IOException {
        assertThat(run("week-1", "class", "[[0, 1]]", "--more")).satisfies(mistake("or name that run (network.from)"));
    }

    @Test
    void whatCanBeTaughtIsTold() throws IOException {
        run("week-1", "class", "[[0, 1]]");

        assertThat(Console.sluice("info", in("week-1")).out())
                .contains(
                        "sums of a discriminant",
                        "sluice run SCRIPT --from RUN, tasks of new classes; with --more, examples of known ones");
        assertThat(folder.resolve("week-1/checksums.sha256")).content().contains("sums.sluice");
    }

    @Test
    void tasksWhoseDataAreGoneAreNotAskedAgain() throws IOException {
        run("week-1", "class", "[[0, 1]]");
        Files.createDirectory(folder.resolve("alone"));
        Files.copy(folder.resolve("week-1/sums.sluice"), folder.resolve("alone/sums.sluice"));
        Result second = run("week-2", "class", "[[4, 5]]", "--from", in("alone/sums.sluice"));

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).contains("are not asked again, as no run.json of its run lies with");
        assertThat(matrix("week-2").cell(2, 1)).isEmpty();
        assertThat(matrix("week-2").cell(2, 2)).isPresent();
    }
}
