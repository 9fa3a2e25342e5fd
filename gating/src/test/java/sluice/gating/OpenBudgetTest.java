package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenBudgetTest {
    @Property
    void theLargestLogitsStayOpenAndNeverMoreThanTheLimit(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int units,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
        double[] logits = new SplittableRandom(seed).doubles(units, -1, 2).toArray();
        OpenBudget budget = new OpenBudget(share);
        Subnetwork open = Subnetwork.of(List.of(logits));

        UnitSet kept = budget.applied(open, List.of(logits)).layers().get(0);

        assertThat(kept.size())
                .isEqualTo(Math.min(open.layers().get(0).size(), (int) Math.floor(share * units + 1e-9)));
        double least =
                Arrays.stream(kept.toArray()).mapToDouble(i -> logits[i]).min().orElse(Double.MAX_VALUE);
        for (int unit : open.layers().get(0).minus(kept).toArray()) {
            assertThat(logits[unit]).isLessThanOrEqualTo(least);
        }
    }

    @Test
    void ofEqualLogitsTheFirstStayOpen() {
        double[] equal = {1, 1, 1, 1};

        Subnetwork kept = new OpenBudget(0.5).applied(Subnetwork.of(List.of(equal)), List.of(equal));

        assertThat(kept.layers().get(0).toArray()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 10, 3", "0.29, 10, 2", "0.1, 9, 0", "1, 7, 7", "0.7, 10, 7"})
    void theLimitIsTheShareRoundedDown(double share, int units, int limit) {
        assertThat(new OpenBudget(share).limit(units)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void sharesOutsideOfZeroToOneAreRefused(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenBudget(share))
                .withMessage("budget must be in (0, 1], got " + share);
    }

    @Test
    void theMultiplierGrowsWithTheExcessAndFallsToNothingWhereThereIsNone() {
        BudgetMultiplier multiplier = new BudgetMultiplier(new OpenBudget(0.25));
        double[] open = {2, 2, 2, 2};
        double[] closed = {-6, -6, -6, -6};
        double[] gradient = new double[4];

        multiplier.addGradient(open, 1, GateActivation.SIGMOID, gradient);
        double excess = GateActivation.SIGMOID.probability(2, 1) - 0.25;
        assertThat(multiplier.expected()).isCloseTo(excess + 0.25, within(1e-12));
        assertThat(multiplier.lambda()).isCloseTo(0.1 * excess, within(1e-12));
        double[] expected = new double[4];
        Arrays.fill(expected, 10 * excess / 4 * GateActivation.SIGMOID.derivative(2, 1));
        assertThat(gradient).containsExactly(expected, within(1e-12));

        for (int step = 0; step < 20; step++) {
            Arrays.fill(gradient, 0);
            multiplier.addGradient(closed, 1, GateActivation.SIGMOID, gradient);
        }
        assertThat(multiplier.lambda()).isZero();
        assertThat(gradient).containsOnly(0);
    }

    @Property
    void aWidenedSetHasTheSameMembersAndDifferencesAreThoseOfSets(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 70) int units, @ForAll @IntRange(max = 70) int more) {
        SplittableRandom random = new SplittableRandom(seed);
        UnitSet one = UnitSet.positive(random.doubles(units, -1, 1).toArray());
        UnitSet other = UnitSet.positive(random.doubles(units, -1, 1).toArray());

        assertThat(one.widened(units + more).toArray()).isEqualTo(one.toArray());
        assertThat(one.widened(units + more).universe()).isEqualTo(units + more);
        assertThat(one.minus(other).union(one.intersection(other))).isEqualTo(one);
        assertThat(one.minus(other).intersection(other)).isEqualTo(UnitSet.none(units));
        assertThatIllegalArgumentException().isThrownBy(() -> one.widened(units - 1));
    }

    @Property
    void aTaskThatIsAddedAndRemovedLeavesTheRecordAsItWas(@ForAll long seed, @ForAll @IntRange(max = 9) int more) {
        SplittableRandom random = new SplittableRandom(seed);
        ConsolidatedSubnetworks record = ConsolidatedSubnetworks.none(List.of(8, 6))
                .with("a", subnetwork(random))
                .with("b", subnetwork(random));
        ConsolidatedSubnetworks back = record.with("c", subnetwork(random)).without("c");

        for (int layer = 0; layer < 2; layer++) {
            assertThat(back.used(layer)).isEqualTo(record.used(layer));
            assertThat(record.widened(List.of(8 + more, 6)).free(layer))
                    .isEqualTo(record.free(layer) + (layer == 0 ? more : 0));
        }
        assertThat(back.tasks()).isEqualTo(record.tasks());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> record.without("z"))
                .withMessage("task z is not consolidated");
    }

    private static Subnetwork subnetwork(SplittableRandom random) {
        return new Subnetwork(ImmutableList.of(
                UnitSet.positive(random.doubles(8, -1, 1).toArray()),
                UnitSet.positive(random.doubles(6, -1, 1).toArray())));
    }
}
