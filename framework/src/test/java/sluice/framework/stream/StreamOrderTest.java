package sluice.framework.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.framework.stream.StreamSettings.Borders;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Tasks as a stream. */
class StreamOrderTest {
    private static TaskSequence tasks(int count, int examples) {
        Task[] tasks = IntStream.range(0, count)
                .mapToObj(t -> {
                    float[] values = new float[examples];
                    int[] labels = new int[examples];
                    for (int i = 0; i < examples; i++) {
                        values[i] = 1000 * t + i;
                        labels[i] = i % 2;
                    }
                    Examples all = Examples.of(values, 1, labels);
                    return new Task("t" + (t + 1), ImmutableList.of(0, 1), all, all);
                })
                .toArray(Task[]::new);
        return TaskSequence.of("numbers", Normalisation.NONE, tasks).withScenario(Scenario.DOMAIN);
    }

    private static StreamSettings stream(Borders borders, String... repeats) {
        return new StreamSettings(borders).repeating(repeats);
    }

    @Test
    void everyExampleComesOnceAndATenthOfWhatComesBackIsKeptForThat() {
        StreamOrder order = StreamOrder.of(tasks(3, 100), stream(Borders.HIDDEN, "t1", "3", "1"), 5);

        assertThat(order.parts())
                .containsExactly(
                        new StreamOrder.Part(0, false, 0),
                        new StreamOrder.Part(1, false, 80),
                        new StreamOrder.Part(2, false, 180),
                        new StreamOrder.Part(0, true, 270),
                        new StreamOrder.Part(2, true, 280),
                        new StreamOrder.Part(0, true, 290));
        assertThat(order.size()).isEqualTo(300);
        Examples all = order.examples(0, 300);
        Set<Float> seen = new HashSet<>();
        float[] row = new float[1];
        for (int i = 0; i < 300; i++) {
            all.read(i, row);
            assertThat((int) row[0] / 1000).isEqualTo(order.tasks()[i]);
            assertThat(all.label(i)).isEqualTo((int) row[0] % 2);
            seen.add(row[0]);
        }
        assertThat(seen).hasSize(300);
    }

    @Test
    void gradualBordersHaveAShareOfTheNextTaskThatGrowsLinearly() {
        StreamOrder order = StreamOrder.of(tasks(2, 1000), stream(Borders.GRADUAL), 5);

        assertThat(order.size()).isEqualTo(2000);
        assertThat(IntStream.of(order.tasks()).sum()).isEqualTo(1000);
        // over a fifth of a task: its last 100 examples, and the first 100 of the next one
        assertThat(IntStream.range(0, 900).map(i -> order.tasks()[i]).sum()).isZero();
        assertThat(IntStream.range(1100, 2000).map(i -> order.tasks()[i]).sum()).isEqualTo(900);
        for (int tenth = 0; tenth < 10; tenth++) {
            int from = 900 + 20 * tenth;
            int others =
                    IntStream.range(from, from + 20).map(i -> order.tasks()[i]).sum();
            assertThat(others).isBetween(2 * tenth, 2 * tenth + 2);
        }
        assertThat(order.parts().get(1).first()).isBetween(900, 925);
    }

    @Test
    void theSeedSaysTheOrderWithinATask() {
        StreamSettings hidden = stream(Borders.HIDDEN);
        StreamOrder one = StreamOrder.of(tasks(2, 50), hidden, 1);

        assertThat(StreamOrder.of(tasks(2, 50), hidden, 1).rows()).isEqualTo(one.rows());
        assertThat(StreamOrder.of(tasks(2, 50), hidden, 2).rows()).isNotEqualTo(one.rows());
    }

    @Test
    void streamsWithoutABorderAndTasksThatCannotComeBackAreRefused() {
        assertThatThrownBy(() -> StreamOrder.of(tasks(1, 50), stream(Borders.HIDDEN), 1))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "one task that does not come back has no border to be noticed: split the data into more tasks, or remove the section");
        assertThatThrownBy(() -> StreamOrder.of(tasks(2, 50), stream(Borders.HIDDEN, "t2"), 1))
                .isInstanceOf(InputException.class)
                .hasMessage("repeats: task t2 does not come back, as it was not away: name another task before it");
        assertThatThrownBy(() -> StreamOrder.of(tasks(2, 50), stream(Borders.HIDDEN, "3"), 1))
                .isInstanceOf(InputException.class)
                .hasMessage("repeats: there is no task 3: write names of tasks, or positions from 1 to 2");
        assertThatThrownBy(() -> StreamOrder.of(tasks(2, 9), stream(Borders.HIDDEN, "1"), 1))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "repeats: task t1 has 9 training examples, and a tenth of them is to come back: give it more, or leave it out");
        String[] often = {"1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1", "2"};
        assertThatThrownBy(() -> StreamOrder.of(tasks(2, 50), stream(Borders.HIDDEN, often), 1))
                .isInstanceOf(InputException.class)
                .hasMessage("repeats: task t1 comes back 6 times: let it come back 5 times at the most");
    }
}
