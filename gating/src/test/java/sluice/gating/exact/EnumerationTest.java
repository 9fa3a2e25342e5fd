package sluice.gating.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sluice.gating.CentralDifferences;
import sluice.gating.GateActivation;

class EnumerationTest {
    private static final Offset<Double> PRINTED = within(1e-10);
    private static final Offset<Double> DIFFERENCE = within(1e-8);

    private static double[] gradient(GatedProblem problem, GateActivation activation, double slope) {
        return problem.enumeration()
                .gradient(
                        new Gates(activation, slope, gates(problem, activation).logits()));
    }

    private static Gates gates(GatedProblem problem, GateActivation activation) {
        return problem.gates().stream()
                .filter(gates -> gates.activation() == activation)
                .findFirst()
                .orElseThrow();
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

    @Test
    void gradientOfChoicesEqualsTheReference() {
        GatedProblem quadratic = ReferenceProblems.quadraticChoices();
        GatedProblem network = ReferenceProblems.networkChoices();

        assertThat(quadratic.enumeration().gradient(quadratic.gates().get(0)))
                .containsExactly(
                        new double[] {
                            0.2405679384, -0.2963249558, 0.0557570174, 0.0067638417, -0.2766879590, 0.2699241173
                        },
                        PRINTED);
        assertThat(quadratic.enumeration().expectedLoss(quadratic.gates().get(0)))
                .isCloseTo(1.7190725541, PRINTED);
        assertThat(network.enumeration().gradient(network.gates().get(0)))
                .containsExactly(
                        new double[] {
                            -0.0690037470, 0.0093927387, 0.0596110083, -0.0702605991, 0.0130757824, 0.0571848168
                        },
                        PRINTED);
    }

    @Property(tries = 50)
    void gradientOfChoicesEqualsCentralDifferencesOfTheExpectedLoss(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int runs,
            @ForAll @IntRange(min = 2, max = 4) int choices,
            @ForAll @DoubleRange(min = 0.5, max = 2) double slope) {
        GatedProblem problem =
                GatedProblem.randomChoices("random", runs * choices, choices, new SplittableRandom(seed));
        Enumeration enumeration = problem.enumeration();
        Gates gates =
                new Gates(GateActivation.SIGMOID, slope, problem.gates().get(0).logits(), choices);

        assertThat(enumeration.gradient(gates))
                .containsExactly(
                        CentralDifferences.gradient(
                                logits -> enumeration.expectedLoss(gates.withLogits(logits)), gates.logits()),
                        DIFFERENCE);
    }

    @Property(tries = 50)
    void gradientEqualsCentralDifferencesOfTheExpectedLoss(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int units, @ForAll GateActivation activation) {
        GatedProblem problem = GatedProblem.random("random", units, new SplittableRandom(seed));
        Enumeration enumeration = new Enumeration(problem.loss());
        Gates gates = gates(problem, activation);

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
    void oneGateOfEachRunIsOpenInAConfigurationOfChoices() {
        QuadraticLoss loss = new QuadraticLoss(0, new double[] {10, 20, 30, 1, 2, 3}, new double[6][6]);

        double[] losses = new Enumeration(loss, 3).losses();

        assertThat(losses).containsExactly(11, 12, 13, 21, 22, 23, 31, 32, 33);
    }

    @Test
    void categoricalGatesEnumerateAtMostTheSameNumberOfConfigurations() {
        GatedLoss loss = new QuadraticLoss(0, new double[39], new double[39][39]);

        assertThatThrownBy(() -> new Enumeration(loss, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("enumeration of 3^13 configurations: 39 gates; at most 36");
    }

    @Test
    void gatesOfAnotherKindThanTheEnumeratedOnesAreRefused() {
        GatedProblem independent = ReferenceProblems.quadratic();
        GatedProblem choices = ReferenceProblems.quadraticChoices();

        assertThatThrownBy(
                        () -> choices.enumeration().gradient(independent.gates().get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("enumerated were 6 gates of choices 3, not 6 of choices 1");
        assertThatThrownBy(() -> choices.enumeration().baselines(choices.gates().get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("baselines are for independent gates, these choose one of 3");
        assertThatThrownBy(() -> new Gates(GateActivation.SIGMOID, 1, new double[5], 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("choices must divide the 5 gates, got 3");
        assertThatThrownBy(() -> new Gates(GateActivation.HARD_SIGMOID, 1, new double[6], 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("choices are by the softmax, which hard-sigmoid has no part in");
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
        assertThatThrownBy(() -> GatedProblem.independent(
                        "short", ReferenceProblems.quadratic().loss(), new double[5], new double[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logits must be one per gate: 6, got 5");
    }
}
