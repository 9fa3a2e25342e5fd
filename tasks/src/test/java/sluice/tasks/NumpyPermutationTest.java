package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders that NumPy printed, by {@code numpy.random.seed(s); print(numpy.random.permutation(n))}. */
class NumpyPermutationTest {
    @ParameterizedTest
    @CsvSource({
        "0,10,2 8 4 9 1 6 7 3 0 5",
        "1,10,2 9 6 4 0 3 1 7 8 5",
        "2,10,4 1 5 0 7 2 3 6 9 8",
        "20,10,7 1 8 5 0 2 6 9 4 3",
        "7,1,0",
        "3,2,1 0",
        "123456789,17,15 1 14 5 9 8 2 6 11 16 0 13 3 4 10 7 12",
        "2147483647,33,20 6 22 27 13 1 31 19 28 26 7 24 30 18 10 2 5 9 14 11 21 0 3 4 17 23 15 32 16 8 25 12 29"
    })
    void ordersAreThoseOfNumpy(long seed, int size, String printed) {
        int[] order = Arrays.stream(printed.split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();

        assertThat(NumpyPermutation.of(size, seed)).isEqualTo(order);
    }

    @Property
    void everyOrderHasEachOnce(
            @ForAll @IntRange(min = 1, max = 200) int size,
            @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed) {
        assertThat(IntStream.of(NumpyPermutation.of(size, seed)).sorted().toArray())
                .isEqualTo(IntStream.range(0, size).toArray());
    }

    @Test
    void classesGetTheLabelsOfTheirPlaceInIt() {
        float[][] rows = new float[10][1];
        int[] labels = IntStream.range(0, 10).toArray();
        DataSet digits = DataSet.of("ten", Examples.of(rows, labels), Examples.of(rows, labels), Map.of());

        // of seed 1: class 4 has label 0, class 6 label 1, and so on
        assertThat(ClassSplit.numpy(digits, 2, 1).groups().toString())
                .isEqualTo("[[4, 6], [0, 5], [3, 9], [2, 7], [8, 1]]");
    }

    @ParameterizedTest
    @CsvSource({"-1", "2147483648"})
    void otherSeedsAreRefused(long seed) {
        assertThatThrownBy(() -> NumpyPermutation.of(3, seed))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("needs a seed from 0 to 2147483647, got " + seed);
    }
}
