package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

class ShippedScriptsTest {
    @Test
    void everyScriptOfTheFolderIsListedWithADescription() throws IOException, URISyntaxException {
        Path folder =
                Path.of(ShippedScript.class.getResource("/sluice/sequences").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(ScriptReader.shippedScripts())
                    .extracting(shipped -> shipped.name() + ".yaml")
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString()).toList());
        }
        assertThat(ScriptReader.shippedScripts())
                .allSatisfy(shipped -> assertThat(shipped.description()).isNotBlank());
    }

    @Test
    void aShippedScriptIsNamedLikeItsFile() {
        assertThat(ShippedScript.NAMES)
                .allSatisfy(name ->
                        assertThat(ScriptReader.shipped(name, List.of()).name()).isEqualTo(name));
    }

    @Test
    void splitMnistHasTheDefaults(@TempDir Path folder) throws IOException {
        TaskSequenceScript shipped =
                (TaskSequenceScript) ScriptReader.shipped("split-mnist", List.of("description=''"));

        assertThat(shipped.settings())
                .isEqualTo(WrittenScript.in(folder, "data: {set: mnist}")
                        .read("name=split-mnist")
                        .settings());
    }

    @Test
    void theEstimatorsAreComparedWithTheDefaultsOfSplitMnist() {
        ComparisonScript comparison = (ComparisonScript) ScriptReader.shipped("estimators-split-mnist", List.of());
        TaskSequenceScript splitMnist = (TaskSequenceScript) ScriptReader.shipped("split-mnist", List.of());

        assertThat(comparison.variants()).contains("st-open", "st-sigmoid", "st-identity", "unbiased", "centred");
        assertThat(comparison.runs())
                .hasSize(3 * comparison.variants().size())
                .allSatisfy(run -> assertThat(run.script().gates().estimator().name())
                        .isEqualTo(run.variant().equals("hat") ? "additive-noise" : estimator(run.variant())))
                .allSatisfy(run -> assertThat(run.script().training()).isEqualTo(splitMnist.training()))
                .allSatisfy(run -> assertThat(run.script().network()).isEqualTo(splitMnist.network()));
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
            assertThat(run.script().strategy().name().replace("++", "-plus-plus"))
                    .isEqualTo(run.variant());
        });
    }

    private static String estimator(String variant) {
        return variant.replaceFirst("-(annealed|groups)$", "");
    }

    @Test
    void aShippedScriptTakesOverridesAndLocatesErrors() {
        TaskSequenceScript script =
                (TaskSequenceScript) ScriptReader.named("split-digits", List.of("training.epochs=1"));

        assertThat(script.training().length()).isEqualTo(new LengthSettings.Epochs(1));
        assertThat(script.error("data.set", "wrong").getMessage())
                .isEqualTo("shipped split-digits.yaml:11: data.set: wrong");
    }

    @Test
    void aFileIsReadByItsPath(@TempDir Path folder) throws IOException {
        WrittenScript written = WrittenScript.in(folder, "data: {set: idx}");

        assertThat(ScriptReader.named(written.file().toString(), List.of()).name())
                .isEqualTo("mine");
    }

    @Test
    void aNameThatIsNeitherFileNorShippedGetsTheNearest() {
        assertThatThrownBy(() -> ScriptReader.named("split-mnits", List.of()))
                .isInstanceOf(InputException.class)
                .hasMessage("'split-mnits' is neither a file nor a shipped script: did you mean 'split-mnist'?"
                        + " (shipped are binary-mnist, compare-split-mnist-class, compare-split-mnist-domain,"
                        + " compare-split-mnist-task, estimators-split-mnist, permuted-digits-200, permuted-mnist-10,"
                        + " permuted-mnist-50, reuse-permuted-digits, rotated-mnist-10, split-digits, split-fashion-mnist, split-mnist,"
                        + " split-mnist-class, split-mnist-cnn, split-mnist-domain)");
        assertThatThrownBy(() -> ScriptReader.named("", List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "'' is neither a file nor a shipped script: shipped are binary-mnist, compare-split-mnist-class,");
    }
}
