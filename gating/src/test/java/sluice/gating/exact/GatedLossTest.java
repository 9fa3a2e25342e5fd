package sluice.gating.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.gating.CentralDifferences;

class GatedLossTest {
    private static final Offset<Double> DIFFERENCE = within(1e-8);

    static Stream<GatedLoss> losses() {
        return Stream.of(
                ReferenceProblems.quadratic().loss(),
                ReferenceProblems.network().loss(),
                NetworkLoss.random(6, new SplittableRandom(1)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientOfEachExampleEqualsCentralDifferencesBetweenAndBeyondZeroAndOne(GatedLoss loss) {
        double[] gates = {0.3, 1, 0, 0.8, -0.5, 2.5};

        for (int i = 0; i < loss.examples(); i++) {
            int example = i;
            double[] gradient = new double[6];
            loss.addGradient(example, gates, 1, gradient);
            assertThat(gradient)
                    .containsExactly(CentralDifferences.gradient(h -> loss.loss(example, h), gates), DIFFERENCE);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientOfTheMeanLossEqualsCentralDifferences(GatedLoss loss) {
        double[] gates = {0.3, 1, 0, 0.8, -0.5, 2.5};
        double[] gradient = new double[6];

        loss.addGradient(gates, gradient);

        assertThat(gradient).containsExactly(CentralDifferences.gradient(loss::loss, gates), DIFFERENCE);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientIsAddedWithItsWeight(GatedLoss loss) {
        double[] gates = {1, 0, 0.5, 1, 1, 0};
        double[] once = new double[6];
        double[] added = {1, 1, 1, 1, 1, 1};

        loss.addGradient(0, gates, 1, once);
        loss.addGradient(0, gates, -2, added);

        for (int i = 0; i < 6; i++) {
            assertThat(added[i]).isCloseTo(1 - 2 * once[i], within(1e-12));
        }
    }

    @Test
    void lossOfANetworkWithHugeGatesIsFinite() {
        double[] gates = {1e4, 1e4, 0, -1e4, 0, 1e4};

        assertThat(ReferenceProblems.network().loss().loss(gates)).isFinite().isGreaterThan(100);
    }

    @Test
    void impossibleTargetsAndLopsidedCurvaturesAreRefused() {
        assertThatThrownBy(() -> new NetworkLoss(new double[1][2][3], new double[2], new int[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("targets must be in [0, 2), got 2");
        assertThatThrownBy(() -> new QuadraticLoss(0, new double[2], new double[][] {{0, 1}, {0, 0}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curvature must be symmetric, is not at [1][0]");
    }
}
