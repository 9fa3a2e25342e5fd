package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.Shape;
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

        assertThat(script.error("gates.estimator", "unknown").getMessage())
                .isEqualTo("--set gates.estimator=arm: gates.estimator: unknown");
    }

    @Test
    void aDataSetBecomesTasksNamedAfterTheScript() throws IOException {
        TaskSequence tasks =
                script("data: {set: mnist}\nsplit:\n  groups: [[3, 0], [1, 2]]").tasks(DATA);

        assertThat(tasks.name()).isEqualTo("mine");
        assertThat(tasks.names()).containsExactly("3-0", "1-2");
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
    void vectorsThatShouldBeRotatedArePlacedAtTheAngles() throws IOException {
        TaskSequenceScript script = script("data: {set: mnist}\nsplit:\n  rotated: [0, 20]");

        assertThatThrownBy(() -> script.tasks(DATA))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "mine.yaml:3: split.rotated: data set four has vectors, only images can be rotated:"
                                + " choose a data set of images");
        assertThat(script.tasks(DATA.withShape(new Shape.Image(1, 1))).names())
                .containsExactly("rotation-0", "rotation-20");
    }

    @Test
    void whatIsDrawnForASplitComesFromTheScriptsSeed() throws IOException {
        String shuffled =
                "data: {set: mnist}\nsplit: {classes_per_task: 1, class_order: shuffled}\nscenario: class\nseed: ";
        Set<List<String>> orders = new HashSet<>();

        for (int seed = 1; seed <= 20; seed++) {
            orders.add(script(shuffled + seed).tasks(DATA).names());
            assertThat(script(shuffled + seed).tasks(DATA).names()).containsExactlyInAnyOrder("0", "1", "2", "3");
        }

        assertThat(orders)
                .hasSizeGreaterThan(5)
                .contains(script(shuffled + 7).tasks(DATA).names());
    }

    @Test
    void aTaskOfOneClassIsRefusedWhereEveryAnswerWouldBeRight() throws IOException {
        String single = "data: {set: mnist}\nsplit: {groups: [[0, 1], [2]]}\n";

        assertThatThrownBy(() -> script(single).tasks(DATA))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "scenario: task '2' has one class, so that in scenario task every answer is right");
        assertThat(script(single + "scenario: class").tasks(DATA).tasks()).hasSize(2);
    }

    @Test
    void tasksThatTheScenarioCannotHaveArePlacedAtIt() throws IOException {
        TaskSequenceScript script = script("data: {set: mnist}\nsplit: {groups: [[0, 1], [2]]}\nscenario: domain");

        assertThatThrownBy(() -> script.tasks(DATA))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "mine.yaml:3: scenario: task '2' has one class, so that in scenario domain there is nothing to tell"
                                + " apart in it: give every task two or more (split), or write scenario: class");
        assertThat(script("data: {set: mnist}\nscenario: domain").tasks(DATA).scenario())
                .isEqualTo(Scenario.DOMAIN);
    }

    private TaskSequenceScript script(String text) throws IOException {
        return WrittenScript.in(folder, text).read();
    }
}
