package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Metrics;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.GatedNetwork;

/** The command line as a user meets it: arguments in; exit code, two streams and files out. */
@Tag("slow")
class SluiceCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 300, test_size: 100}
            split: {groups: [[0, 1], [7, 3]]}
            network: {hidden: [40, 30]}
            training: {epochs: 2, batch_size: 32}
            gates: {logit_mean: 0, logit_spread: 1}
            """;

    @TempDir
    private Path folder;

    private record Result(int code, String out, String err) {
        String unusual() {
            return Console.unusual(err);
        }
    }

    private static Result sluice(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int code = SluiceCommand.execute(terminal, words);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), text);
    }

    private static void assertOneLine(Result result, String... parts) {
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.unusual()).startsWith("sluice: ").contains(parts);
        assertThat(result.unusual().strip().lines()).hasSize(1);
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("mine.yaml"))
                    .toList();
        }
    }

    @Test
    void aRunPrintsSettingsRowsAndReportAndSaysWhereItsFilesAre() throws IOException {
        Path out = folder.resolve("run");

        Result result = sluice("run", script(SCRIPT), "--out", out);

        assertThat(result.code()).isZero();
        assertThat(result.unusual()).isEmpty();
        assertThat(result.out())
                .contains("mine, seed 1", "hidden [40, 30]", "task 1/2 (0-1): ", "after 1 (0-1):", "after 2 (7-3):")
                .contains("ACC ", "BWT ", "Forgetting ", "occupancy layer 2", "multiply-adds", "seconds")
                .containsPattern("evaluation        \\d+\\.\\d s, \\d+\\.\\d % of training and evaluation")
                .contains("exact retention   yes")
                .contains(out.resolve("accuracy-matrix.csv").toString());
    }

    @Test
    void aRunOfOneTaskTellsHowWellItsClassesAreToldApartAndNothingOfForgetting() throws IOException {
        Path one = script(SCRIPT.replace("[[0, 1], [7, 3]]", "[[0, 1, 2]]"));

        Result whole = sluice("run", one, "--out", folder.resolve("run"));
        Result quiet = sluice("run", one, "--out", folder.resolve("again"), "--quiet");

        assertThat(whole.out())
                .containsPattern("Accuracy +[01]\\.\\d{4}  share of the test rows")
                .containsPattern("Balanced accuracy +[01]\\.\\d{4}  mean")
                .containsPattern("Macro F1 +[01]\\.\\d{4}  mean")
                .doesNotContainIgnoringCase("forgetting", "BWT");
        assertThat(quiet.out())
                .matches(
                        "mine seed 1: accuracy [\\d.]+, balanced accuracy [\\d.]+, macro F1 [\\d.]+, [\\d.]+ ms per step\\R");
    }

    @Test
    void aReportHasItsDefinitionOfForgettingAndItsReferences() throws IOException {
        String script = SCRIPT + "report: {forgetting: first, references: [joint, independent]}\n";
        long seed = System.nanoTime(); // one that no cache knows

        Result first = sluice("run", script(script), "--out", folder.resolve("run"), "--seed", seed);
        Result second = sluice("run", script(script), "--out", folder.resolve("again"), "--seed", seed);

        assertThat(first.unusual() + second.unusual()).isEmpty();
        assertThat(first.out())
                .contains("report    forgetting first, references [joint, independent]")
                .contains("training reference joint", "training reference independent")
                .contains("forgetting (first)", "Intransigence ", "Forgetting ratio ", "FWT (independent) ")
                .contains(folder.resolve("run/references.csv").toString());
        assertThat(second.out()).contains("Intransigence ").doesNotContain("training reference");
        assertThat(folder.resolve("again/references.csv"))
                .hasSameTextualContentAs(folder.resolve("run/references.csv"));
    }

    @Test
    void theFilesOfARunAreCompleteAndReadable() throws IOException {
        Path out = folder.resolve("run");
        sluice("run", script(SCRIPT), "--out", out, "--seed", "9", "--set", "training.batch_size=32");

        AccuracyMatrix matrix = readMatrix(out);
        assertThat(matrix.tasks()).containsExactly("0-1", "7-3");
        assertThat(matrix.seed()).isEqualTo(9);
        assertThat(matrix.cell(0, 2)).isPresent();
        try (Reader in = Files.newBufferedReader(out.resolve("metrics.csv"))) {
            RunMetrics metrics = MetricsCsv.read(in, "metrics.csv").get(0);
            assertThat(metrics.values())
                    .containsOnlyKeys(
                            "acc",
                            "bwt",
                            "fwt",
                            "hardening_cost",
                            "forgetting",
                            "forgetting_first",
                            "forgetting_best_of_all",
                            "forgetting_mean_drop",
                            "forgetting_relative",
                            "forgetting_best_earlier_literal",
                            "forgetting_best_of_all_literal",
                            "forgetting_relative_literal",
                            "incremental_accuracy",
                            "worst_task",
                            "macro_precision",
                            "macro_recall",
                            "macro_f1",
                            "balanced_accuracy",
                            "pooled_precision",
                            "pooled_recall",
                            "pooled_f1",
                            "auc",
                            "top_2",
                            "top_5",
                            "brier",
                            "ece",
                            "min_acc",
                            "wc_acc",
                            "windowed_forgetting",
                            "stability_gap",
                            "lca",
                            "recency_bias",
                            "cka",
                            "effective_rank",
                            "dormant_ratio",
                            "intransigence",
                            "forgetting_ratio",
                            "fwt_independent",
                            "learning_accuracy",
                            "train_seconds",
                            "ms_per_step",
                            "eval_seconds",
                            "eval_share",
                            "macs",
                            "macs_dense",
                            "macs_per_step",
                            "macs_dense_per_step",
                            "macs_forward_layer_1",
                            "macs_backward_layer_1",
                            "macs_dense_forward_layer_1",
                            "macs_dense_backward_layer_1",
                            "macs_forward_layer_2",
                            "macs_backward_layer_2",
                            "macs_dense_forward_layer_2",
                            "macs_dense_backward_layer_2",
                            "macs_forward_head",
                            "macs_backward_head",
                            "macs_dense_forward_head",
                            "macs_dense_backward_head",
                            "macs_prediction",
                            "macs_prediction_all_open",
                            "occupancy_layer_1",
                            "occupancy_layer_2",
                            "memory_bytes",
                            "width_layer_1",
                            "width_layer_2",
                            "reuse",
                            "more_tasks",
                            "budget_used",
                            "budget_excess");
        }
        JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(run.at("/settings/training/batch_size").asInt()).isEqualTo(32);
        assertThat(run.at("/settings/gates/estimator").asText()).isEqualTo("st-open");
        assertThat(run.at("/data_checksums/digits-train-images").asText()).matches("[0-9a-f]{64}");
        assertThat(run.at("/machine/blas_core_type").asText()).isNotEmpty();
        assertThat(run.at("/machine/blas_threads").asInt()).isPositive();
        assertThat(run.at("/versions/nd4j").asText()).startsWith("1.0.0");
        assertThat(run.at("/seconds/training").asDouble()).isPositive();
        assertThat(run.at("/seconds/evaluation").asDouble()).isPositive();
        GatedNetwork network = GatedNetwork.load(out.resolve("model.sluice"));
        assertThat(network.tasks()).containsExactly("0-1", "7-3");
        assertThat(network.classes("7-3")).containsExactly(7, 3);
    }

    @Test
    void theThreadsAskedForAreThoseInTheRunRecord() throws IOException {
        Path script = script(SCRIPT + "threads: 2\n");
        sluice("run", script, "--out", folder.resolve("of-script"));
        sluice("run", script, "--out", folder.resolve("of-option"), "--threads", "3");

        assertThat(record("of-script").at("/machine/blas_threads").asInt()).isEqualTo(2);
        assertThat(record("of-option").at("/machine/blas_threads").asInt()).isEqualTo(3);
        assertThat(record("of-option").at("/settings/threads").asInt()).isEqualTo(3);
    }

    @Test
    void aRunThatAsksForNoThreadsHasTheDefaultWhateverTheRunBeforeHad() throws IOException {
        Path script = script(SCRIPT);
        sluice("run", script, "--out", folder.resolve("three"), "--threads", "3");
        sluice("run", script, "--out", folder.resolve("usual"));

        assertThat(record("usual").at("/machine/blas_threads").asInt()).isEqualTo(Lanes.defaultCount());
        assertThat(record("usual").at("/settings/threads").isMissingNode()).isTrue();
    }

    @Test
    void threadsOutOfRangeAreRefusedBeforeAnyWork() throws IOException {
        Result result = sluice("run", script(SCRIPT), "--out", folder.resolve("run"), "--threads", "0");

        assertOneLine(result, "--set threads=0: threads: must be in [1, 256], got 0");
        assertThat(leftovers()).isEmpty();
    }

    private JsonNode record(String run) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(run).resolve("run.json").toFile());
    }

    private static AccuracyMatrix readMatrix(Path out) throws IOException {
        try (Reader in = Files.newBufferedReader(out.resolve("accuracy-matrix.csv"))) {
            return AccuracyCsv.read(in, "accuracy-matrix.csv").get(0);
        }
    }

    @Test
    void sameSeedGivesTheSameBytesOfMatrixAndModel() throws IOException {
        Path script = script(SCRIPT);
        sluice("run", script, "--out", folder.resolve("one"));
        sluice("run", script, "--out", folder.resolve("two"));

        for (String file : List.of("accuracy-matrix.csv", "model.sluice")) {
            assertThat(Files.readAllBytes(folder.resolve("two").resolve(file)))
                    .isEqualTo(Files.readAllBytes(folder.resolve("one").resolve(file)));
        }
    }

    @Test
    void theSettingsInTheRunRecordAreAScriptThatGivesTheSameRun() throws IOException {
        sluice("run", script(SCRIPT), "--out", folder.resolve("one"), "--set", "training.epochs=3");
        JsonNode run =
                new ObjectMapper().readTree(folder.resolve("one/run.json").toFile());
        Path again = Files.writeString(
                folder.resolve("again.yaml"), run.get("settings").toString());

        Result result = sluice("run", again, "--out", folder.resolve("two"));

        assertThat(result.unusual()).isEmpty();
        assertThat(Files.readAllBytes(folder.resolve("two/model.sluice")))
                .isEqualTo(Files.readAllBytes(folder.resolve("one/model.sluice")));
    }

    @Test
    void anExistingRunIsReplacedOnlyWhenAskedTo() throws IOException {
        Path out = folder.resolve("run");
        Path script = script(SCRIPT);
        sluice("run", script, "--out", out);
        byte[] before = Files.readAllBytes(out.resolve("model.sluice"));

        assertOneLine(sluice("run", script, "--out", out, "--seed", "2"), out.toString(), "--overwrite");
        assertThat(Files.readAllBytes(out.resolve("model.sluice"))).isEqualTo(before);

        assertThat(sluice("run", script, "--out", out, "--seed", "2", "--overwrite")
                        .code())
                .isZero();
        assertThat(Files.readAllBytes(out.resolve("model.sluice"))).isNotEqualTo(before);
        assertThat(leftovers()).containsExactly("run");
    }

    @Test
    void aFolderThatIsNoRunIsNeverOverwritten() throws IOException {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Files.writeString(precious.resolve("thesis.txt"), "years of work");

        assertOneLine(
                sluice("run", script(SCRIPT), "--out", precious, "--overwrite"),
                "holds thesis.txt, which no run wrote");

        assertThat(precious.resolve("thesis.txt")).exists();
    }

    @Test
    void anOutputFolderThatCannotBeWrittenIsFoundBeforeTraining() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Result result = sluice("run", script(SCRIPT), "--out", file.resolve("run"));

        assertOneLine(result, "cannot write to output folder");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aDivergedRunLeavesNothingBehind() throws IOException {
        Result result = sluice(
                "run",
                script(SCRIPT),
                "--out",
                folder.resolve("run"),
                "--set",
                "training.optimizer=sgd",
                "--set",
                "training.learning_rate=1e30");

        assertOneLine(result, "task 0-1", "epoch ", "step ", "training.learning_rate");
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.epoch=3 | unknown key 'epoch' | did you mean 'epochs'",
                "training.epochs=many | training.epochs | number",
                "training.epochs=0 | training.epochs | got 0",
                "training.optimizer=amsgrd | training.optimizer: unknown optimizer 'amsgrd' | did you mean 'amsgrad'?",
                "gates.estimator=st-sigmod | unknown estimator 'st-sigmod' | did you mean 'st-sigmoid'",
                "gates.estimator={centred: {rho: 1}} | gates.estimator | it takes decay",
                "gates.estimator={centred: {decay: 1}} | gates.estimator | decay must be in [0, 1), got 1",
                "gates.estimator={unbiased: {decay: 1}} | gates.estimator | it takes none",
                "threads=257 | threads: must be in [1, 256] | got 257",
                "training.batch_size=0 | training.batch_size | got 0",
                "data={set: minst} | unknown data set 'minst' | did you mean 'mnist'",
                "split.groups=[[0, 1], [1, 2]] | split.groups | class 1 is in task 1 and in task 2",
                "split.groups=[[0, 12]] | split.groups | has no class 12",
                "split.groups=[[0, 1], []] | split.groups | empty",
                "inference.features=17 | inference.features: must be in [18, 20000] | got 17",
                "inference.sparsity=-1 | inference.sparsity | got -1",
                "inference.threshold=1.5 | inference.threshold: must be in [0, 1] | got 1.5",
                "inference.treshold=0.5 | unknown key 'treshold' | did you mean 'threshold'",
                "strategy=ewk | strategy: unknown strategy 'ewk' | did you mean 'ewc'?",
                "strategy={er: {memory: 0}} | strategy er: memory must be at least 1 | got 0",
                "strategy={er: {memory: 1.5}} | strategy er: memory must be a whole number | got 1.5",
                "strategy={ewc: {lamda: 1}} | strategy ewc: it takes no parameter 'lamda' | it takes lambda",
                "strategy={ewc: {lambda: {schedule: cosine, start: 1, end: 2}}} | lambda must be a number | no schedule",
                "strategy={er: {memory: 2000000000}} | strategy: memory 2000000000 is more than the 2739137 examples | make it smaller",
                "strategy={a-gem: {memory: 2000000000}} | strategy: memory 2000000000 is more than the 2739137 examples | make it smaller",
                "strategy={der++: {memory: 2000000000}} | strategy: memory 2000000000 is more than the 2739137 examples | make it smaller",
                "strategy={icarl: {memory: 3}} | strategy: strategy icarl cannot give each of 4 classes | set memory to 4 or more",
                "network.hidden=[100000, 100000] | network.hidden | make it narrower"
            })
    void aWrongSettingIsNamedWithItsPlace(String setting, String first, String second) throws IOException {
        assertOneLine(
                sluice("run", script(SCRIPT), "--out", folder.resolve("run"), "--set", setting),
                "--set " + setting.split("=", 2)[0],
                first,
                second);
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"strategy=ewc", "report.references=[joint]"})
    void aPlainNetworkThatNoArrayHoldsIsRefused(String setting) throws IOException {
        String hidden = "network.hidden=[20000, 20000, 20000, 20000, 20000, 20000, 20000]";

        assertOneLine(
                sluice("run", script(SCRIPT), "--out", folder.resolve("run"), "--set", setting, "--set", hidden),
                "network.hidden: the layers together have 2415",
                "make them narrower");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aStrategyThatMustBeToldTheTaskOffersThoseThatNeedNot() throws IOException {
        Path script = script(SCRIPT + "strategy: hat\n");

        assertOneLine(
                sluice("run", script, "--out", folder.resolve("run"), "--set", "scenario=class"),
                "strategy hat must be told the task at test",
                "write scenario: task, or choose strategy gates, random-feature-lda, fine-tuning");
    }

    @Test
    void aStrategyOfTwoScenariosIsOfferedBoth() throws IOException {
        Path script = script(SCRIPT + "strategy: icarl\n");

        assertOneLine(
                sluice("run", script, "--out", folder.resolve("run"), "--set", "scenario=domain"),
                "--set scenario=domain: scenario: strategy icarl cannot serve scenario domain: write scenario: task or scenario: class, or choose strategy gates, random-feature-lda, fine-tuning");
    }

    @Test
    void aNameThatNobodyReadsToItsEndIsCutShort() throws IOException {
        Path script = script(SCRIPT + "strategy: " + "a".repeat(10_000) + "\n");

        Result result = sluice("run", script, "--out", folder.resolve("run"));

        assertOneLine(
                result,
                "strategy: unknown strategy 'aaa",
                "aaa...",
                "choose one of gates, random-feature-lda, fine-tuning");
        assertThat(result.unusual()).hasSizeLessThan(600);
    }

    @Test
    void binaryUnitsKnowNoStrategy() throws IOException {
        Path script = script("data: {set: digits}\nnetwork: {units: binary, hidden: [9]}\nstrategy: ewc\n");

        assertOneLine(
                sluice("run", script, "--out", folder.resolve("run")),
                "mine.yaml:3: strategy: ewc does not work where network.units is binary");
    }

    @Test
    void binaryUnitsKnowNoOtherScenario() throws IOException {
        Path script = script("data: {set: digits}\nnetwork: {units: binary, hidden: [9]}\nscenario: class\n");

        assertOneLine(
                sluice("run", script, "--out", folder.resolve("run")),
                "mine.yaml:3: scenario: class does not work where network.units is binary");
    }

    @Test
    void permutedAndRotatedStreamsAreLearned() throws IOException {
        String whole = SCRIPT.replaceFirst("(?m)^split:.*$", "split: {permuted: 2}");

        Result permuted = sluice("run", script(whole), "--out", folder.resolve("one"));
        Result rotated =
                sluice("run", script(whole), "--out", folder.resolve("two"), "--set", "split={rotated: [0, 20]}");

        assertThat(permuted.code()).isZero();
        assertThat(permuted.out()).contains("permutation-1", "permutation-2");
        assertThat(rotated.code()).isZero();
        assertThat(rotated.out()).contains("rotation-0", "rotation-20");
    }

    @Test
    void anEstimatorTakesItsParameters() throws IOException {
        Path script = script(SCRIPT.replace("gates: {", "gates: {estimator: {centred: {decay: 0.5}}, "));

        Result result = sluice("run", script, "--out", folder.resolve("run"));

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("estimator {centred: {decay: 0.5}}");
    }

    @Test
    void anEstimatorThatCannotServeTheGatesIsRefusedBeforeTraining() throws IOException {
        Path script = script(SCRIPT.replace("gates: {", "gates: {estimator: centred, sampling: deterministic, "));

        assertOneLine(
                sluice("run", script, "--out", folder.resolve("run")),
                "mine.yaml:5",
                "gates.estimator",
                "use stochastic sampling, or estimator st-sigmoid or st-identity");
    }

    @Test
    void aMissingDataFolderIsNamed() throws IOException {
        assertOneLine(
                sluice("run", "split-mnist", "--data", folder.resolve("none"), "--out", folder.resolve("run")),
                folder.resolve("none").toString());
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void anUnknownSequenceIsAnsweredWithTheNearest() {
        assertOneLine(sluice("run", "split-digit"), "split-digits");
    }

    @Test
    void unknownCommandsAndOptionsAreAnsweredWithTheNearest() {
        assertOneLine(sluice("rum"), "rum", "run");
        assertOneLine(sluice("run", "split-digits", "--overwrit"), "--overwrit");
        assertOneLine(sluice("run"), "SEQUENCE");
        assertOneLine(sluice("run", "split-digits", "--seed", "x"), "--seed");
        assertOneLine(sluice("run", "split-digits", "--threads", "x"), "--threads");
        assertOneLine(sluice("list", "colours"), "colours");
    }

    @Test
    void theListHasSequencesDataSetsAndEstimatorsWithALineEach() {
        Result result = sluice("list");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("split-mnist", "split-digits", "mnist", "digits", "st-sigmoid", "centred", "unbiased");
        assertThat(sluice("list", "estimators").out())
                .contains("centred", "rebar", "control variate", "Tucker et al. 2017")
                .doesNotContain("split-mnist");
    }

    @Test
    void metricsAreListedWithWhatTheyAreWhereAskedFor() {
        assertThat(sluice("list", "metrics").out().lines())
                .hasSizeGreaterThan(Metrics.keys().size())
                .anyMatch(line -> line.startsWith("  auc ") && line.contains("ties counting one half"))
                .anyMatch(line -> line.startsWith("  top_5 "));
        assertThat(sluice("list").out()).doesNotContain("macro_f1");
    }

    @Test
    void helpAndVersionAreThere() {
        assertThat(sluice("--help").out()).contains("run", "list", "bench", "Exit codes");
        assertThat(sluice("run", "--help").out()).contains("--set", "--threads", "--overwrite", "--data", "Examples");
        assertThat(sluice("--version").out()).matches("sluice \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(sluice().code()).isEqualTo(2);
    }

    @Test
    void aBenchPrintsWhatStepsAndPredictionsCost() {
        Result result = sluice("bench", "--width", "32", "--threads", "2", "--seconds", "0.05");

        assertThat(result.code()).isZero();
        assertThat(result.unusual()).isEmpty();
        assertThat(result.out())
                .contains("BLAS core type ", "threads 2", "784-32-32")
                .contains("GFLOP/s", "1024 x 1024 x 1024", "32 x 784 x 64")
                .contains("multiply-adds, relative", "25 %", "the head alone learns", "forward pass alone")
                .contains("images/s", "times the full network");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--width | 3 | --width must be in [16, 10000], got 3",
                "--width | 10001 | got 10001",
                "--width | wide | 'wide'",
                "--seconds | 0 | --seconds must be in [0.01, 60.0], got 0.0",
                "--seconds | NaN | --seconds must be in [0.01, 60.0], got NaN",
                "--threads | 0 | --threads must be in [1, 256], got 0",
                "--threads | 257 | got 257",
                "--optimizer | amsgrat | unknown optimizer 'amsgrat': did you mean 'amsgrad'?"
            })
    void aBenchOutOfRangeIsOneLine(String option, String value, String part) {
        assertOneLine(sluice("bench", option, value), part);
    }

    @Test
    void aTerminalGetsAProgressBarPerTask() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                true);

        SluiceCommand.execute(
                terminal,
                "run",
                script(SCRIPT).toString(),
                "--out",
                folder.resolve("run").toString());

        List<String> lines =
                new ArrayList<>(List.of(out.toString(StandardCharsets.UTF_8).split("[\\r\\n]+")));
        assertThat(lines).anyMatch(line -> line.contains("task 2/2 (7-3) 100%"));
    }
}
