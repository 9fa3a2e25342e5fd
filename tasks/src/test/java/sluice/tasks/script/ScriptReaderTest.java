package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.Scenario;

class ScriptReaderTest {
    @TempDir
    Path folder;

    @Test
    void aDataSetAloneIsAScriptWithEveryDefault() throws IOException {
        TaskSequenceScript script = script("data: {set: mnist}");

        assertThat(script.settings())
                .isEqualTo(ImmutableMap.<String, Object>builder()
                        .put(
                                "inference",
                                Map.of("features", 4608, "sparsity", 0.1, "threshold", 0.0, "subnetworks", 0.0))
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
                                        5,
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
                                        "none"))
                        .buildOrThrow());
        assertThat(script.training().gradientClip()).isEmpty();
        assertThat(script.threads().or(6)).isEqualTo(6);
        assertThat(script.output().or(Path.of("runs"))).isEqualTo(Path.of("runs"));
    }

    @Test
    void aStreamMayBePermutedOrRotated() throws IOException {
        assertThat(script("data: {set: mnist}\nsplit: {permuted: 10}").split())
                .isEqualTo(new SplitSettings.Permuted(10));
        assertThat(script("data: {set: mnist}\nsplit: {rotated: [0, 22.5, -40]}")
                        .split())
                .isEqualTo(new SplitSettings.Rotated(ImmutableList.of(0.0, 22.5, -40.0)));
    }

    @Test
    void classesMayBeDealtInADrawnOrder() throws IOException {
        assertThat(script("data: {set: mnist}\nsplit: {class_order: shuffled}").split())
                .isEqualTo(new SplitSettings.InTwos(SplitSettings.ClassOrder.SHUFFLED, Scenario.TASK));
    }

    @Test
    void aScriptMayHaveAnotherScenario() throws IOException {
        assertThat(script("data: {set: mnist}\nscenario: class").scenario()).isEqualTo(Scenario.CLASS);
    }

    @Test
    void aReportMayDefineForgettingAndAskForReferences() throws IOException {
        ReportSettings report = script(
                        "data: {set: mnist}\nreport: {forgetting: first, references: [independent, joint]}")
                .report();

        assertThat(report.forgetting()).isEqualTo(ReportSettings.Forgetting.FIRST);
        assertThat(report.references())
                .containsExactly(ReportSettings.Reference.INDEPENDENT, ReportSettings.Reference.JOINT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"50 | 50 | 1000", "{every: 7} | 7 | 1000", "{every: 1, examples: 3} | 1 | 3"})
    void tasksMayBeEvaluatedBetweenSteps(String written, int every, int examples) throws IOException {
        assertThat(script("data: {set: mnist}\nreport: {continual: " + written + "}")
                        .report()
                        .continual())
                .contains(new ReportSettings.Continual(every, examples));
    }

    @Test
    void referencesMayBeSwitchedOff() throws IOException {
        String script = "data: {set: mnist}\nreport: {references: [joint]}";

        assertThat(WrittenScript.in(folder, script).read("report.references=[]").report())
                .isEqualTo(ReportSettings.DEFAULT);
    }

    @Test
    void drawnDigitsHaveSizesAndASeed() throws IOException {
        DataSettings data = script("data: {set: digits, test_size: 10}").data();

        assertThat(data.drawn()).isTrue();
        assertThat(data.source()).isEqualTo(new DataSettings.Drawing(6000, 10, 1));
    }

    @Test
    void aTaskMayBeTrainedForSoManySteps() throws IOException {
        TrainingSettings training =
                script("data: {set: mnist}\ntraining: {iterations: 2000}").training();

        assertThat(training.length()).isEqualTo(new LengthSettings.Iterations(2000));
        assertThat(training.settings()).containsEntry("iterations", 2000).doesNotContainKey("epochs");
    }

    @Test
    void sgdTakesMomentum() throws IOException {
        TrainingSettings training = script(
                        "data: {set: mnist}\ntraining: {optimizer: sgd, momentum: 0.9, gradient_clip: 10}")
                .training();

        assertThat(training.optimizer()).isEqualTo(new OptimizerSettings("sgd", 0.001, 0.9, 0));
        assertThat(training.gradientClip()).hasValue(10);
    }

    @Test
    void anEstimatorMayHaveParameters() throws IOException {
        NamedSetting estimator = script("data: {set: mnist}\ngates:\n  estimator: {arm: {baseline: 1e-3}}")
                .gates()
                .estimator();

        assertThat(estimator.name()).isEqualTo("arm");
        assertThat(estimator.parameters()).isEqualTo(ImmutableMap.of("baseline", new ScheduleSettings.Constant(1e-3)));
        assertThat(estimator.error("no such").getMessage()).endsWith("mine.yaml:3: gates.estimator: no such");
    }

    @Test
    void anEstimatorsParametersMayFollowASchedule() throws IOException {
        String temperature = "{schedule: exponential, start: 1, rate: 0.9, limit: 0.1}";

        NamedSetting estimator = script("data: {set: mnist}\ngates: {estimator: {rebar: {temperature: %s, eta: -1}}}"
                        .formatted(temperature))
                .gates()
                .estimator();

        assertThat(estimator.parameters())
                .containsExactly(
                        Map.entry("temperature", new ScheduleSettings.Exponential(1, 0.9, 0.1)),
                        Map.entry("eta", new ScheduleSettings.Constant(-1)));
    }

    @Test
    void binaryUnitsHaveAnEstimatorButNoGates() throws IOException {
        TaskSequenceScript script = script("""
                data: {set: mnist}
                network: {units: binary, hidden: [200]}
                gates: {estimator: arm, neuron: hard-sigmoid, slope: 2}
                """);

        assertThat(script.network())
                .isEqualTo(new NetworkSettings(ImmutableList.of(200), NetworkSettings.Units.BINARY));
        assertThat(script.settings())
                .containsEntry("network", Map.of("hidden", List.of(200), "units", "binary"))
                .containsEntry(
                        "gates",
                        Map.of("estimator", "arm", "neuron", "hard-sigmoid", "sampling", "stochastic", "slope", 2.0));
    }

    @Test
    void unitsMayShareGatesInGroups() throws IOException {
        assertThat(script("data: {set: mnist}\ngates: {groups: 4}").gates().groups())
                .isEqualTo(4);
        assertThat(script("data: {set: mnist}").gates().groups()).isEqualTo(1);
    }

    @Test
    void slopesMayFollowASchedule() throws IOException {
        assertThat(slope("2")).isEqualTo(new ScheduleSettings.Constant(2));
        assertThat(slope("{start: 2}")).isEqualTo(new ScheduleSettings.Constant(2));
        assertThat(slope("{schedule: linear}")).isEqualTo(new ScheduleSettings.Linear(1, 0.04, 5));
        assertThat(slope("{schedule: exponential, limit: 9}")).isEqualTo(new ScheduleSettings.Exponential(1, 1.04, 9));
        assertThat(slope("{schedule: cosine, end: 3}")).isEqualTo(new ScheduleSettings.Cosine(1, 3));
        assertThat(slope("{schedule: hat}")).isEqualTo(new ScheduleSettings.Hat(400));
    }

    @Test
    void schedulesMayFall() throws IOException {
        assertThat(slope("{schedule: linear, rate: -0.1, limit: 0.5}"))
                .isEqualTo(new ScheduleSettings.Linear(1, -0.1, 0.5));
        assertThat(slope("{schedule: exponential, rate: 0.9, limit: 1}"))
                .isEqualTo(new ScheduleSettings.Exponential(1, 0.9, 1));
    }

    @Test
    void aRelativeDataFolderStartsAtTheScript() throws IOException {
        DataSettings data = script("data: {set: mnist, folder: ../files}").data();

        assertThat(data.folder().or(Path.of("")))
                .isEqualTo(folder.toAbsolutePath().getParent().resolve("files"));
    }

    @Test
    void aRelativeDataFolderOfAnOverrideStartsAtTheWorkingDirectory() throws IOException {
        DataSettings data = WrittenScript.in(folder, "data: {set: mnist}")
                .read("data.folder=files")
                .data();

        assertThat(data.folder().or(Path.of(""))).isEqualTo(Path.of("files").toAbsolutePath());
    }

    @Test
    void theOutputFolderStaysAsWritten() throws IOException {
        assertThat(script("data: {set: mnist}\noutput: {folder: runs/mine}").output())
                .isEqualTo(new Folder.Named(Path.of("runs/mine")));
    }

    @Test
    void textIsReadAsWrittenThoughYamlMayTakeItForSomethingElse() throws IOException {
        assertThat(script("data: {set: mnist}\nname: no").name()).isEqualTo("no");
        assertThat(script("data: {set: mnist}\nname: 010").name()).isEqualTo("010");
        assertThat(script("data: {set: mnist}\ndescription: Yes").description()).isEqualTo("Yes");
        assertThat(script("data: {set: mnist}\ndescription: 'null'").description())
                .isEqualTo("null");
        assertThat(script("data: {set: mnist}\ndescription: |\n  one line\n").description())
                .isEqualTo("one line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-3", "1E-3", "0.001", ".001", "+0.001", "1.e-3"})
    void numbersMayBeWrittenInTheUsualWays(String number) throws IOException {
        TrainingSettings training = script("data: {set: mnist}\ntraining: {learning_rate: %s}".formatted(number))
                .training();

        assertThat(training.optimizer().learningRate()).isEqualTo(0.001);
    }

    @Test
    void aSeedIsAnyLong() throws IOException {
        assertThat(script("data: {set: mnist}\nseed: -9223372036854775808").seed())
                .isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 256})
    void threadsThatTheScriptGivesComeBeforeTheDefault(int count) throws IOException {
        assertThat(script("data: {set: mnist}\nthreads: " + count).threads().or(6))
                .isEqualTo(count);
    }

    @Test
    void minusZeroIsZero() throws IOException {
        assertThat(script("data: {set: mnist}\ngates: {sparsity: -0.0}").gates().sparsity())
                .isEqualTo(0.0);
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsChangeNothing() throws IOException {
        TaskSequenceScript script = script("\uFEFFdata:\r\n  set: mnist\r\nnetwork:\r\n  hidden:\r\n  - 3\r\n");

        assertThat(script.data().set()).isEqualTo("mnist");
        assertThat(script.network().hidden()).isEqualTo(ImmutableList.of(3));
        assertThat(script.locations().of("network.hidden[0]").line()).isEqualTo(5);
    }

    @Test
    void theFileNamesTheSequenceInCharactersThatFit() throws IOException {
        Path file = Files.writeString(folder.resolve("my tasks (2).yaml"), "data: {set: mnist}");

        assertThat(ScriptReader.read(file, List.of()).name()).isEqualTo("my-tasks--2-");
    }

    private TaskSequenceScript script(String text) throws IOException {
        return WrittenScript.in(folder, text).read();
    }

    private ScheduleSettings slope(String slope) throws IOException {
        return script("data: {set: mnist}\ngates: {slope: %s}".formatted(slope))
                .gates()
                .slope();
    }
}
