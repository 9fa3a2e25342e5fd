package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.Reference;
import sluice.framework.ReportOptions;
import sluice.framework.SmallTasks;
import sluice.framework.gates.GateSettings;
import sluice.framework.optimizer.Sgd;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.strategy.Gates;
import sluice.gating.Schedule;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.Section;
import sluice.tasks.script.TaskSequenceScript;

class ExperimentScriptTest {
    private static final Examples FOUR_CLASSES =
            Examples.of(new float[][] {{0}, {1}, {2}, {3}}, new int[] {0, 1, 2, 3});
    private static final Loaded DATA = Loaded.OneSet.of(DataSet.of("four", FOUR_CLASSES, FOUR_CLASSES, Map.of()));

    @TempDir
    Path folder;

    @Test
    void aDataSetAloneIsAScriptWithEveryDefault() throws IOException {
        ExperimentScript script = script("data: {set: mnist}");

        assertThat(script.settings())
                .isEqualTo(ImmutableMap.<String, Object>builder()
                        .put("checkpoint", Map.of("every", "60s"))
                        .put(
                                "inference",
                                Map.of("features", "auto", "sparsity", 0.1, "threshold", 0.0, "subnetworks", 0.0))
                        .putAll(Map.of(
                                "name",
                                "mine",
                                "description",
                                "",
                                "data",
                                Map.of("set", "mnist", "normalisation", "unit", "padding", 0),
                                "split",
                                Map.of("classes_per_task", 2, "class_order", "given"),
                                "scenario",
                                "task",
                                "strategy",
                                "gates",
                                "network",
                                Map.of(
                                        "hidden",
                                        List.of(400, 400),
                                        "units",
                                        "relu",
                                        "normalisation",
                                        "none",
                                        "growth",
                                        "none"),
                                "gates",
                                ImmutableMap.builder()
                                        .put("estimator", "st-open")
                                        .put("neuron", "sigmoid")
                                        .put("sampling", "stochastic")
                                        .put("granularity", "mini-batch")
                                        .put("hold", 1)
                                        .put("slope", 1.0)
                                        .put("sparsity", 0.2)
                                        .put("reuse_price", 0.0)
                                        .put("reuse", "allowed")
                                        .put("budget", 1.0)
                                        .put("logit_mean", 1.0)
                                        .put("logit_spread", 0.1)
                                        .put("logit_limit", 6.0)
                                        .put("learning_rate", 0.1)
                                        .buildOrThrow(),
                                "training",
                                Map.of(
                                        "epochs",
                                        "auto",
                                        "batch_size",
                                        64,
                                        "optimizer",
                                        "adam",
                                        "learning_rate",
                                        0.001,
                                        "weight_decay",
                                        0.0),
                                "seed",
                                1L))
                        .put(
                                "report",
                                Map.of(
                                        "forgetting",
                                        "best-earlier",
                                        "references",
                                        List.of(),
                                        "evaluate",
                                        "all",
                                        "continual",
                                        "none",
                                        "predictions",
                                        false))
                        .buildOrThrow());
        assertThat(script.training().gradientClip()).isInfinite();
        assertThat(script.tasks().threads().or(6)).isEqualTo(6);
        assertThat(script.tasks().output().or(Path.of("runs"))).isEqualTo(Path.of("runs"));
    }

    @Test
    void aReportMayDefineForgettingAndAskForReferences() throws IOException {
        ReportOptions report = script(
                        "data: {set: mnist}\nreport: {forgetting: first, references: [independent, joint]}")
                .report();

        assertThat(report.forgetting()).isEqualTo(ForgettingDefinition.FIRST);
        assertThat(report.references()).containsExactly(Reference.INDEPENDENT, Reference.JOINT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"50 | 50 | 1000", "{every: 7} | 7 | 1000", "{every: 1, examples: 3} | 1 | 3"})
    void tasksMayBeEvaluatedBetweenSteps(String written, int every, int examples) throws IOException {
        assertThat(script("data: {set: mnist}\nreport: {continual: " + written + "}")
                        .report()
                        .continual())
                .contains(new ReportOptions.Continual(every, examples));
    }

    @Test
    void referencesMayBeSwitchedOff() throws IOException {
        String script = "data: {set: mnist}\nreport: {references: [joint]}";

        assertThat(WrittenScript.in(folder, script).read("report.references=[]").report())
                .isEqualTo(ReportOptions.DEFAULT);
    }

    @Test
    void aTaskMayBeTrainedForSoManySteps() throws IOException {
        TrainingSettings training =
                script("data: {set: mnist}\ntraining: {iterations: 2000}").training();

        assertThat(training.length()).isEqualTo(new TrainingDuration.Iterations(2000));
        assertThat(TrainingSection.settings(training))
                .containsEntry("iterations", 2000)
                .doesNotContainKey("epochs");
    }

    @Test
    void sgdTakesMomentum() throws IOException {
        TrainingSettings training = script(
                        "data: {set: mnist}\ntraining: {optimizer: sgd, momentum: 0.9, gradient_clip: 10}")
                .training();

        assertThat(training.optimizer()).isEqualTo(new Sgd(0.001, 0.9, 0));
        assertThat(training.gradientClip()).isEqualTo(10);
    }

    @Test
    void anEstimatorMayHaveParameters() throws IOException {
        NamedSetting estimator = estimator("data: {set: mnist}\ngates:\n  estimator: {arm: {baseline: 1e-3}}");

        assertThat(estimator.name()).isEqualTo("arm");
        assertThat(estimator.parameters()).isEqualTo(ImmutableMap.of("baseline", new Schedule.Constant(1e-3)));
        assertThat(estimator.error("no such").getMessage()).endsWith("mine.yaml:3: gates.estimator: no such");
    }

