package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.cli.Console.mistake;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ClassificationMetric;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.ProbabilityMetric;
import sluice.evaluation.RunMetrics;
import sluice.framework.cli.Console.Result;

/** Saved models that are asked for tasks. */
class EvaluateCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 300, test_size: 60}
            network: {hidden: [12, 10]}
            training: {iterations: 40, batch_size: 16}
            threads: 1
            split: {groups: GROUPS}
            """;

    @TempDir
    private Path folder;

    private Path script(String name, String groups) throws IOException {
        return Files.writeString(folder.resolve(name), SCRIPT.replace("GROUPS", groups));
    }

    private Path learned(String name, String groups, String... options) throws IOException {
        List<Object> words =
                new ArrayList<>(List.of("run", script("learn.yaml", groups), "--out", folder.resolve(name)));
        words.addAll(List.of(options));
        Result result = Console.sluice(words.toArray());
        assertThat(result.code()).as(result.err()).isZero();
        return folder.resolve(name);
    }

    private Result evaluate(Path model, Path script, String... options) {
        List<Object> words = new ArrayList<>(
                List.of("evaluate", "--model", model, "--script", script, "--out", folder.resolve("evaluated")));
        words.addAll(List.of(options));
        return Console.sluice(words.toArray());
    }

    /** How well classes are told apart, and the worst task. */
    private static Map<String, Double> classFigures(Path run) throws IOException {
        try (Reader in = Files.newBufferedReader(run.resolve("metrics.csv"))) {
            RunMetrics metrics = MetricsCsv.read(in, run.toString()).get(0);
            return Stream.concat(Stream.of(ClassificationMetric.values()), Stream.of(ForgettingMetric.WORST_TASK))
                    .collect(Collectors.toMap(
                            Metric::key,
                            metric -> metrics.value(metric).number().orElseThrow()));
        }
    }

    private static OptionalDouble brier(Path run) throws IOException {
        try (Reader in = Files.newBufferedReader(run.resolve("metrics.csv"))) {
            return MetricsCsv.read(in, run.toString())
                    .get(0)
                    .value(ProbabilityMetric.BRIER)
                    .number();
        }
    }

    private static AccuracyMatrix matrix(Path run) throws IOException {
        try (Reader in = Files.newBufferedReader(run.resolve("accuracy-matrix.csv"))) {
            return AccuracyCsv.read(in, run.toString()).get(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "task, gates",
        "task, ewc",
        "task, packnet",
        "task, supermasks",
        "task, wsn",
        "task, weight-gates",
        "task, gpm",
        "class, er",
        "class, icarl",
        "class, random-feature-lda",
        "domain, si",
        "domain, random-feature-lda",
        "task, '{hat: {s_max: 100}}'",
        "class, '{generative-classifier: {hidden: 10, iterations: 30, samples: 3}}'"
    })
    void theLastRowIsMeasuredAgain(String scenario, String strategy) throws IOException {
        String[] options = {
            "--set",
            "strategy=" + strategy,
            "--set",
            "scenario=" + scenario,
            "--set",
            "inference.features=18",
            "--set",
            "data.normalisation=unit"
        };
        Path run = learned("run", "[[0, 1], [2, 3], [4, 5]]", options);
        Result result = evaluate(run, script("both.yaml", "[[4, 5], [0, 1], [2, 3]]"), "--set", "scenario=" + scenario);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(classFigures(folder.resolve("evaluated"))).hasSize(8).isEqualTo(classFigures(run));
        assertThat(brier(folder.resolve("evaluated")).isPresent()).isEqualTo(!strategy.equals("icarl"));
        assertThat(brier(folder.resolve("evaluated")).orElse(0))
                .isCloseTo(brier(run).orElse(0), within(1e-6));
        AccuracyMatrix then = matrix(run);
        AccuracyMatrix now = matrix(folder.resolve("evaluated"));
        for (int j = 1; j <= 3; j++) {
            int task = now.tasks().indexOf(then.tasks().get(j - 1)) + 1;
            assertThat(now.cell(3, task)).isEqualTo(then.cell(3, j));
        }
        assertThat(folder.resolve("evaluated/evaluation.json")).content().contains("model_sha256");
        assertThat(folder.resolve("evaluated/report.md")).content().contains("0-1");
    }

    @Test
    void rowsOfTheRunAreKeptWhereTasksAndDataAreTheSame() throws IOException {
        Path run = learned("run", "[[0, 1], [2, 3]]");

        evaluate(run, script("both.yaml", "[[2, 3], [0, 1]]"));
        assertThat(matrix(folder.resolve("evaluated"))).isEqualTo(matrix(run));

        evaluate(run, script("both.yaml", "[[2, 3], [0, 1]]"), "--set", "data.test_size=80", "--overwrite");
        AccuracyMatrix more = matrix(folder.resolve("evaluated"));
        assertThat(more.cell(2, 1)).isPresent();
        assertThat(more.cell(1, 1)).isEmpty();
    }

    @Test
    void rowsOfSeveralRunsAreKeptThoughCellsAreMissing() throws IOException {
        learned("week-1", "[[0, 1]]");
        Path run =
                learned("week-2", "[[2, 3]]", "--from", folder.resolve("week-1").toString());

        Result result = evaluate(run, script("both.yaml", "[[0, 1], [2, 3]]"));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(matrix(folder.resolve("evaluated"))).isEqualTo(matrix(run));
        assertThat(folder.resolve("evaluated/report.md")).exists();
    }

    @Test
    void tasksThatOneOfBothLacksAreToldOf() throws IOException {
        Path run = learned("run", "[[0, 1], [2, 3]]");
        Result result = evaluate(run, script("both.yaml", "[[6, 7], [2, 3]]"), "--fail-if", "acc < 2");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err())
                .contains(
                        run + " has not learned 6-7, which is left out",
                        run + " has learned 0-1, too, whose data are not given");
        assertThat(matrix(folder.resolve("evaluated")).tasks()).containsExactly("2-3");
        assertThat(folder.resolve("evaluated/checks.xml")).exists();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            split.groups=[[6, 7]] | has learned none of the tasks 6-7: it knows 0-1, 2-3
            data.padding=2 | takes examples of 784 features, those of both have 1024
            compare={variants: [{name: a}]} | names no one sequence of tasks
            """)
    void whatIsNotForTheModelIsRefused(String setting, String message) throws IOException {
        Path run = learned("run", "[[0, 1], [2, 3]]");

        assertThat(evaluate(run, script("both.yaml", "[[0, 1]]"), "--set", setting))
                .satisfies(mistake(message));
        assertThat(folder.resolve("evaluated")).doesNotExist();
    }

    @Test
    void classesThatNobodyLearnedAreRefused() throws IOException {
        Path run = learned("run", "[[0, 1], [2, 3]]", "--set", "scenario=class", "--set", "strategy=fine-tuning");

        assertThat(evaluate(run, script("both.yaml", "[[0, 1]]"), "--set", "scenario=class")
                        .code())
                .isZero();
        Path lda = learned(
                "lda",
                "[[0, 1], [2, 3]]",
                "--set",
                "scenario=class",
                "--set",
                "strategy=random-feature-lda",
                "--set",
                "inference.features=18");
        assertThat(evaluate(lda, script("both.yaml", "[[6, 7]]"), "--set", "scenario=class", "--overwrite"))
                .satisfies(mistake("does not know its class 6, 7: it tells 0, 1, 2, 3 apart"));
    }

    @Test
    void permutedTasksNeedTheSameSeed() throws IOException {
        Path script = Files.writeString(folder.resolve("permuted.yaml"), """
                data: {set: digits, train_size: 300, test_size: 60}
                split: {permuted: 2}
                network: {hidden: [12, 10]}
                training: {iterations: 40, batch_size: 16}
                threads: 1
                """);
        Path run = folder.resolve("run");
        Console.sluice("run", script, "--out", run);

        assertThat(evaluate(run, script).code()).isZero();
        assertThat(matrix(folder.resolve("evaluated"))).isEqualTo(matrix(run));
        assertThat(evaluate(run, script, "--set", "seed=2", "--overwrite"))
                .satisfies(mistake("permuted features by seed 1, permuted by 2: write seed: 1 (--set seed=1)"));
    }

    @Test
    void rowsOfTablesBecomeInputsAsTheModelHadThem() throws IOException {
        StringBuilder rows = new StringBuilder("len,wid,kind\n");
        for (int row = 0; row < 40; row++) {
            rows.append(row % 2 * 3 + row / 10.0)
                    .append(',')
                    .append(row % 7)
                    .append(row % 2 == 0 ? ",cat\n" : ",dog\n");
        }
        Files.writeString(folder.resolve("a.csv"), rows);
        Files.writeString(folder.resolve("b.csv"), rows.toString().replace("\n3", "\n103"));
        String tables = """
                data: {set: csv, label: kind, tasks: [TASKS]}
                network: {hidden: [12, 10]}
                training: {iterations: 60, batch_size: 16}
                threads: 1
                """;
        String a = "{name: a, train: a.csv, test: a.csv}";
        String b = "{name: b, train: b.csv, test: b.csv}";
        Path learn = Files.writeString(folder.resolve("ab.yaml"), tables.replace("TASKS", a + ", " + b));
        Path other = Files.writeString(folder.resolve("ba.yaml"), tables.replace("TASKS", b + ", " + a));
        Path run = folder.resolve("run");
        Console.sluice("run", learn, "--out", run);

        Result result = evaluate(run, other);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(matrix(folder.resolve("evaluated"))).isEqualTo(matrix(run));
    }
}
