package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassNumbersTest {
    private static int[] numbers(String... names) {
        ClassNumbers numbers = ClassNumbers.of(List.of(names));
        return IntStream.range(0, names.length)
                .map(i -> numbers.number(names[i]))
                .toArray();
    }

    @Test
    void textsAreSortedAndNumbered() {
        assertThat(numbers("cat", "ant", "cat", "bee")).containsExactly(2, 0, 2, 1);
    }

    @Test
    void wholeNumbersStayWhatTheyAre() {
        assertThat(numbers("10", "2", "0", "2147483647")).containsExactly(10, 2, 0, 2147483647);
    }

    @Test
    void whatIsNoPlainWholeNumberIsAText() {
        assertThat(numbers("1", "01")).containsExactly(1, 0);
        assertThat(numbers("1", "-2")).containsExactly(1, 0);
        assertThat(numbers("1", "2147483648")).containsExactly(0, 1);
        assertThat(numbers("7", "none")).containsExactly(0, 1);
    }
}
