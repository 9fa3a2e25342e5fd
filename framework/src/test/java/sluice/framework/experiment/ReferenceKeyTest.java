package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.Reference;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

class ReferenceKeyTest {
    @TempDir
    private Path folder;

    private String key(String network) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "data: {set: digits}\nnetwork: " + network + "\n");
        TaskSequenceScript script = (TaskSequenceScript) ScriptReader.read(file, List.of());
        float[][] rows = {{0, 1}, {1, 0}};
        int[] labels = {0, 1};
        TaskSequence sequence = TaskSequence.of("arrays", Normalisation.NONE, Task.of("a", rows, labels, rows, labels));
        RunPlan plan = ScriptPlan.of(script);
        return ReferenceKey.of(Reference.JOINT, plan, sequence, plan.setup().orElseThrow(), "code")
                .json();
    }

    @Test
    void networksOfAsManyMapsButOtherKernelsAreOthers() throws IOException {
        ImmutableList<String> others = ImmutableList.of(
                key("{layers: [{conv: {maps: 4, kernel: 3}}]}"),
                key("{layers: [{conv: {maps: 4, kernel: 5}}]}"),
                key("{layers: [{conv: {maps: 4, kernel: 3, pool: 2}}]}"),
                key("{layers: [{conv: {maps: 4, kernel: 3, pool: 2, pooling: average}}]}"),
                key("{layers: [{dense: 4}]}"));

        assertThat(others).doesNotHaveDuplicates();
    }

    @Test
    void denseLayersAreTheSameHoweverTheyAreWritten() throws IOException {
        assertThat(key("{layers: [{dense: 4}, {dense: 3}]}")).isEqualTo(key("{hidden: [4, 3]}"));
    }
}
