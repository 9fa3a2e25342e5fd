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
import sluice.tasks.InputException;

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
                .allSatisfy(shipped -> assertThat(shipped.description())
                        .isNotBlank()
                        .isEqualTo(
                                ScriptReader.shipped(shipped.name(), List.of()).description()));
    }

    @Test
    void aShippedScriptIsNamedLikeItsFile() {
        assertThat(ShippedScript.NAMES)
                .allSatisfy(name ->
                        assertThat(ScriptReader.shipped(name, List.of()).name()).isEqualTo(name));
    }

    @Test
    void aShippedScriptTakesOverridesAndLocatesErrors() {
        TaskSequenceScript script =
                (TaskSequenceScript) ScriptReader.named("split-digits", List.of("training.epochs=1"));

        assertThat(script.locations().of("training.epochs").source()).isEqualTo("--set training.epochs=1");
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
                .hasMessage(
                        "'split-mnits' is neither a file nor a shipped script: did you mean 'split-mnist'?"
                                + " (shipped are binary-mnist, compare-split-mnist-class, compare-split-mnist-domain, compare-split-mnist-task, digits-few-labels, digits-on-request,"
                                + " digits-on-request-drawn, efficiency-digits, efficiency-mnist, estimators-split-mnist, gater-digits, gater-mnist,"
                                + " generators-digits, generators-mnist, permuted-digits-200, permuted-digits-250, permuted-digits-2500, permuted-digits-masks,"
                                + " permuted-digits-stream, permuted-digits-untold, permuted-mnist-10, permuted-mnist-250, permuted-mnist-2500, permuted-mnist-50,"
                                + " permuted-mnist-masks, permuted-mnist-stream, permuted-mnist-untold, reuse-permuted-digits, rotated-mnist-10, split-digits,"
                                + " split-digits-conditional, split-digits-replay, split-digits-untold, split-fashion-mnist, split-mnist, split-mnist-class,"
                                + " split-mnist-cnn, split-mnist-conditional, split-mnist-domain, split-mnist-replay, split-mnist-untold)");
        assertThatThrownBy(() -> ScriptReader.named("", List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "'' is neither a file nor a shipped script: shipped are binary-mnist, compare-split-mnist-class,");
    }
}
