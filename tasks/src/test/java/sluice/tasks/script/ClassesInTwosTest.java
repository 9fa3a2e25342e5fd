package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** How classes become tasks where no split is written. */
class ClassesInTwosTest {
    private static DataSet classes(int count) {
        int[] labels = new int[count];
        Arrays.setAll(labels, label -> label);
        Examples examples = Examples.of(new float[count][1], labels);
        return DataSet.of("any", examples, examples, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | TASK   | 2     | ''",
                "3 | TASK   | 3     | joins the last task: 1 task of 3; scenario class would make 2",
                "3 | DOMAIN | 3     | joins the last task: 1 task of 3; scenario class would make 2",
                "3 | CLASS  | 2 1   | is a task of its own: 2 tasks",
                "4 | TASK   | 2 2   | ''",
                "5 | TASK   | 2 3   | joins the last task: 2 tasks; scenario class would make 3",
                "5 | CLASS  | 2 2 1 | is a task of its own: 3 tasks",
            })
    void classesGoInTwosAndTheOneLeftOverGoesByScenario(int classes, Scenario scenario, String sizes, String note) {
        SplitSettings split = new SplitSettings.InTwos(SplitSettings.ClassOrder.GIVEN, scenario);

        TaskSequence tasks = split.tasks(classes(classes), Normalisation.NONE, 1);

        List<String> found = tasks.tasks().stream()
                .map(Task::classes)
                .map(ImmutableList::size)
                .map(String::valueOf)
                .toList();
        assertThat(String.join(" ", found)).isEqualTo(sizes);
        assertThat(String.join(" ", tasks.notes())).contains(note);
        assertThat(tasks.notes().isEmpty()).isEqualTo(note.isEmpty());
    }
}
