package sluice.framework.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.ContinualResult;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.Outcome;
import sluice.framework.network.TaskProvenance;
import sluice.framework.result.TrainingListener;
import sluice.framework.script.ExperimentScript;
import sluice.framework.script.ScriptSections;
import sluice.tasks.InputException;
import sluice.tasks.TargetScale;
import sluice.tasks.csv.TableEncoding;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/** Scripts whose tables have a number to be predicted, from the file to how far it is off. */
class TargetRunTest {
    private static final String TABLE = """
            data:
              set: csv
              file: sales.csv
              test_share: 0.25
              target: price
              task_column: site
              categorical: [kind]
            network: {hidden: [40, 40]}
            training: {iterations: 250, batch_size: 32}
            """;

    @TempDir
    private Path folder;

    /** Two sites: prices of the second are by another sum, and of another size. */
    @BeforeEach
    void writeTable() throws IOException {
        Random random = new Random(5);
        StringBuilder rows = new StringBuilder("site,size,rooms,kind,price\n");
        for (int i = 0; i < 400; i++) {
            boolean north = i % 2 == 0;
            double size = 20 + 180 * random.nextDouble();
            int rooms = 1 + random.nextInt(6);
            boolean house = random.nextBoolean();
            double price = (north ? 1000 * size + 5000 * rooms : 900 - 3 * size + 20 * rooms)
                    + (house ? 1 : 0) * (north ? 20_000 : 100);
            rows.append(String.format(
                    Locale.ROOT,
                    "%s,%.1f,%d,%s,%.2f%n",
                    north ? "north" : "south",
                    size,
                    rooms,
                    house ? "house" : "flat",
                    price));
        }
        Files.writeString(folder.resolve("sales.csv"), rows);
    }

    private TaskSequenceScript script(String text) throws IOException {
        return (TaskSequenceScript) ScriptReader.read(Files.writeString(folder.resolve("mine.yaml"), text), List.of());
    }

    private Outcome run(String text) throws IOException {
        return Experiment.of(script(text)).run(new TrainingListener() {});
    }

    private static double r2(RegressionMatrix errors, int afterTask, int task) {
        return ((MetricValue.Defined) errors.value(RegressionScore.R2, afterTask, task)).value();
    }

