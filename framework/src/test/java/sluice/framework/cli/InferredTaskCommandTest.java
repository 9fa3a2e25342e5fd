package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.MetricsCsv;
import sluice.framework.inference.InferredModel;

/** {@code inference.task}: subnetworks answer where nobody tells the task. */
class InferredTaskCommandTest {
    private static final Splitter CELLS = Splitter.on(',');
    private static final String SPLIT = """
            data: {set: digits, train_size: 600, test_size: 120}
            split: {groups: [[0, 1], [2, 3], [4, 5]]}
            scenario: class
            network: {hidden: [40, 40]}
            training: {iterations: 60}
            inference: {features: 360, task: %s}
            """;

    @TempDir
    private Path folder;

    private Console.Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out"), "--overwrite"};
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    private double metric(String name) throws IOException {
        try (Reader in = Files.newBufferedReader(folder.resolve("out/metrics.csv"))) {
            return MetricsCsv.read(in, "metrics.csv")
                    .get(0)
                    .values()
                    .get(name)
                    .number()
                    .orElseThrow();
        }
    }

    private List<String> matrix(String place) throws IOException {
        return Files.readAllLines(folder.resolve(place + "/accuracy-matrix.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "density", "discriminant", "entropy", "gradient", "combined"})
    void everyWayToFindTasksIsTrainedSavedAndEvaluatedAgain(String choice) throws IOException {
        Console.Result result = run(SPLIT.formatted(choice));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.unusual()).isEmpty();
        assertThat(result.out()).contains("exact retention   yes", "task found ", "memory of sums", ", no example");
        assertThat(metric("task_found")).isBetween(metric("acc") - 1e-9, 1.0);
        assertThat(metric("macs_inference") > 0).isTrue();

        Console.Result evaluated = sluice(
                "evaluate",
                "--model",
                folder.resolve("out"),
                "--script",
                folder.resolve("mine.yaml"),
                "--out",
                folder.resolve("again"));

        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        List<String> last = matrix("out").stream()
                .filter(line -> line.startsWith("gates,1,3,"))
                .toList();
        assertThat(matrix("again")).hasSizeGreaterThan(3).containsAll(last);
    }

    @Test
    void theDiscriminantFindsTasksOfDigitsAndTheSubnetworkItsClasses() throws IOException {
        run(SPLIT.formatted("auto"));

        assertThat(metric("task_found")).isGreaterThan(0.95);
        assertThat(metric("acc")).isGreaterThan(0.9);
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("tasks are found by discriminant");
    }

    @Test
    void aTaskIsForgottenByItsName() throws IOException {
        run("""
                data: {set: digits, train_size: 600, test_size: 150}
                split: {permuted: 4}
                scenario: domain
                network: {hidden: [30, 30], growth: separate}
                training: {iterations: 40}
                inference: {task: density}
                """);
        Path less = folder.resolve("less.sluice");

        Console.Result result =
                sluice("forget", "--model", folder.resolve("out"), "--task", "permutation-2", "--out", less);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("every frozen parameter of 3 other tasks is unchanged, bit for bit")
                .containsPattern("its units were its own: [0-9,]+ bytes less");
        assertThat(sluice("info", less).out())
                .contains("permutation-1", "permutation-3", "which finds the task of an example itself")
                .doesNotContain("permutation-2");
        assertThat(sluice("forget", "--model", less, "--task", "permutation-2", "--out", folder.resolve("no"))
                        .err())
                .startsWith("sluice: the network has not learned task permutation-2");
    }

    @Test
    void examplesOfTasksAreToldFromStrangers() throws IOException {
        Console.Result result = run("""
                data: {set: digits, train_size: 800, test_size: 200}
                split: {left_out: [6, 7, 8, 9]}
                scenario: class
                network: {hidden: [40, 40]}
                training: {iterations: 60}
                inference: {features: 360, task: auto, strangers: [permutation, noise, left-out]}
                """);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(metric("auroc_permutation")).isBetween(0.95, 1.0);
        assertThat(metric("auroc_noise")).isBetween(0.95, 1.0);
        assertThat(metric("auroc_left_out")).isBetween(0.9, 1.0);
        assertThat(result.out())
                .contains("strangers         AUROC of permutation %.4f, noise %.4f, left-out %.4f"
                        .formatted(metric("auroc_permutation"), metric("auroc_noise"), metric("auroc_left_out")));
        for (String file : List.of("run.json", "report.html")) {
            assertThat(Files.readString(folder.resolve("out").resolve(file)))
                    .as(file)
                    .contains(
                            "strangers (left-out): the test examples of the classes that were left out (6, 7, 8, 9); 80 of them against 120 test examples of learned tasks");
        }
        for (String file : List.of("report.md", "report.html")) {
            assertThat(Files.readString(folder.resolve("out").resolve(file)))
                    .as(file)
                    .contains("AUROC, classes left out", "Mann-Whitney", "Task found");
        }
    }

    @Test
    void tasksThatAreGivenAreAnsweredAsWhereTheyAreTold() throws IOException {
        run(SPLIT.formatted("given"));
        List<String> given = matrix("out");

        run(SPLIT.formatted("given")
                .replace("scenario: class", "scenario: task")
                .replace(", task: given", ""));

        List<String> told = matrix("out");
        // before a task is learned it cannot be given
        for (int after = 1; after <= 3; after++) {
            for (int task = 1; task <= after; task++) {
                String name = List.of("0-1", "2-3", "4-5").get(task - 1);
                String start = "gates,1,%d,%s,".formatted(after, name);
                assertThat(given.stream().filter(line -> line.startsWith(start)))
                        .isEqualTo(told.stream()
                                .filter(line -> line.startsWith(start))
                                .toList());
            }
        }
    }

    @Test
    void permutationsAreFoundByADensityThatCostsLessThanTheSubnetwork() throws IOException {
        Console.Result result = run("""
                data: {set: digits, train_size: 800, test_size: 100}
                split: {permuted: 4}
                scenario: domain
                network: {hidden: [60, 60]}
                training: {iterations: 40}
                inference: {task: auto}
                """);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(metric("task_found")).isGreaterThan(0.99);
        assertThat(metric("macs_inference")).isLessThan(metric("macs_prediction"));
        assertThat(Files.readString(folder.resolve("out/run.json")))
                .contains("tasks are found by bernoulli", "no low-rank or discriminant was gone on with after task 2");
    }

    @Test
    void predictTellsTheTaskAndWhereNoneFits() throws IOException {
        run(SPLIT.formatted("density"), "--set", "inference.threshold=0.02");
        StringBuilder rows = new StringBuilder();
        SplittableRandom random = new SplittableRandom(5);
        int features =
                InferredModel.load(folder.resolve("out/model.sluice")).network().inputs();
        for (int row = 0; row < 20; row++) {
            for (int i = 0; i < features; i++) {
                rows.append(i == 0 ? "" : ",").append(random.nextInt(256));
            }
            rows.append('\n');
        }
        Path noise = Files.writeString(folder.resolve("noise.csv"), rows);

        Console.Result result = sluice("predict", "--model", folder.resolve("out"), "--input", noise);

        assertThat(result.code()).as(result.err()).isZero();
        List<String> lines = result.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("row,task,predicted,probability");
        assertThat(lines.subList(1, lines.size()))
                .hasSize(20)
                .allSatisfy(line ->
                        assertThat(CELLS.splitToList(line).subList(1, 3)).containsExactly("unknown", "unknown"));
        assertThat(metric("answered")).isBetween(0.85, 0.9999);
    }

    @Test
    void tasksThatPredictNumbersAreNotFound() throws IOException {
        StringBuilder rows = new StringBuilder("x,z,site,price\n");
        for (int i = 0; i < 60; i++) {
            rows.append("%d,%d,%s,%d%n".formatted(i % 7, i % 5, i % 2 == 0 ? "a" : "b", 3 * i));
        }
        Files.writeString(folder.resolve("sales.csv"), rows);

        Console.Result result = run("""
                data: {set: csv, file: sales.csv, test_share: 0.2, target: price, task_column: site}
                scenario: domain
                network: {hidden: [8]}
                inference: {task: auto}
                """);

        assertThat(result.code()).as(result.out()).isEqualTo(2);
        assertThat(result.err()).contains("predict").hasLineCount(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aDryRunForeseesTheNetworkThatIsTrained() throws IOException {
        String foreseen = run(SPLIT.formatted("auto"), "--dry-run").out();
        String told = run(
                        SPLIT.formatted("auto")
                                .replace("scenario: class", "scenario: task")
                                .replace(", task: auto", ""),
                        "--dry-run")
                .out();

        assertThat(foreseen).contains("at most: those of a dense network").doesNotContain("of their products");
        assertThat(foreseen.lines().filter(line -> line.startsWith("steps ")).toList())
                .isNotEmpty()
                .isEqualTo(
                        told.lines().filter(line -> line.startsWith("steps ")).toList());
    }

    @Test
    void aModelThatFindsTheTaskIsNotToldIt() throws IOException {
        run(SPLIT.formatted("density"));

        Console.Result result = sluice(
                "predict", "--model", folder.resolve("out"), "--task", "0-1", "--input", folder.resolve("any.csv"));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("sluice: --task: %s answers without the task: remove the option%n"
                        .formatted(folder.resolve("out")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inference.task=fast | inference.task: unknown choice 'fast': choose one of auto, density, entropy, gradient, discriminant, combined, given",
                "inference.subnetworks=0.5 | inference.subnetworks: mixes what subnetworks say into the discriminant's answer, and with inference.task they answer themselves: remove one of them",
                "inference.sums=keep | inference.sums: cannot be kept for another run where inference.task finds the task: write sums: drop",
                "inference.strangers=[left-out] | inference.strangers: left-out speaks of classes that no task has, and none were left out: write split: {left_out: 4}, or remove left-out",
                "inference.strangers=[digits] | inference.strangers: digits are no strangers to tasks of drawn digits: remove digits",
                "inference={task: given, strangers: [noise]} | inference.strangers: are told from examples of tasks where tasks are found: write inference.task: auto, or remove it",
                "inference={strangers: [noise]} | inference.strangers: are told from examples of tasks where tasks are found: write inference.task: auto, or remove it",
                "strategy=random-feature-lda | inference.task: random-feature-lda answers itself and asks no subnetwork of a task: write strategy: gates, or remove the key",
                "network.exits={layers: [{dense: 4}]} | network.exits: exits and gaters are of tasks that are told: remove it, or write scenario: task and strategy: gates"
            })
    void whatDoesNotGoTogetherIsToldInOneLine(String set, String message) throws IOException {
        assertRefused("auto", set, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"growth=separate", "normalisation=batch"})
    void subnetworksThatCannotBeLaidOverEachOtherAreToldInOneLine(String network) throws IOException {
        assertRefused(
                "gradient",
                "network." + network,
                "inference.task: gradient lays the subnetworks of fully connected layers over each other, without normalisation and without network.growth: separate: write task: entropy");
    }

    private void assertRefused(String choice, String set, String message) throws IOException {
        Console.Result result = run(SPLIT.formatted(choice), "--set", set);

        assertThat(result.code()).as(result.out()).isEqualTo(2);
        assertThat(result.err()).contains(message).hasLineCount(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
