package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

@Tag("slow")
@Domain(ScriptDomain.class)
class SettingsRoundTripTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void settingsWrittenToYamlReadBackTheSame(@ForAll ScriptDomain.Written script) throws JsonProcessingException {
        Map<String, Object> settings = read(script.yaml()).settings();

        String again = YAML.writeValueAsString(settings);

        assertThat(read(again).settings()).isEqualTo(settings);
        assertThat(YAML.writeValueAsString(read(again).settings())).isEqualTo(again);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyKeyWrittenIsInTheSettings(@ForAll ScriptDomain.Written script) {
        assertContains(read(script.yaml()).settings(), script.settings());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void validScriptsFollowTheSchema(@ForAll ScriptDomain.Written script) {
        assertThat(Schema.errors(script.yaml())).as(script.yaml()).isEmpty();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void settingsDoNotDependOnWhetherAKeyIsWrittenOrSet(@ForAll ScriptDomain.Written script) {
        String[] options = script.settings().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + ScriptDomain.yaml(entry.getValue()))
                .toArray(String[]::new);

        assertThat(read("data: {set: other}", options).settings())
                .isEqualTo(read(script.yaml()).settings());
    }

    private static ExperimentScript read(String yaml, String... options) {
        return ExperimentScript.of(
                (TaskSequenceScript) ScriptReader.parse(yaml, "mine", Path.of("/"), List.of(options)));
    }

    private static void assertContains(Map<?, ?> settings, Map<?, ?> written) {
        written.forEach((key, value) -> assertContains(String.valueOf(key), settings.get(key), value));
    }

    /**
     * Sections have their defaults beside what is written, also those in lists; what is written in short is a section's first
     * value.
     */
    private static void assertContains(String key, Object settings, Object written) {
        if (written instanceof Map<?, ?> section) {
            if (settings instanceof Map<?, ?> resolved) {
                assertContains(resolved, section);
            }
        } else if (written instanceof List<?> items && settings instanceof List<?> resolved) {
            assertThat(resolved).as(key).hasSameSizeAs(items);
            for (int i = 0; i < items.size(); i++) {
                assertContains(key, resolved.get(i), items.get(i));
            }
        } else if (settings instanceof Map<?, ?> resolved) {
            assertThat(resolved.values().iterator().next()).as(key).isEqualTo(written);
        } else {
            assertThat(settings).as(key).isEqualTo(written);
        }
    }
}
