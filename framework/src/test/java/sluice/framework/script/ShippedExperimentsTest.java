package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.DataSet;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/** What shipped scripts say of learning. */
class ShippedExperimentsTest {
    @Test
    void splitMnistHasTheDefaults(@TempDir Path folder) throws IOException {
        ExperimentScript shipped = ExperimentScript.of(
                (TaskSequenceScript) ScriptReader.shipped("split-mnist", List.of("description=''")));

        assertThat(shipped.settings())
                .isEqualTo(WrittenScript.in(folder, "data: {set: mnist}")
                        .read("name=split-mnist")
                        .settings());
    }

    @Test
    void theEstimatorsAreComparedWithTheDefaultsOfSplitMnist() {
        ComparisonScript comparison = (ComparisonScript) ScriptReader.shipped("estimators-split-mnist", List.of());
        ExperimentScript splitMnist =
                ExperimentScript.of((TaskSequenceScript) ScriptReader.shipped("split-mnist", List.of()));

        assertThat(comparison.variants()).contains("st-open", "st-sigmoid", "st-identity", "unbiased", "centred");
        assertThat(comparison.runs())
                .hasSize(3 * comparison.variants().size())
                .allSatisfy(run -> assertThat(estimator(ExperimentScript.of(run.script())))
                        .isEqualTo(run.variant().equals("hat") ? "additive-noise" : estimator(run.variant())))
                .allSatisfy(run -> assertThat(ExperimentScript.of(run.script()).settings())
                        .containsEntry("training", splitMnist.settings().get("training"))
                        .containsEntry("network", splitMnist.settings().get("network")));
    }

    @ParameterizedTest
    @CsvSource({
        "compare-split-mnist-task, TASK, 5",
        "compare-split-mnist-domain, DOMAIN, 5",
        "compare-split-mnist-class, CLASS, 5",
        "permuted-mnist-10, TASK, 10",
        "rotated-mnist-10, DOMAIN, 10"
    })
    void strategiesAreComparedInTheirScenario(String name, Scenario scenario, int tasks) {
        ComparisonScript comparison = (ComparisonScript) ScriptReader.shipped(name, List.of());
        DataSet digits = Digits.draw(200, 100, 1);

        assertThat(comparison.runs()).allSatisfy(run -> {
            TaskSequence sequence = run.script().tasks(digits);
            assertThat(sequence.scenario()).isEqualTo(scenario);
            assertThat(sequence.tasks()).hasSize(tasks);
            assertThat(String.valueOf(
                                    ExperimentScript.of(run.script()).settings().get("strategy"))
                            .replace("++", "-plus-plus"))
                    .contains(run.variant());
        });
    }

    private static String estimator(ExperimentScript script) {
        Object estimator = ((Map<?, ?>) script.settings().get("gates")).get("estimator");
        return estimator instanceof Map<?, ?> named
                ? String.valueOf(named.keySet().iterator().next())
                : String.valueOf(estimator);
    }

    private static String estimator(String variant) {
        return variant.replaceFirst("-(annealed|groups)$", "");
    }
}
