package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;
import sluice.tasks.LeftOut;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** {@code split.left_out}: classes that are in no task. */
class LeavingOutTest {
    private static final DataSet DIGITS = Digits.draw(60, 40, 1);

    private static TaskSequence tasks(String split, int seed) {
        TaskSequenceScript script = (TaskSequenceScript) ScriptReader.parse(
                "data: {set: digits}\nscenario: class\nseed: %d\nsplit: {%s}\n".formatted(seed, split),
                "mine",
                Path.of("."),
                List.of());
        return script.tasks(DIGITS);
    }

    private static List<Integer> classes(TaskSequence tasks) {
        return tasks.tasks().stream().flatMap(task -> task.classes().stream()).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "left_out: [9, 6, 7, 8]",
                "classes_per_task: 3, left_out: [6, 7, 8, 9]",
                "groups: [[0, 1, 2], [3, 4, 5]], left_out: [6, 7, 8, 9]"
            })
    void namedClassesAreInNoTaskHoweverTheOthersAreSplit(String split) {
        TaskSequence tasks = tasks(split, 1);

        assertThat(classes(tasks)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(tasks.leftOut().map(LeftOut::classes)).contains(ImmutableList.of(6, 7, 8, 9));
    }

    @Test
    void everyPermutationIsOfTheOtherClasses() {
        TaskSequence tasks = tasks("permuted: 2, left_out: [0]", 1);

        assertThat(tasks.tasks())
                .allSatisfy(task -> assertThat(task.classes()).doesNotContain(0).hasSize(9));
        assertThat(tasks.leftOut().orElseThrow().test().distinctLabels()).containsExactly(0);
    }

    @Test
    void aNumberOfClassesIsDrawnFromTheSeed() {
        List<List<Integer>> drawn = Stream.of(1, 1, 2, 3)
                .map(seed -> List.copyOf(
                        tasks("left_out: 4", seed).leftOut().orElseThrow().classes()))
                .toList();

        assertThat(drawn).allSatisfy(classes -> assertThat(classes).hasSize(4).doesNotHaveDuplicates());
        assertThat(drawn.get(0)).isEqualTo(drawn.get(1));
        assertThat(drawn.stream().distinct().count()).isGreaterThan(1);
        assertThat(classes(tasks("left_out: 4", 2))).hasSize(6).doesNotContainAnyElementsOf(drawn.get(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "left_out: 10 | of the 10 classes of data set digits 10 cannot be left out: one must be left to learn",
                "left_out: [1, 12] | data set digits has no class 12: its classes are [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]",
                "left_out: 0 | must be in [1, 2147483647], got 0",
                "left_out: [1, 1] | class 1 is there already: remove one",
                "left_out: four | must be a number of classes, or a list of them like [6, 7, 8, 9], got four"
            })
    void whatCannotBeLeftOutIsToldWhereItIsWritten(String split, String message) {
        assertThatThrownBy(() -> tasks(split, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("split.left_out")
                .hasMessageContaining(message);
    }
}
