package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.cli.Console.oneLine;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.MetricValue;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunChecksums;
import sluice.framework.cli.Console.Result;

/** Figures that are asked for when a run is over. */
class MetricsCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 300, test_size: 60}
            split: {groups: [[0, 1], [2, 3, 4]]}
            network: {hidden: [12]}
            training: {iterations: 40, batch_size: 16}
            inference: {features: 18}
            threads: 1
            """;

    private static final List<String> OF_ANSWERS =
            List.of("macro_precision", "macro_recall", "macro_f1", "balanced_accuracy", "auc", "top_2", "brier", "ece");

    @TempDir
    private Path folder;

    private Path learned(String... settings) throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), SCRIPT);
        Path run = folder.resolve("run");
        Object[] words = new Object[4 + 2 * settings.length];
        words[0] = "run";
        words[1] = script;
        words[2] = "--out";
        words[3] = run;
        for (int i = 0; i < settings.length; i++) {
            words[4 + 2 * i] = "--set";
            words[5 + 2 * i] = settings[i];
        }
        Result result = Console.sluice(words);
        assertThat(result.code()).as(result.err()).isZero();
        return run;
    }

    private static Map<String, MetricValue> figures(Path run) throws IOException {
        try (Reader in = Files.newBufferedReader(run.resolve("metrics.csv"))) {
            return MetricsCsv.read(in, "metrics.csv").get(0).values();
        }
    }

    /** As if nobody had asked for them. */
    private static void remove(Path run, List<String> keys) throws IOException {
        Path file = run.resolve("metrics.csv");
        String kept = Files.readAllLines(file).stream()
                .filter(line -> keys.stream().noneMatch(key -> line.contains("," + key + ",")))
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(file, kept);
        RunChecksums.renew(file);
    }

    @ParameterizedTest
    @CsvSource({
        "task, gates",
        "task, fine-tuning",
        "class, er",
        "class, icarl",
        "class, random-feature-lda",
        "domain, si",
        "domain, random-feature-lda"
    })
    void whatIsAddedLaterIsWhatTheRunWouldHaveSaid(String scenario, String strategy) throws IOException {
        Path run = learned("report.predictions=true", "scenario=" + scenario, "strategy=" + strategy);
        Map<String, MetricValue> then = figures(run);
        remove(run, OF_ANSWERS);

        Result result = Console.sluice("metrics", run, "--add", String.join(",", OF_ANSWERS));

        assertThat(result.code()).as(result.err()).isZero();
        Map<String, MetricValue> now = figures(run);
        assertThat(now.keySet()).isEqualTo(then.keySet());
        for (String key : OF_ANSWERS) {
            assertThat(now.get(key).number().isPresent())
                    .isEqualTo(then.get(key).number().isPresent());
            // a discriminant measures its calibration by probabilities of more digits
            assertThat(now.get(key).number().orElse(0))
                    .isCloseTo(then.get(key).number().orElse(0), within(key.equals("ece") ? 1e-6 : 0));
        }
        RunChecksums.check(run);
    }

    @Test
    void otherFiguresAreAddedOnceAndReported() throws IOException {
        Path run = learned("report.predictions=true", "scenario=class", "strategy=er");

        Result first = Console.sluice("metrics", run, "--add", "top_3");
        String files = Files.readString(run.resolve("metrics.csv"));
        Result second = Console.sluice("metrics", run, "--add", "top_3");

        assertThat(first.out()).startsWith("top_3 ").contains("written", "metrics.csv", "report.html");
        assertThat(second.out()).startsWith("top_3 ").doesNotContain("written");
        assertThat(run.resolve("metrics.csv")).content().isEqualTo(files).contains("er,1,top_3,");
        assertThat(Console.sluice("report", run).code()).isZero();
    }

    @Test
    void figuresAreListedWithReasonsWhereThereAreNone() throws IOException {
        Path run = learned("report.predictions=true");

        Result listed = Console.sluice("metrics", run);

        assertThat(listed.out().lines())
                .anyMatch(line -> line.matches("acc +\\d\\.\\d{4}"))
                .anyMatch(line -> line.matches("top_2 +undefined because task 0-1 has 2 classes to choose from.*"))
                .anyMatch(line -> line.matches("intransigence +undefined because no joint reference was run.*"));
    }

    @Test
    void aRunWithoutPredictionsSaysWhatToDo() throws IOException {
        Path run = learned();

        assertThat(run.resolve("predictions.csv.gz")).doesNotExist();
        assertThat(Console.sluice("metrics", run, "--add", "top_3"))
                .satisfies(oneLine("kept no predictions", "--set report.predictions=true --overwrite"));
        assertThat(Console.sluice("metrics", run, "--add", "makro_f1"))
                .satisfies(oneLine("makro_f1", "did you mean 'macro_f1'"));
        assertThat(Console.sluice("metrics", run, "--add", "nll")).satisfies(oneLine("is measured while a run trains"));
        assertThat(Console.sluice("metrics", folder)).satisfies(oneLine("holds no accuracy-matrix.csv"));
    }

    @Test
    void whatIsOfAccuraciesNeedsNoPredictions() throws IOException {
        Path run = learned();
        MetricValue then = figures(run).get("worst_task");
        remove(run, List.of("worst_task"));

        Console.sluice("metrics", run, "--add", "worst_task");

        assertThat(figures(run)).containsEntry("worst_task", then);
    }

    @Test
    void predictionsAreTheSameBytesForTheSameSeed() throws IOException {
        byte[] first = Files.readAllBytes(learned("report.predictions=true").resolve("predictions.csv.gz"));
        Console.sluice(
                "run",
                folder.resolve("mine.yaml"),
                "--out",
                folder.resolve("again"),
                "--set",
                "report.predictions=true");

        assertThat(folder.resolve("again/predictions.csv.gz")).hasBinaryContent(first);
    }

    @ParameterizedTest
    @CsvSource({"task, true", "domain, false", "class, false"})
    void reportsCallForwardTransferNoiseWhereTasksHaveOutputsOfTheirOwn(String scenario, boolean noise)
            throws IOException {
        Path run = learned("scenario=" + scenario, "strategy=er");

        assertThat(Files.readString(run.resolve("report.md")).contains("FWT: noise here"))
                .isEqualTo(noise);
    }

    @Test
    void aFigureIsDefinedInWordsThenByItsFormula() {
        List<String> lines =
                sluice("metrics", "--define", "forgetting,macs").out().lines().toList();

        assertThat(lines).hasSize(9);
        assertThat(lines.get(1)).startsWith("  meaning  how far a task ends below its best");
        assertThat(lines.get(2)).isEqualTo("  formula  mean of max(R[j..T-1][j]) - R[T][j], j = 1..T-1");
        assertThat(lines.get(3)).startsWith("  symbols  R[i][j] is the accuracy on task j");
        assertThat(lines.subList(6, 9))
                .containsExactly("macs  Multiply-adds", "  meaning  multiply-adds of training", "  better   less");
    }

    @Test
    void whatIsDefinedIsAMetricAndNeedsNoRun() {
        assertThat(sluice("metrics", "--define", "forgeting")).satisfies(oneLine("did you mean 'forgetting'?"));
        assertThat(sluice("metrics")).satisfies(oneLine("RUN is missing"));
        assertThat(sluice("metrics", "somewhere", "--define", "acc")).satisfies(oneLine("--define needs no RUN"));
    }

    @ParameterizedTest
    @CsvSource({
        "rmse_bwt, E[i][j] is the root of the mean squared error on task j after learning task i of T",
        "r2_bwt, R[i][j] is the coefficient of determination on task j after learning task i of T",
        "bwt, R[i][j] is the accuracy on task j after learning task i of T"
    })
    void symbolsAreThoseOfTheFigure(String metric, String symbols) {
        Result defined = sluice("metrics", "--define", metric);

        assertThat(defined.out()).contains("\n  symbols  " + symbols);
        if (!metric.equals("bwt")) {
            assertThat(defined.out()).doesNotContain("accuracy");
        }
    }
}
