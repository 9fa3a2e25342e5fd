package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.cli.Console.mistake;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.regression.ErrorCsv;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.cli.Console.Result;

/** Saved models of numbers that are asked for tasks. */
class EvaluateNumbersTest {
    private static final String SCRIPT = """
            data: {set: csv, file: sales.csv, test_share: 0.25, target: price, task_column: site}
            network: {hidden: [12, 10]}
            training: {iterations: 30, batch_size: 16}
            threads: 1
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTable() throws IOException {
        Random random = new Random(5);
        StringBuilder rows = new StringBuilder("site,size,age,price,kind\n");
        for (int i = 0; i < 160; i++) {
            double size = 20 + 180 * random.nextDouble();
            double age = 50 * random.nextDouble();
            boolean north = i % 2 == 0;
            rows.append(String.format(
                    Locale.ROOT,
                    "%s,%.1f,%.1f,%.2f,%s%n",
                    north ? "north" : "south",
                    size,
                    age,
                    north ? 1000 * size - 500 * age : 900 - 3 * size + age,
                    size > 100 ? "large" : "small"));
        }
        Files.writeString(folder.resolve("sales.csv"), rows);
    }

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), text);
    }

    private Path learned(String text) throws IOException {
        Result result = Console.sluice("run", script(text), "--out", folder.resolve("run"));
        assertThat(result.code()).as(result.err()).isZero();
        return folder.resolve("run");
    }

    private Result evaluate(Path model, Path script) {
        return Console.sluice("evaluate", "--model", model, "--script", script, "--out", folder.resolve("evaluated"));
    }

    private static RegressionMatrix errors(Path run) throws IOException {
        try (Reader in = Files.newBufferedReader(run.resolve("error-matrix.csv"))) {
            return ErrorCsv.read(in, run.toString()).get(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"task, gates", "task, ewc", "domain, er"})
    void theLastRowOfErrorsIsMeasuredAgain(String scenario, String strategy) throws IOException {
        String text = SCRIPT + "scenario: " + scenario + "\nstrategy: " + strategy + "\n";
        if (scenario.equals("domain")) {
            text = text.replace(
                    "task_column: site", "categorical: [site], task_column: {column: age, parts: 2, feature: keep}");
        }
        text = text.replace("target: price", "exclude: [kind], target: price");
        Path run = learned(text);

        Result asked = evaluate(run, script(text));

        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(asked.out().substring(0, asked.out().indexOf("\nwritten\n")))
                .contains("\n| RMSE ", "\nRMSE forgetting ")
                .doesNotContainIgnoringCase("accura");
        RegressionMatrix then = errors(run);
        RegressionMatrix now = errors(folder.resolve("evaluated"));
        assertThat(now.tasks()).isEqualTo(then.tasks());
        for (int task = 1; task <= 2; task++) {
            double rmse = then.cell(2, task).orElseThrow().rmse();
            assertThat(now.cell(2, task).orElseThrow().rmse()).isCloseTo(rmse, within(1e-5 * rmse));
            assertThat(now.cell(1, task)).isEqualTo(then.cell(1, task));
        }
        assertThat(folder.resolve("evaluated/confusion.csv")).doesNotExist();
        assertThat(folder.resolve("evaluated/report.md")).content().contains("### RMSE: " + strategy);
    }

    @Test
    void aModelOfNumbersIsNotAskedForClassesNorTheOtherWayRound() throws IOException {
        String numbers = SCRIPT.replace("target: price", "exclude: [kind], target: price");
        String classes = SCRIPT.replace("target: price", "exclude: [price], label: kind");

        assertThat(evaluate(learned(numbers), script(classes)))
                .satisfies(mistake("predicts numbers, and the task has classes to tell apart"));
        assertThat(folder.resolve("evaluated")).doesNotExist();
        Result other = Console.sluice("run", script(classes), "--out", folder.resolve("other"));
        assertThat(other.code()).as(other.err()).isZero();
        assertThat(evaluate(folder.resolve("other"), script(numbers)))
                .satisfies(mistake("tells classes apart, and the task has numbers to predict"));
    }
}
