package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.tasks.InputException;

/** A script file for a test. */
record WrittenScript(Path file) {
    static WrittenScript in(Path folder, String text) throws IOException {
        return new WrittenScript(Files.writeString(folder.resolve("mine.yaml"), text));
    }

    TaskSequenceScript read(String... overrides) {
        return (TaskSequenceScript) ScriptReader.read(file, List.of(overrides));
    }

    ComparisonScript comparison(String... overrides) {
        return (ComparisonScript) ScriptReader.read(file, List.of(overrides));
    }

    /** The one line that the reader complains with, the folder left out. */
    String complaint(String... overrides) {
        Throwable thrown = catchThrowable(() -> ScriptReader.read(file, List.of(overrides)));
        assertThat(thrown).isInstanceOf(InputException.class);
        assertThat(thrown.getMessage()).doesNotContain("\n");
        return thrown.getMessage().replace(file.getParent() + "/", "");
    }
}
