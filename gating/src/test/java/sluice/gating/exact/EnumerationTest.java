package sluice.gating.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sluice.gating.CentralDifferences;
import sluice.gating.GateActivation;

class EnumerationTest {
    private static final Offset<Double> PRINTED = within(1e-10);
    private static final Offset<Double> DIFFERENCE = within(1e-8);

    private static double[] gradient(GatedProblem problem, GateActivation activation, double slope) {
        double[] logits = problem.gates(activation).logits();
        return new Enumeration(problem.loss()).gradient(new Gates(activation, slope, logits));
    }

    @Test
    void gradientOfTheQuadraticEqualsTheClosedForm() {
        GatedProblem problem = ReferenceProblems.quadratic();

        assertThat(gradient(problem, GateActivation.SIGMOID, 1))
                .containsExactly(
                        new double[] {
                            0.2483994250, -0.1950330561, 0.2773946685, 0.1627692542, 0.0416182342, 0.1959187066
                        },
                        PRINTED);
        assertThat(gradient(problem, GateActivation.HARD_SIGMOID, 1))
                .containsExactly(new double[] {0.73375, -0.49125, 0.58375, 0.55125, 0.3375, 0}, PRINTED);
    }

    @Test
    void gradientOfTheNetworkEqualsTheReference() {
        GatedProblem problem = ReferenceProblems.network();

        assertThat(gradient(problem, GateActivation.SIGMOID, 1))
                .containsExactly(
                        new double[] {
                            -0.0536402398, 0.0074204975, 0.0161947940, -0.0382857122, 0.0459917507, 0.0442086119
                        },
                        PRINTED);
        assertThat(gradient(problem, GateActivation.SIGMOID, 2))
                .containsExactly(
                        new double[] {
                            -0.0489407926, 0.0069841215, 0.0395633647, -0.0553083267, 0.0333023714, 0.0167321811
                        },
                        PRINTED);
    }

    @Property(tries = 50)
    void gradientEqualsCentralDifferencesOfTheExpectedLoss(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int units, @ForAll GateActivation activation) {
        GatedProblem problem = GatedProblem.random("random", units, new SplittableRandom(seed));
        Enumeration enumeration = new Enumeration(problem.loss());
        Gates gates = problem.gates(activation);

        assertThat(enumeration.gradient(gates))
                .containsExactly(
                        CentralDifferences.gradient(
                                logits -> enumeration.expectedLoss(gates.withLogits(logits)), gates.logits()),
                        DIFFERENCE);
    }

    @Test
    void gateZeroIsTheMostSignificantDigitOfAConfiguration() {
        double[] losses = new Enumeration(new QuadraticLoss(0, new double[] {4, 2, 1}, new double[3][3])).losses();

        assertThat(losses).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void moreThanTwentyGatesAreRefusedWithTheirCount() {
        GatedLoss loss = NetworkLoss.random(21, new SplittableRandom(1));

        assertThatThrownBy(() -> new Enumeration(loss))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("enumeration of 2^21 configurations: 21 gates; at most 20");
    }

    @Test
    void logitsMustBeOnePerGate() {
        assertThatThrownBy(() ->
                        new GatedProblem("short", ReferenceProblems.quadratic().loss(), new double[5], new double[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logits must be one per gate: 6, got 5 and 6");
    }
}
