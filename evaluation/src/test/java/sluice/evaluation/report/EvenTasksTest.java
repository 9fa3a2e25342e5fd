package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EvenTasksTest {
    @Property
    void theFirstAndTheLastAreAmongThemAndTheyAreNotTooMany(
            @ForAll @IntRange(min = 1, max = 5000) int count, @ForAll @IntRange(min = 2, max = 400) int most) {
        EvenTasks tasks = EvenTasks.of(count, most);

        List<Integer> numbers = tasks.numbers();
        assertThat(numbers).hasSizeLessThanOrEqualTo(most).startsWith(1).endsWith(count);
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        for (int i = 1; i < numbers.size() - 1; i++) {
            assertThat(numbers.get(i) - numbers.get(i - 1)).isEqualTo(tasks.every());
        }
        assertThat(tasks.all()).isEqualTo(count <= most);
    }

    @Test
    void wordsAreThoseOfAReader() {
        assertThat(new EvenTasks(1000, 4).words()).isEqualTo("every 4th task of 1,000, and the last");
        assertThat(new EvenTasks(30, 2).words()).startsWith("every 2nd task of 30");
        assertThat(new EvenTasks(900, 3).words()).startsWith("every 3rd ");
        assertThat(new EvenTasks(9000, 21).words()).startsWith("every 21st ");
        assertThat(new EvenTasks(9000, 112).words()).startsWith("every 112th ");
    }
}
