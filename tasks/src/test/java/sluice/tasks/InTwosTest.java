package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where nothing says how classes go to tasks, they go in twos, and one that is left over has a place. */
class InTwosTest {
    @ParameterizedTest
    @CsvSource({
        "1, OWN_TASK, 0",
        "1, JOIN_LAST, 0",
        "2, JOIN_LAST, 0-1",
        "3, OWN_TASK, 0-1 2",
        "3, JOIN_LAST, 0-1-2",
        "5, OWN_TASK, 0-1 2-3 4",
        "5, JOIN_LAST, 0-1 2-3-4",
        "6, JOIN_LAST, 0-1 2-3 4-5"
    })
    void classesGoInTwos(int classes, ClassSplit.LeftOver leftOver, String tasks) {
        float[][] rows = new float[2 * classes][1];
        int[] labels = IntStream.range(0, 2 * classes).map(i -> i % classes).toArray();
        Examples examples = Examples.of(rows, labels);
        DataSet dataSet = DataSet.of("any", examples, examples, Map.of());

        List<String> names = ClassSplit.inTwos(dataSet, leftOver).tasks(dataSet).stream()
                .map(Task::name)
                .toList();

        assertThat(String.join(" ", names)).isEqualTo(tasks);
    }
}
