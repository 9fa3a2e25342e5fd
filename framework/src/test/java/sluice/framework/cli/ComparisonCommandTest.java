package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;

/** Comparisons as a user of the command line meets them. */
@Tag("slow")
class ComparisonCommandTest {
    private static final String SCRIPT = """
        data: {set: digits, train_size: 100, test_size: 50}
        split: {groups: [[0, 1], [7, 3]]}
        network: {hidden: [40, 30]}
        gates: {logit_mean: 0, logit_spread: 1}
        training: {epochs: 1, batch_size: 20}
        compare:
          seeds: [1, 2]
          variants:
          - name: plain
          - name: steep
            set:
              gates.slope: 2
        """;
    private static final String PLAIN = SCRIPT.substring(0, SCRIPT.indexOf("compare:"));
    private static final String DIVERGING = SCRIPT.replace(
            "gates.slope: 2", "training: {epochs: 1, batch_size: 20, optimizer: sgd, learning_rate: 1e30}");

    @TempDir
    private Path folder;

    private record Result(int code, String out, String err) {
        String unusual() {
            return Console.unusual(err);
        }
    }

    private static Result sluice(boolean interactive, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive);
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int code = SluiceCommand.execute(terminal, words);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = List.of(options).contains("--out")
                ? new Object[] {"run", file}
                : new Object[] {"run", file, "--out", folder.resolve("out")};
        return sluice(false, Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    private List<String> figures() throws IOException {
        return Files.readAllLines(folder.resolve("out/comparison.csv"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertOneLine(Result result, String... parts) {
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.unusual()).startsWith("sluice: ").contains(parts);
        assertThat(result.unusual().strip().lines()).hasSize(1);
    }

    @Test
    void everyVariantIsRunOncePerSeedAndAllAreInTheTableAndTheFigures() throws IOException {
        Result result = run(SCRIPT);

        assertThat(result.unusual()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsPattern(
                        "\\[[1-4]/4\\] steep seed 2: ACC [01](\\.\\d{1,4})?, forgetting \\(best-earlier\\) 0, \\d+\\.\\d\\d ms per step")
                .containsPattern("\\| plain +\\| +2 \\| +[01]\\.\\d{4} \\+- \\S+ \\|")
                .contains(" BWT |", " occupancy |", "ms per step: median over runs")
                .contains("memory bytes")
                .doesNotContain("intransigence")
                .contains(folder.resolve("out/comparison.csv").toString())
                .contains(folder.resolve("out/metrics.csv").toString());
        assertThat(figures().get(0))
                .isEqualTo(
                        "variant,seed,acc,bwt,forgetting,learning_accuracy,occupancy,hardening_cost,ms_per_step,macs_per_step,"
                                + "macs_dense_per_step,train_seconds,memory_bytes,reuse");
        assertThat(figures().subList(1, 5))
                .extracting(line -> line.substring(0, 8))
                .containsExactly("plain,1,", "plain,2,", "steep,1,", "steep,2,");
        // gates are binary all along: hardening costs nothing that could be measured
        assertThat(figures().subList(1, 5)).allMatch(line -> line.indexOf(",,") == line.lastIndexOf(",,"));
        assertThat(names(folder.resolve("out")))
                .containsExactly(
                        "comparison.csv",
                        "metrics.csv",
                        "plain-seed1",
                        "plain-seed2",
                        "report.html",
                        "report.md",
                        "runs.csv",
                        "steep-seed1",
                        "steep-seed2");
        assertThat(names(folder.resolve("out/steep-seed2")))
                .containsExactly(
                        "accuracy-matrix.csv",
                        "checksums.sha256",
                        "confusion.csv",
                        "gates.csv",
                        "hardest.csv",
                        "learning-curves.csv",
                        "ledger.csv",
                        "metrics.csv",
                        "model.sluice",
                        "overlap.csv",
                        "run.json");
        assertThat(names(folder)).containsExactly("mine.yaml", "out");
    }

    @Test
    void aComparisonOfOneTaskTalksOfAccuracyAndNotOfForgettingAlsoOfRunsThatEndedBefore() throws IOException {
        String script = SCRIPT.replace("[[0, 1], [7, 3]]", "[[0, 1, 2]]");
        String first = run(script, "--seed", 1).out();
        String again = run(script, "--seed", 1).out();

        for (String out : List.of(first, again)) {
            assertThat(out)
                    .contains("| accuracy ", "balanced accuracy", "macro F1")
                    .doesNotContain("orgetting", "ACC");
        }
        assertThat(folder.resolve("out/report.md"))
                .content()
                .contains("Macro F1")
                .doesNotContain("Forgetting");
    }

    @Test
    void aRunOfAComparisonIsTheRunOfThePlainScript() throws IOException {
        run(SCRIPT, "--seed", 2, "--variants", "steep", "--threads", 1);
        Path plain = Files.writeString(
                folder.resolve("plain.yaml"),
                PLAIN.replace("logit_mean: 0", "logit_mean: 0, slope: 2") + "name: mine-steep\nseed: 2\nthreads: 1\n");

        sluice(false, "run", plain, "--out", folder.resolve("alone"));

        assertThat(figures()).hasSize(2);
        assertThat(folder.resolve("out/steep-seed2/model.sluice"))
                .hasSameBinaryContentAs(folder.resolve("alone/model.sluice"));
    }

    @Test
    void aRunThatDivergesIsReportedAndTheOthersGoOn() throws IOException {
        Result result = run(DIVERGING.replace("  - name: plain\n", "") + "  - name: plain\n", "--seed", 1);

        assertOneLine(result, "steep seed 1 failed: the loss of task 0-1 became");
        assertThat(result.out())
                .containsPattern("\\[[12]/2\\] steep seed 1: failed: the loss")
                .containsPattern("\\[[12]/2\\] plain seed 1: ACC ")
                .containsPattern("\\| steep +\\| 0, 1 failed \\| +- +\\|");
        assertThat(figures().get(1)).isEqualTo("steep,1,,,,,,,,,,,,");
        assertThat(figures().get(2)).startsWith("plain,1,").doesNotContain(",,,");
        assertThat(names(folder.resolve("out")))
                .containsExactly(
                        "comparison.csv", "metrics.csv", "plain-seed1", "report.html", "report.md", "runs.csv");
    }

    @Test
    void everyVariantIsCheckedBeforeAnythingIsRun() throws IOException {
        Result estimator = run(SCRIPT.replace("gates.slope: 2", "gates.estimator: st-sigmod"));
        assertOneLine(estimator, "mine.yaml:12: gates.estimator: unknown estimator 'st-sigmod'");
        assertThat(estimator.out()).isEmpty();

        Result split = run(SCRIPT.replace("gates.slope: 2", "split.groups: [[0, 12]]"));
        assertOneLine(split, "mine.yaml:12: split.groups: ", "has no class 12");
        assertThat(split.out()).doesNotContain("[1/4]");
        assertThat(names(folder)).containsExactly("mine.yaml");
    }

    @Test
    void unknownVariantsAreAnsweredWithTheNearest() throws IOException {
        assertOneLine(run(SCRIPT, "--variants", "plain,steap"), "unknown variant 'steap': did you mean 'steep'?");
        assertOneLine(run(PLAIN, "--variants", "plain"), "--variants: ", "compares no variants: remove the option");
    }

    @Test
    void aComparisonIsReplacedOnlyWhenAskedToAndARunNever() throws IOException {
        run(SCRIPT, "--seed", 1);
        assertOneLine(
                run(SCRIPT, "--seed", 2),
                "holds a comparison with run plain-seed1, which is not in this one: add --overwrite");

        assertThat(run(SCRIPT, "--seed", 2, "--variants", "plain", "--overwrite")
                        .code())
                .isZero();
        assertThat(names(folder.resolve("out")))
                .containsExactly(
                        "comparison.csv", "metrics.csv", "plain-seed2", "report.html", "report.md", "runs.csv");
        assertThat(names(folder)).containsExactly("mine.yaml", "out");

        assertOneLine(run(PLAIN, "--overwrite"), "which no run wrote");
        Files.writeString(folder.resolve("out/plain-seed2/thesis.txt"), "years of work");
        assertOneLine(run(SCRIPT, "--overwrite"), "holds plain-seed2, which no comparison wrote");
        assertThat(folder.resolve("out/plain-seed2/thesis.txt")).exists();
    }

    @Test
    void allMetricsOfAllRunsAreInOneFileWithTheirStatisticsPerVariant() throws IOException {
        run(SCRIPT);

        Path metrics = folder.resolve("out/metrics.csv");
        List<RunMetrics> runs = MetricsCsv.read(Files.newBufferedReader(metrics), "metrics.csv");
        assertThat(runs).extracting(RunMetrics::strategy).containsExactly("plain", "plain", "steep", "steep");
        assertThat(runs).extracting(RunMetrics::seed).containsExactly(1L, 2L, 1L, 2L);
        assertThat(runs).allSatisfy(run -> assertThat(run.values()).containsKeys("acc", "occupancy", "macs_share"));
        double mean = (acc(runs.get(2)) + acc(runs.get(3))) / 2;
        assertThat(Files.readAllLines(metrics))
                .anySatisfy(line -> assertThat(line).startsWith("plain,ci95_low,acc,"))
                .anySatisfy(line -> assertThat(line).startsWith("plain,ci95_high,acc,"))
                .filteredOn(line -> line.startsWith("steep,mean,acc,"))
                .singleElement()
                .satisfies(line ->
                        assertThat(Double.parseDouble(line.substring(15))).isCloseTo(mean, within(1e-12)));
    }

    private static double acc(RunMetrics run) {
        return run.values().get("acc").number().orElseThrow();
    }

    @Test
    void aRunsBitsDoNotDependOnHowManyGoAtOnce() throws IOException {
        run(SCRIPT, "--threads", 1, "--out", folder.resolve("one"));

        Result result = run(SCRIPT, "--threads", 3, "--out", folder.resolve("three"));

        assertThat(result.out()).contains("threads   3, runs at once 3");
        for (String run : List.of("plain-seed1", "plain-seed2", "steep-seed1", "steep-seed2")) {
            for (String file : List.of("accuracy-matrix.csv", "model.sluice")) {
                assertThat(folder.resolve("three").resolve(run).resolve(file))
                        .hasSameBinaryContentAs(
                                folder.resolve("one").resolve(run).resolve(file));
            }
        }
    }

    @Test
    void threadsBeyondOnePerRunAreSharedOutEvenlyAndTheRecordSaysSo() throws IOException {
        Result result = run(SCRIPT, "--seed", 1, "--threads", 5);

        assertThat(result.out()).contains("threads   5, runs at once 2");
        JsonNode record = new ObjectMapper()
                .readTree(folder.resolve("out/steep-seed1/run.json").toFile());
        assertThat(record.at("/machine/blas_threads").asInt()).isEqualTo(2);
        assertThat(record.at("/settings/threads").asInt()).isEqualTo(2);
    }

    @Test
    void referencesAreNamedWhileTheyTrainAndWhatTheyAreForIsInTheTable() throws IOException {
        // data of a seed of its own, whose references no cache has
        String script = SCRIPT.replace("test_size: 50", "test_size: 50, seed: %d".formatted(System.nanoTime()))
                + "report: {references: [independent, joint]}\n";
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);

        Result result = sluice(true, "run", file, "--out", folder.resolve("out"), "--seed", 1, "--threads", 2);

        assertThat(result.code()).isZero();
        List<String> lines = List.of(result.out().split("[\\r\\n]+", -1));
        assertThat(lines)
                .filteredOn(line -> line.contains("training reference"))
                .hasSize(2)
                .anyMatch(line -> line.matches(" +(plain|steep) seed 1: training reference independent, 2 steps"))
                .anyMatch(line -> line.matches(" +(plain|steep) seed 1: training reference joint, 2 steps"));
        assertThat(lines).anyMatch(line -> line.startsWith("2 runs 100%"));
        assertThat(result.out()).contains(" intransigence |", " (independent) |");
        assertThat(figures().get(0)).endsWith(",memory_bytes,reuse,intransigence,forgetting_ratio,fwt_independent");
    }

    @Test
    void aTerminalGetsOneProgressBarForAllRuns() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), SCRIPT);

        Result result = sluice(true, "run", file, "--out", folder.resolve("out"), "--seed", 1, "--threads", 2);

        List<String> lines = List.of(result.out().split("[\\r\\n]+", -1));
        assertThat(lines).anyMatch(line -> line.startsWith("2 runs 100%"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("["))
                .hasSize(2)
                .allMatch(line -> line.endsWith("per step"));
    }
}