    @Test
    void gatesLearnBothTasksAndForgetNeither() throws IOException {
        Outcome outcome = run(TABLE);

        RegressionMatrix errors = outcome.training().errors().orElseThrow();
        assertThat(errors.tasks()).containsExactly("north", "south");
        assertThat(r2(errors, 2, 1)).isGreaterThan(0.8);
        assertThat(r2(errors, 2, 2)).isGreaterThan(0.8);
        assertThat(errors.cell(2, 1)).isEqualTo(errors.cell(1, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"er", "joint"})
    void whereTasksAreNotToldTheyShareTheScaleOfTheFirst(String strategy) throws IOException {
        Outcome outcome = run(TABLE.replace("task_column: site", "task_column: {column: size, parts: 2, feature: keep}")
                        .replace("[kind]", "[kind, site]")
                + "scenario: domain\nstrategy: " + strategy);

        assertThat(outcome.sequence().tasks().get(1).train().scale())
                .isEqualTo(outcome.sequence().tasks().get(0).train().scale());
        assertThat(r2(outcome.training().errors().orElseThrow(), 2, 1)).isGreaterThan(0.5);
        assertThat(outcome.outputs()).isEmpty();
        assertThat(outcome.dataNotes()).noneMatch(note -> note.contains("label"));
    }

    @Test
    void theModelKnowsTheTargetsColumnAndScale() throws IOException {
        ContinualResult result =
                (ContinualResult) run(TABLE.replace("250", "5")).training();

        String encoding = result.network().provenance().get(TaskProvenance.prefix("south") + TableEncoding.KEY);
        assertThat(TableEncoding.parse(encoding).target()).isEqualTo("price");
        assertThat(TaskProvenance.scale(result.network().provenance(), "south").map(TargetScale::mean))
                .hasValueSatisfying(mean -> assertThat(mean).isBetween(0.0, 1000.0));
    }

    @Test
    void heldOutRowsChooseThePass() throws IOException {
        Outcome outcome = run(TABLE.replace("iterations: 250", "epochs: 20, validation: 0.2, patience: 3"));

        assertThat(outcome.training().tasks())
                .allSatisfy(
                        task -> assertThat(task.chosen().orElseThrow().score().correct())
                                .isEmpty());
        assertThat(r2(outcome.training().errors().orElseThrow(), 2, 2)).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            strategy: icarl                                | strategy: icarl tells classes apart, and
            strategy: lwf                                  | strategy: lwf tells classes apart, and these tasks predict numbers: choose one of gates, fine-tuning, joint,
            network: {layers: [{dense: 9, exit: margin}, {dense: 9}]} | network.layers: exits tells classes apart, and these tasks predict numbers: choose one of gates,
            network: {units: binary, hidden: [9]}          | network.units: makes hidden units binary
            network: {exits: {layers: [{dense: 9}]}}       | network.exits: ends early where a class is clear
            gates: {gater: {hidden: none, open: 0.3}}      | gates.gater: is trained to tell classes apart
            training: {class_weights: balanced}            | training.class_weights: weighs classes, and data.target predicts a number of each row: remove it
            report: {continual: 50}                        | report.continual: counts answers that are right
            report: {references: [joint]}                  | report.references: holds accuracies against each other
            tune: {by: acc, try: {training.learning_rate: [0.1]}} | tune.by: acc is of classes, and data.target predicts a number of each row: write another metric, such as rmse or r2
            tune: {by: answered_accuracy, try: {training.learning_rate: [0.1]}} | tune.by: answered_accuracy is of classes
            tune: {by: hardening_cost, try: {training.learning_rate: [0.1]}} | tune.by: hardening_cost is of classes
            """)
    void whatOnlyClassesHaveIsRefusedAtItsKeyBeforeTheDataAreRead(String key, String complaint) throws IOException {
        String text = "data: {set: csv, train: no.csv, test: no.csv, target: p}\n" + key;

        assertThatThrownBy(() -> ScriptSections.check(script(text)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mine.yaml:2: " + complaint);
    }

    @Test
    void strategiesOfAScriptAreToldBesideOtherMistakes() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bad.yaml"),
                "data: {set: csv, train: a, test: b, target: p}\nstrategy: lwf\ntraining: {class_weights: balanced, epochs: 0}\n");

        assertThat(ScriptReader.named(file.toString(), List.of(), ScriptSections::check)
                        .mistakes())
                .extracting(InputException::getMessage)
                .satisfiesExactlyInAnyOrder(
                        first -> assertThat(first).contains("bad.yaml:2: strategy: lwf tells classes apart"),
                        second -> assertThat(second).contains("bad.yaml:3: training.class_weights: weighs classes"),
                        third -> assertThat(third).contains("bad.yaml:3: training.epochs: must be in [1, 100000]"));
    }

    @Test
    void settingsOfARunAreAScriptOfTheSameRun() throws IOException {
        ExperimentScript read = ExperimentScript.of(script(TABLE + "scenario: domain\nstrategy: er"));

        String written = new YAMLMapper().writeValueAsString(read.settings());

        assertThat(written).contains("target: \"price\"").doesNotContain("split:", "label:");
        assertThat(ExperimentScript.of(script(written)).settings()).isEqualTo(read.settings());
    }

    @Test
    void aSearchOfRunsThatHaveClassesGoesByNoErrorOfNumbers() throws IOException {
        String text = "data: {set: digits}\ntune: {by: rmse, try: {training.learning_rate: [0.1]}}";

        assertThatThrownBy(() -> ScriptSections.check(script(text)))
                .hasMessageEndingWith(
                        "mine.yaml:2: tune.by: rmse is of numbers that are predicted, and these data have classes: write another metric, such as acc");
        ScriptSections.check(script("data: {set: csv, train: a, test: b, target: p}\n"
                + "tune: {by: r2_bwt, try: {training.learning_rate: [0.1]}}"));
        ScriptSections.check(script("data: {set: csv, train: a, test: b, target: p}\n"
                + "tune: {by: macs, try: {training.learning_rate: [0.1]}}"));
    }

    @Test
    void whatAsksForNothingIsNoMistake() throws IOException {
        ScriptSections.check(
                script(
                        "data: {set: csv, train: a, test: b, target: p}\nreport: {continual: none, references: []}\nnetwork: {units: relu}\n"));
    }
}
