package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.tasks.InputException;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.Script;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/** A script file for a test, read with all of its sections. */
record WrittenScript(Path file) {
    static WrittenScript in(Path folder, String text) throws IOException {
        return new WrittenScript(Files.writeString(folder.resolve("mine.yaml"), text));
    }

    ExperimentScript read(String... overrides) {
        return ExperimentScript.of((TaskSequenceScript) ScriptReader.read(file, List.of(overrides)));
    }

    ComparisonScript comparison(String... overrides) {
        return (ComparisonScript) ScriptReader.read(file, List.of(overrides));
    }

    private void readAll(List<String> overrides) {
        Script script = ScriptReader.read(file, overrides);
        if (script instanceof ComparisonScript comparison) {
            comparison.runs().forEach(run -> readSections(run.script()));
        } else {
            readSections((TaskSequenceScript) script);
        }
    }

    private static void readSections(TaskSequenceScript script) {
        if (script.isGenerator()) {
            GeneratorScript.of(script);
        } else {
            ExperimentScript.of(script);
        }
    }

    GeneratorScript readGenerator(String... overrides) {
        return GeneratorScript.of((TaskSequenceScript) ScriptReader.read(file, List.of(overrides)));
    }

    /** The one line that a reader complains with, the folder left out. */
    String complaint(String... overrides) {
        Throwable thrown = catchThrowable(() -> readAll(List.of(overrides)));
        assertThat(thrown).isInstanceOf(InputException.class);
        assertThat(thrown.getMessage()).doesNotContain("\n");
        return thrown.getMessage().replace(file.getParent() + "/", "");
    }
}