    @Test
    void anEstimatorsParametersMayFollowASchedule() throws IOException {
        String temperature = "{schedule: exponential, start: 1, rate: 0.9, limit: 0.1}";

        NamedSetting estimator = estimator(
                "data: {set: mnist}\ngates: {estimator: {rebar: {temperature: %s, eta: -1}}}".formatted(temperature));

        assertThat(estimator.parameters())
                .containsExactly(
                        Map.entry("temperature", new Schedule.Exponential(1, 0.9, 0.1)),
                        Map.entry("eta", new Schedule.Constant(-1)));
    }

    @Test
    void binaryUnitsHaveAnEstimatorButNoGates() throws IOException {
        ExperimentScript script = script("""
                data: {set: mnist}
                network: {units: binary, hidden: [200]}
                gates: {estimator: arm, neuron: hard-sigmoid, slope: 2}
                """);

        assertThat(script.learning()).isInstanceOf(ExperimentScript.Learning.ByBinaryUnits.class);
        assertThat(script.settings())
                .containsEntry("network", Map.of("hidden", List.of(200), "units", "binary"))
                .containsEntry(
                        "gates",
                        Map.of("estimator", "arm", "neuron", "hard-sigmoid", "sampling", "stochastic", "slope", 2.0));
    }

    @Test
    void unitsMayShareGatesInGroups() throws IOException {
        assertThat(gates("data: {set: mnist}\ngates: {groups: 4, estimator: gumbel-softmax}")
                        .groups())
                .isEqualTo(4);
        assertThat(gates("data: {set: mnist}").groups()).isEqualTo(1);
    }

    @Test
    void slopesMayFollowASchedule() throws IOException {
        assertThat(slope("2")).isEqualTo(new Schedule.Constant(2));
        assertThat(slope("{start: 2}")).isEqualTo(new Schedule.Constant(2));
        assertThat(slope("{schedule: linear}")).isEqualTo(new Schedule.Linear(1, 0.04, 5));
        assertThat(slope("{schedule: exponential, limit: 9}")).isEqualTo(new Schedule.Exponential(1, 1.04, 9));
        assertThat(slope("{schedule: cosine, end: 3}")).isEqualTo(new Schedule.Cosine(1, 3));
        assertThat(slope("{schedule: hat}")).isEqualTo(new Schedule.Hat(400));
    }

    @Test
    void schedulesMayFall() throws IOException {
        assertThat(slope("{schedule: linear, rate: -0.1, limit: 0.5}")).isEqualTo(new Schedule.Linear(1, -0.1, 0.5));
        assertThat(slope("{schedule: exponential, rate: 0.9, limit: 1}"))
                .isEqualTo(new Schedule.Exponential(1, 0.9, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-3", "1E-3", "0.001", ".001", "+0.001", "1.e-3"})
    void numbersMayBeWrittenInTheUsualWays(String number) throws IOException {
        TrainingSettings training = script("data: {set: mnist}\ntraining: {learning_rate: %s}".formatted(number))
                .training();

        assertThat(training.optimizer().learningRate()).isEqualTo(0.001);
    }

    @Test
    void minusZeroIsZero() throws IOException {
        assertThat(gates("data: {set: mnist}\ngates: {sparsity: -0.0}")
                        .sparsity()
                        .weight())
                .isEqualTo(0.0);
    }

    @Test
    void severalTasksOfBinaryUnitsAreRefusedAtTheSplit() throws IOException {
        String binary = "data: {set: mnist}\nnetwork: {units: binary, hidden: [9]}\n";
        String remedy = "where network.units is binary there can be one: write split: {classes_per_task: 4}";

        assertThatThrownBy(() -> script(binary + "split:\n  groups: [[0], [1]]").sequence(DATA))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("mine.yaml:4: split.groups: makes 2 tasks, " + remedy);
        assertThatThrownBy(() -> script(binary).sequence(DATA))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("mine.yaml:1: split.classes_per_task: makes 2 tasks, " + remedy);
        assertThat(script(binary + "split: {classes_per_task: 4}")
                        .sequence(DATA)
                        .tasks())
                .hasSize(1);
    }

    @Test
    void severalLoadedTasksOfBinaryUnitsAreRefusedAtTheData() throws IOException {
        ExperimentScript script = script("network: {units: binary, hidden: [9]}\n"
                + "data: {set: csv, label: l, task_column: s, train: a, test: b}");
        Loaded tasks = new Loaded.Tasks(SmallTasks.sequence(2, 1));

        assertThatThrownBy(() -> script.sequence(tasks))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "mine.yaml:2: data: makes 2 tasks, where network.units is binary there can be one: leave one");
    }

    private ExperimentScript script(String text) throws IOException {
        return WrittenScript.in(folder, text).read();
    }

    private NamedSetting estimator(String text) throws IOException {
        Section top = ((TaskSequenceScript)
                        ScriptReader.read(WrittenScript.in(folder, text).file(), List.of()))
                .top();
        return NamedSetting.read(top.section("gates", GatesSection.KEYS), "estimator", "none", Set.of());
    }

    private GateSettings gates(String text) throws IOException {
        return ((Gates) ((ExperimentScript.Learning.ByStrategy) script(text).learning())
                        .strategy()
                        .apply(1))
                .gates();
    }

    private Schedule slope(String slope) throws IOException {
        return gates("data: {set: mnist}\ngates: {slope: %s}".formatted(slope)).slope();
    }
}
