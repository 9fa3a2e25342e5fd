package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.Scenario;

class ScriptReaderTest {
    @TempDir
    Path folder;

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
    void drawnDigitsHaveSizesAndASeed() throws IOException {
        DataSettings data = script("data: {set: digits, test_size: 10}").data();

        assertThat(data.drawn()).isTrue();
        assertThat(data.source()).isEqualTo(new DataSettings.Drawing(6000, 10, 1));
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
    void aByteOrderMarkAndWindowsLineEndsChangeNothing() throws IOException {
        TaskSequenceScript script = script("\uFEFFdata:\r\n  set: mnist\r\nnetwork:\r\n  hidden:\r\n  - 3\r\n");

        assertThat(script.data().set()).isEqualTo("mnist");
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
}
