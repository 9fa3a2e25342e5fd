package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.StrategyColumn;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.Outcome;
import sluice.framework.optimizer.Adam;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.regression.RegressionTasks;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategies;
import sluice.framework.strategy.Strategy;
import sluice.tasks.Scenario;

/** What is printed of runs whose tasks predict numbers. */
class RegressionOutputTest {
    private static final Setup SETUP = Setup.dense(
            ImmutableList.of(20, 20),
            new TrainingSettings(8, 16, new Adam(0.005, 0.9, 0.999, 1e-8, 0), Double.POSITIVE_INFINITY),
            1,
            1);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private static Experiment experiment(int tasks) {
        Strategy gates =
                Strategies.BY_NAME.get("gates").with(Map.of(), new Strategies.Conditions(Scenario.TASK, tasks));
        return Experiment.of(RegressionTasks.sums(tasks, 120), gates, SETUP);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theConsoleTellsRowsOfErrorsAndTheirForgetting() {
        ConsoleProgress console = new ConsoleProgress(new Terminal(out, out, false));
        Outcome outcome = experiment(3).run(console);

        console.results(outcome, List.of());

        assertThat(text())
                .containsPattern("\nRMSE after 2 \\(sum-2\\):  sum-1 [\\d.]+  sum-2 [\\d.]+  sum-3 [\\d,.]+\n")
                .contains(
                        "\n| RMSE ", "\nR2, last row       sum-1 0.", "\nRMSE forgetting       0.0000  best-earlier: ")
                .doesNotContainIgnoringCase("accura")
                .doesNotContain("% of the examples right");
        assertThat(text().lines().dropWhile(line -> !line.startsWith("strategy gates")))
                .filteredOn(line -> line.startsWith("R2") || line.startsWith("RMSE"))
                .hasSize(15);
    }

    @Test
    void aLineTellsARun() {
        new QuietRun(out).results(experiment(2).run(TrainingListener.SILENT), List.of());
        new QuietRun(out).results(experiment(1).run(TrainingListener.SILENT), List.of());

        assertThat(text())
                .matches(
                        "gates seed 1: RMSE [\\d.]+, R2 0\\.\\d+, forgetting \\(best-earlier\\) of RMSE 0\\.0000, [\\d.]+ ms per"
                                + " step\ngates seed 1: RMSE [\\d.]+, R2 0\\.\\d+, [\\d.]+ ms per step\n");
    }

    @Test
    void eventsHaveTheErrorsOfEachRow() throws IOException {
        experiment(2).run(new JsonTraining(new JsonEvents(out), "mine", 1, System::nanoTime));

        List<JsonNode> rows = new ArrayList<>();
        for (String line : text().lines().toList()) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.get("event").asText()).isNotEqualTo("row_evaluated");
            if (event.get("event").asText().equals("errors_evaluated")) {
                rows.add(event);
            }
        }
        assertThat(rows).extracting(row -> row.get("after_task").intValue()).containsExactly(0, 1, 2);
        JsonNode last = rows.get(2).get("row").get(1);
        assertThat(last.get("task").asText()).isEqualTo("sum-2");
        assertThat(last.get("rows").intValue()).isEqualTo(60);
        assertThat(last.get("r2").doubleValue()).isBetween(0.1, 1.0);
        assertThat(last.get("rmse").doubleValue()).isPositive();
    }

    @Test
    void aTableOfStrategiesHasErrorsToAsManyDigitsAsTheyNeed() {
        Outcome outcome = experiment(2).run(TrainingListener.SILENT);

        List<StrategyColumn> columns =
                ComparisonProgress.columns(List.of(outcome.metrics()), ForgettingDefinition.FIRST);

        assertThat(columns)
                .extracting(StrategyColumn::metric)
                .startsWith("rmse", "r2", "rmse_forgetting_first", "r2_forgetting_first", "rmse_learning")
                .contains("ms_per_step")
                .doesNotContain("acc", "bwt", "learning_accuracy");
        assertThat(columns.get(0).decimals()).isEqualTo(3);
    }
}
