package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparsityRegulariserTest {
    private static final int UNITS = 8;
    private static final double[] LOGITS = {-2, -1, -0.5, 0, 0.3, 0.7, 1.2, 5};

    @Property(edgeCases = EdgeCasesMode.NONE)
    void gradientEqualsCentralDifferencesOfThePenalty(
            @ForAll GateActivation activation,
            @ForAll @Size(UNITS) List<@DoubleRange(min = -3, max = 3) @Scale(3) Double> values,
            @ForAll Set<@IntRange(max = UNITS - 1) Integer> members,
            @ForAll @DoubleRange(min = 0.5, max = 3) double slope,
            @ForAll @IntRange(min = 1, max = 4) int layers,
            @ForAll @DoubleRange(max = 1) @Scale(3) double reusePrice) {
        double[] logits = values.stream().mapToDouble(Double::doubleValue).toArray();
        boolean smooth = Arrays.stream(logits).allMatch(logit -> Math.abs(Math.abs(slope * logit) - 1) > 1e-3);
        Assume.that(activation == GateActivation.SIGMOID || smooth);
        SparsityRegulariser regulariser = new SparsityRegulariser(0.7, reusePrice);
        UnitSet used = units(members);
        double[] gradient = new double[UNITS];

        regulariser.addGradient(logits, slope, activation, used, layers, gradient);

        assertThat(gradient)
                .containsExactly(
                        CentralDifferences.gradient(
                                moved -> regulariser.penalty(moved, slope, activation, used, layers), logits),
                        within(1e-8));
    }

    @ParameterizedTest
    @EnumSource
    void usedUnitsCostNothing(GateActivation activation) {
        SparsityRegulariser regulariser = new SparsityRegulariser(1);
        UnitSet used = units(Set.of(0, 4, 7));
        double[] moved = LOGITS.clone();
        moved[0] = moved[4] = moved[7] = 0.9;
        double[] gradient = new double[UNITS];

        regulariser.addGradient(LOGITS, 1, activation, used, 2, gradient);

        assertThat(regulariser.penalty(moved, 1, activation, used, 2))
                .isEqualTo(regulariser.penalty(LOGITS, 1, activation, used, 2));
        assertThat(new double[] {gradient[0], gradient[4], gradient[7]}).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource
    void layerWhoseUnitsAreAllUsedCostsNothing(GateActivation activation) {
        SparsityRegulariser regulariser = new SparsityRegulariser(1);
        double[] gradient = new double[UNITS];

        regulariser.addGradient(LOGITS, 1, activation, UnitSet.all(UNITS), 2, gradient);

        assertThat(regulariser.penalty(LOGITS, 1, activation, UnitSet.all(UNITS), 2))
                .isZero();
        assertThat(gradient).containsOnly(0);
    }

    @Test
    void penaltyIsTheWeightWhereEveryUnusedGateOfEveryLayerIsCertain() {
        SparsityRegulariser regulariser = new SparsityRegulariser(0.6);
        double[] open = new double[UNITS];
        Arrays.fill(open, 3);

        double perLayer = regulariser.penalty(open, 1, GateActivation.HARD_SIGMOID, units(Set.of(1, 2)), 3);

        assertThat(3 * perLayer).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void penaltyIsTheMeanProbabilityOfUnusedUnitsTimesWeightPerLayer() {
        SparsityRegulariser regulariser = new SparsityRegulariser(2);

        double penalty = regulariser.penalty(
                new double[] {0, 0.5, -3}, 1, GateActivation.HARD_SIGMOID, UnitSet.of(3, bits(Set.of(1))), 4);

        assertThat(penalty).isCloseTo(2.0 / 4 * (0.5 + 0) / 2, within(1e-15));
    }

    @Test
    void gradientIsAddedToWhatIsThere() {
        SparsityRegulariser regulariser = new SparsityRegulariser(1);
        double[] fromZero = new double[UNITS];
        double[] fromOne = new double[UNITS];
        Arrays.fill(fromOne, 1);

        regulariser.addGradient(LOGITS, 1, GateActivation.SIGMOID, UnitSet.none(UNITS), 1, fromZero);
        regulariser.addGradient(LOGITS, 1, GateActivation.SIGMOID, UnitSet.none(UNITS), 1, fromOne);

        for (int i = 0; i < UNITS; i++) {
            assertThat(fromOne[i]).isEqualTo(1 + fromZero[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void weightThatIsNegativeOrNotFiniteIsRefused(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SparsityRegulariser(weight))
                .withMessage("sparsity must be at least 0 and finite, got " + weight);
    }

    private static UnitSet units(Set<Integer> members) {
        return UnitSet.of(UNITS, bits(members));
    }

    private static BitSet bits(Set<Integer> members) {
        BitSet bits = new BitSet();
        members.forEach(bits::set);
        return bits;
    }

    @Property
    void aUsedUnitCostsAPartOfWhatANewOneDoes(
            @ForAll Set<@IntRange(max = UNITS - 1) Integer> members,
            @ForAll @DoubleRange(max = 1) @Scale(3) double reusePrice) {
        Assume.that(!members.isEmpty() && members.size() < UNITS);
        double[] gradient = new double[UNITS];
        UnitSet used = units(members);

        new SparsityRegulariser(1, reusePrice)
                .addGradient(new double[UNITS], 1, GateActivation.SIGMOID, used, 2, gradient);

        double fresh = gradient[UnitSet.all(UNITS).minus(used).toArray()[0]];
        double reused = gradient[used.toArray()[0]];
        assertThat(reused).isCloseTo(reusePrice * fresh, within(1e-12));
    }

    @Test
    void inAFullLayerAUsedUnitCostsTenTimesWhatAUnitOfAnEmptyOneDoesAtTheMost() {
        int units = 40;
        double[] full = new double[units];
        double[] empty = new double[units];
        SparsityRegulariser regulariser = new SparsityRegulariser(1, 1);

        regulariser.addGradient(new double[units], 1, GateActivation.SIGMOID, UnitSet.all(units), 2, full);
        regulariser.addGradient(new double[units], 1, GateActivation.SIGMOID, UnitSet.none(units), 2, empty);

        assertThat(full[0]).isCloseTo(10 * empty[0], within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aPriceOfReuseOutsideOfZeroToOneIsRefused(double price) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SparsityRegulariser(1, price))
                .withMessage("reusePrice must be in [0, 1], got " + price);
    }

    @Property
    void groupGradientIsThatOfTheExpectedPrice(
            @ForAll long seed, @ForAll @DoubleRange(max = 1) @Scale(3) double reusePrice) {
        SplittableRandom random = new SplittableRandom(seed);
        int groups = 2 + random.nextInt(6);
        double[] logits = random.doubles(groups, -2, 2).toArray();
        int[] unused = random.ints(groups, 0, 9).toArray();
        int[] sizes = Arrays.stream(unused).map(n -> n + random.nextInt(4)).toArray();
        double slope = random.nextDouble(0.5, 3);
        int all = Math.max(1, Arrays.stream(unused).sum());
        int units = Math.max(1, Arrays.stream(sizes).sum());
        double[] gradient = new double[groups];

        new SparsityRegulariser(0.7, reusePrice).addGroupGradient(logits, slope, unused, sizes, 2, gradient);

        assertThat(gradient)
                .containsExactly(
                        CentralDifferences.gradient(
                                theta -> {
                                    double partition = 0;
                                    double fresh = 0;
                                    double reused = 0;
                                    for (int g = 0; g < groups; g++) {
                                        double power = Math.exp(slope * theta[g]);
                                        partition += power;
                                        fresh += power * unused[g];
                                        reused += power * (sizes[g] - unused[g]);
                                    }
                                    double price = Math.min(1.0 / all, 10.0 / units);
                                    return 0.7 / 2 * (fresh / all + reusePrice * price * reused) / partition;
                                },
                                logits),
                        within(1e-8));
    }
}
