package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.TaskSequence;

class ErrorPlacesTest {
    private static final Examples FOUR_CLASSES =
            Examples.of(new float[][] {{0}, {1}, {2}, {3}}, new int[] {0, 1, 2, 3});
    private static final DataSet DATA = DataSet.of("four", FOUR_CLASSES, FOUR_CLASSES, Map.of());

    @TempDir
    Path folder;

    @Test
    void aLaterProblemIsPlacedAtItsKeyOrTheSectionAroundIt() throws IOException {
        Locations locations =
                script("data:\n  set: mnist\ntraining:\n  epochs: 1\n").locations();

        assertThat(locations.of("data.set").line()).isEqualTo(2);
        assertThat(locations.of("training.learning_rate").line()).isEqualTo(3);
        assertThat(locations.of("gates.estimator").line()).isEqualTo(1);
    }

    @Test
    void aLaterProblemWithAnOverrideIsPlacedAtTheOverride() throws IOException {
        TaskSequenceScript script =
                WrittenScript.in(folder, "data: {set: mnist}").read("gates.estimator=arm");

        assertThat(script.gates().estimator().error("unknown").getMessage())
                .isEqualTo("--set gates.estimator=arm: gates.estimator: unknown");
        assertThat(script.error("gates.estimator", "unknown").getMessage())
                .isEqualTo("--set gates.estimator=arm: gates.estimator: unknown");
    }

    @Test
    void aDataSetBecomesTasksNamedAfterTheScript() throws IOException {
        TaskSequence tasks =
                script("data: {set: mnist}\nsplit:\n  groups: [[3, 0], [1]]").tasks(DATA);

        assertThat(tasks.name()).isEqualTo("mine");
        assertThat(tasks.names()).containsExactly("3-0", "1");
    }

    @Test
    void aClassThatTheDataLacksIsPlacedAtTheGroups() throws IOException {
        TaskSequenceScript script = script("data: {set: mnist}\nsplit:\n  groups: [[0, 9]]");

        assertThatThrownBy(() -> script.tasks(DATA))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "mine.yaml:3: split.groups: data set four has no class 9: its classes are [0, 1, 2, 3]");
    }

    @Test
    void aCountThatDoesNotDivideTheClassesIsPlacedAtItsKey() throws IOException {
        TaskSequenceScript script = script("data: {set: mnist}\nsplit:\n  classes_per_task: 3");

        assertThatThrownBy(() -> script.tasks(DATA))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mine.yaml:3: split.classes_per_task: 3 classes per task do not divide");
    }

    @Test
    void severalTasksOfBinaryUnitsAreRefusedAtTheSplit() throws IOException {
        String binary = "data: {set: mnist}\nnetwork: {units: binary, hidden: [9]}\n";
        String remedy = "where network.units is binary there can be one: write split: {classes_per_task: 4}";

        assertThatThrownBy(() -> script(binary + "split:\n  groups: [[0], [1]]").tasks(DATA))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("mine.yaml:4: split.groups: makes 2 tasks, " + remedy);
        assertThatThrownBy(() -> script(binary).tasks(DATA))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("mine.yaml:1: split.classes_per_task: makes 2 tasks, " + remedy);
        assertThat(script(binary + "split: {classes_per_task: 4}").tasks(DATA).tasks())
                .hasSize(1);
    }

    private TaskSequenceScript script(String text) throws IOException {
        return WrittenScript.in(folder, text).read();
    }
}
