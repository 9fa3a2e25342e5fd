package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.InputException;

class BrokenScriptTest {
    @TempDir
    Path folder;

    @Test
    void aScriptThatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> ScriptReader.read(folder.resolve("none.yaml"), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("none.yaml: script not found: check the path");
    }

    @Test
    void aFolderIsNoScript() {
        assertThatThrownBy(() -> ScriptReader.read(folder, List.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(folder + ": is a folder: name a script file in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "~\n", "\uFEFF"})
    void anEmptyScriptIsSaidToBeEmpty(String text) throws IOException {
        assertThat(WrittenScript.in(folder, text).complaint())
                .isEqualTo("mine.yaml: is empty: a script needs at least data.set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- data\n", "just text\n", "5\n", "''"})
    void theTopLevelMustBeAMapping(String text) throws IOException {
        assertThat(WrittenScript.in(folder, text).complaint())
                .startsWith("mine.yaml:1: must be a mapping of keys to values, got ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            data:~→set: mnist     | mine.yaml:2: not YAML: found character '\\t(TAB)' that cannot start any token
            data: {set: mnist}~split: {groups: [[0, 1]~seed: 1 | mine.yaml:3: not YAML: expected ',' or ']'
            data: {set: mnist     | mine.yaml:1: not YAML: expected ',' or '}'
            data: set: mnist      | mine.yaml:1: not YAML: mapping values are not allowed here
            data:~  set: mnist~ seed: 1 | mine.yaml:3: not YAML: expected <block end>
            data: "mnist          | mine.yaml:1: not YAML: found unexpected end of stream
            ? [data]~: 1          | mine.yaml:1: not YAML: a key must be a single word
            data: @mnist          | mine.yaml:1: not YAML: found character '@'
            """)
    void whatIsNotYamlIsNamedWithItsLine(String text, String complaint) throws IOException {
        String script = text.replace('~', '\n').replace('→', '\t');

        assertThat(WrittenScript.in(folder, script).complaint()).startsWith(complaint);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            data: {set: mnist}~seed: &a 1        | mine.yaml:2: seed: YAML anchors (&) and aliases (*)
            data: &a~  set: mnist                | mine.yaml:1: data: YAML anchors (&) and aliases (*)
            data: {set: mnist}~&a seed: 1        | mine.yaml:2: seed: YAML anchors (&) and aliases (*)
            data: {set: mnist}~seed: *a          | mine.yaml:2: seed: YAML anchors (&) and aliases (*)
            data: {set: mnist}~<<: *a            | mine.yaml:2: <<: YAML anchors (&) and aliases (*)
            data: {set: mnist}~seed: !!int 1     | mine.yaml:2: seed: YAML tags (!) are not read: remove the tag
            data: !map {set: mnist}              | mine.yaml:1: data: YAML tags (!) are not read: remove the tag
            data: {set: mnist}~---~seed: 1       | mine.yaml:3: a second YAML document begins here
            """)
    void yamlThatScriptsDoNotUseIsRefused(String text, String complaint) throws IOException {
        assertThat(WrittenScript.in(folder, text.replace('~', '\n')).complaint())
                .startsWith(complaint);
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        assertThat(WrittenScript.in(folder, "data: " + "[".repeat(5000)).complaint())
                .startsWith("mine.yaml:1: nested more than 20 deep");
    }

    @Test
    void aHugeFileIsRefused() throws IOException {
        assertThat(WrittenScript.in(folder, "#".repeat((1 << 20) + 1)).complaint())
                .isEqualTo("mine.yaml: is larger than 1 MiB: surely no script");
    }

    @Test
    void textThatIsNotUtf8IsNamedWithItsLine() throws IOException {
        WrittenScript script = WrittenScript.in(folder, "");
        Files.write(script.file(), "data: {set: mnist}\nname: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(script.complaint()).isEqualTo("mine.yaml:2: is not UTF-8 text here: save the script as UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x7F, 0xFFFE})
    void unprintableCharactersAreNamedWithTheirLine(int character) throws IOException {
        String text = "data: {set: mnist}\nname: " + Character.toString(character) + "\n";

        assertThat(WrittenScript.in(folder, text).complaint())
                .isEqualTo("mine.yaml:2: has the character U+%04X: remove it".formatted(character));
    }

    @Test
    void longKeysAreCutShort() throws IOException {
        String key = "k".repeat(1000);

        assertThat(WrittenScript.in(folder, key + ": &a 1\n").complaint())
                .startsWith("mine.yaml:1: " + "k".repeat(60) + "...: YAML anchors");
    }
}
