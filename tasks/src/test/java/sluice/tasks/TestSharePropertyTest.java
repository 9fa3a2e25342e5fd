package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TestSharePropertyTest {
    @Property
    void everyClassOfSeveralIsInBothParts(
            @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> classes,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double share,
            @ForAll long seed) {
        BitSet chosen = new TestShare(share, seed).choose(classes);

        for (int label : new HashSet<>(classes)) {
            int size = Collections.frequency(classes, label);
            long tested = chosen.stream().filter(i -> classes.get(i) == label).count();
            if (size == 1) {
                assertThat(tested).isZero();
            } else {
                assertThat(tested).isBetween(1L, size - 1L);
                assertThat(Math.abs(tested - share * size)).isLessThanOrEqualTo(1);
            }
        }
    }

    @Property
    void ofNumbersEveryTenthOfAGroupHasItsPartInBothParts(
            @ForAll @Size(max = 80) List<@DoubleRange(min = -9, max = 9) Double> numbers,
            @ForAll @IntRange(min = 1, max = 3) int groups,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double share,
            @ForAll long seed) {
        List<Integer> group =
                IntStream.range(0, numbers.size()).mapToObj(i -> i % groups).toList();
        double[] targets = numbers.stream().mapToDouble(number -> number).toArray();

        BitSet chosen = new TestShare(share, seed).choose(group, targets);

        for (int g = 0; g < Math.min(groups, targets.length); g++) {
            int of = g;
            int[] sorted = IntStream.range(0, targets.length)
                    .filter(i -> group.get(i) == of)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> targets[i]))
                    .mapToInt(i -> i)
                    .toArray();
            int size = sorted.length;
            int tested = Math.min(Math.max((int) Math.round(share * size), 1), size - 1);
            assertThat(Arrays.stream(sorted).filter(chosen::get).count()).isEqualTo(tested);
            for (int tenth = 1; tenth < 10; tenth++) {
                int end = size * tenth / 10;
                long below = Arrays.stream(sorted, 0, end).filter(chosen::get).count();
                assertThat(Math.abs(below - (double) tested * end / size)).isLessThanOrEqualTo(0.5);
            }
        }
    }

    @Property
    void ofNumbersTheSameSeedChoosesTheSameWhateverTheirScale(
            @ForAll List<@IntRange(max = 9) Integer> numbers, @ForAll long seed) {
        TestShare share = new TestShare(0.3, seed);
        List<String> one = numbers.stream().map(number -> "one").toList();
        double[] targets = numbers.stream().mapToDouble(number -> number).toArray();
        double[] larger =
                Arrays.stream(targets).map(number -> 1000 * number + 7).toArray();

        assertThat(share.choose(one, targets)).isEqualTo(share.choose(one, targets));
        assertThat(share.choose(one, larger)).isEqualTo(share.choose(one, targets));
    }

    @Test
    void anotherSeedChoosesOthers() {
        List<String> one = Collections.nCopies(100, "one");
        double[] targets = IntStream.range(0, 100).asDoubleStream().toArray();

        assertThat(new TestShare(0.3, 1).choose(one, targets)).isNotEqualTo(new TestShare(0.3, 2).choose(one, targets));
    }

    @Property
    void theSameSeedChoosesTheSame(@ForAll List<Boolean> classes, @ForAll long seed) {
        TestShare share = new TestShare(0.3, seed);

        assertThat(share.choose(classes)).isEqualTo(share.choose(classes));
    }

    @Property
    void noShareLeavesAllForTraining(@ForAll List<Boolean> classes, @ForAll long seed) {
        assertThat(new TestShare(0, seed).choose(classes).isEmpty()).isTrue();
    }
}
