package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

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
    void theSameSeedChoosesTheSame(@ForAll List<Boolean> classes, @ForAll long seed) {
        TestShare share = new TestShare(0.3, seed);

        assertThat(share.choose(classes)).isEqualTo(share.choose(classes));
    }

    @Property
    void noShareLeavesAllForTraining(@ForAll List<Boolean> classes, @ForAll long seed) {
        assertThat(new TestShare(0, seed).choose(classes).isEmpty()).isTrue();
    }
}
