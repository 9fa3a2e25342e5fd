package sluice.framework.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.gating.EstimatorFamily;
import sluice.gating.Estimators;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.exact.GatedProblem;
import sluice.gating.exact.ReferenceProblems;

class EstimatorBenchTest {
    private static final EstimatorBench BENCH = new EstimatorBench(20_000, 7, 2);

    private static Measurement measure(GatedProblem problem, Claim claim, GradientEstimator estimator) {
        EstimatorTraits traits = new EstimatorTraits(estimator.name(), EstimatorFamily.SCORE, claim);
        return BENCH.measure(
                problem,
                problem.enumeration(),
                new EstimatorBench.Candidate(traits, estimator, problem.gates().get(0)));
    }

    @Test
    void everyEstimatorThatClaimsNoBiasIsNotRejectedOnAnyProblem() {
        List<String> unbiased = Estimators.BY_NAME.entrySet().stream()
                .filter(entry -> entry.getValue().unbiased())
                .map(entry -> entry.getKey())
                .toList();

        for (GatedProblem problem : BENCH.problems(1, 5)) {
            assertThat(BENCH.measure(problem, unbiased))
                    .hasSize(unbiased.size())
                    .allSatisfy(m -> assertThat(m.verdict()).isEqualTo("unbiased: not rejected at 4 standard errors"));
        }
    }

    @Test
    void theInvertedConventionIsRejectedOnEveryProblemOfIndependentGates() {
        for (GatedProblem problem : BENCH.problems(1, 5).subList(0, 3)) {
            Measurement measurement = measure(problem, Claim.UNBIASED, new InvertedConvention());

            assertThat(measurement.isRejected()).isTrue();
            assertThat(measurement.verdict()).matches("biased: REJECTED at \\d+\\.\\d standard errors");
        }
    }

    @Test
    void aBiasedEstimatorThatClaimsNoneIsRejected() {
        GradientEstimator straightThrough = Estimators.BY_NAME.get("st-sigmoid").estimator();

        Measurement measurement = measure(ReferenceProblems.quadratic(), Claim.UNBIASED, straightThrough);

        assertThat(measurement.isRejected()).isTrue();
    }

    @Test
    void aBiasedEstimatorGetsItsBiasForAVerdict() {
        Measurement measurement = BENCH.measure(ReferenceProblems.quadratic(), List.of("st-sigmoid"))
                .get(0);

        assertThat(measurement.low()).isLessThan(0.1879);
        assertThat(measurement.high()).isGreaterThan(0.1879);
        assertThat(measurement.verdict()).matches("bias 0\\.1\\d\\d \\[0\\.1\\d\\d, 0\\.\\d{3}]");
        assertThat(measurement.cost()).isEqualTo(3);
        assertThat(measurement.varianceTimesCost()).isEqualTo(3 * measurement.variance());
    }

    @Test
    void estimatorsThatRefuseTheSigmoidAreMeasuredAtTheHardSigmoid() {
        List<Measurement> measurements =
                BENCH.measure(ReferenceProblems.network(), List.of("st-hard-sigmoid", "st-sigmoid"));

        assertThat(measurements).extracting(Measurement::activation).containsExactly("hard-sigmoid", "sigmoid");
    }

    @Test
    void estimatorsOfContinuousGatesHaveAnObjectiveOfTheirOwn() {
        Measurement measurement = BENCH.measure(ReferenceProblems.quadratic(), List.of("concrete"))
                .get(0);

        assertThat(measurement.verdict()).isEqualTo("relaxed: own objective");
    }

    @Test
    void categoricalProblemsHaveTheNearestMultipleOfThreeGates() {
        List<GatedProblem> problems = BENCH.problems(2, 10);

        assertThat(problems)
                .extracting(problem ->
                        "%s %d/%d".formatted(problem.name(), problem.loss().units(), problem.choices()))
                .containsExactly(
                        "quadratic 6/1",
                        "network 6/1",
                        "random-1 10/1",
                        "random-2 10/1",
                        "quadratic-choices 6/3",
                        "network-choices 6/3",
                        "random-1-choices 9/3",
                        "random-2-choices 9/3");
        assertThat(BENCH.problems(1, 1).get(5).loss().units()).isEqualTo(3);
        assertThat(BENCH.problems(1, 20).get(5).loss().units()).isEqualTo(21);
    }

    @Test
    void anEstimatorIsMeasuredWhereItServes() {
        List<String> estimators = List.of("gumbel-softmax", "reinmax", "concrete", "arm", "st-gumbel-softmax");

        assertThat(BENCH.measure(ReferenceProblems.quadratic(), estimators))
                .extracting(Measurement::estimator, Measurement::activation)
                .containsExactly(tuple("reinmax", "sigmoid"), tuple("concrete", "sigmoid"), tuple("arm", "sigmoid"));
        assertThat(BENCH.measure(ReferenceProblems.quadraticChoices(), estimators))
                .extracting(Measurement::estimator, Measurement::activation)
                .containsExactly(
                        tuple("gumbel-softmax", "softmax"),
                        tuple("reinmax", "softmax"),
                        tuple("arm", "softmax"),
                        tuple("st-gumbel-softmax", "softmax"));
        assertThat(BENCH.measure(ReferenceProblems.networkChoices(), List.of("concrete", "st-clipped")))
                .isEmpty();
    }

    @Test
    void passesAreThoseOfTheProbes() {
        List<Measurement> measurements =
                BENCH.measure(ReferenceProblems.quadratic(), List.of("unbiased", "st-sigmoid", "disarm"));

        assertThat(measurements).extracting(Measurement::forwardPasses).containsExactly(1, 1, 2);
        assertThat(measurements).extracting(Measurement::backwardPasses).containsExactly(0, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void intervalsAndVerdictsFollowFromTheFigures(Claim claim) {
        Measurement measurement =
                new Measurement("p", "e", EstimatorFamily.SCORE, claim, "sigmoid", 100, 0.1, 0.2, 5, 0.9, 3, 2, 1);

        assertThat(measurement.low()).isZero();
        assertThat(measurement.high()).isCloseTo(0.1 + 1.96 * 0.2, within(1e-12));
        assertThat(measurement.isRejected()).isEqualTo(claim == Claim.UNBIASED);
        assertThat(measurement.verdict())
                .isEqualTo(
                        switch (claim) {
                            case UNBIASED -> "biased: REJECTED at 5.0 standard errors";
                            case BIASED -> "bias 0.100 [0.000, 0.492]";
                            case RELAXED -> "relaxed: own objective";
                        });
    }

    @Test
    void resultsDependNeitherOnThreadsNorOnWhatElseIsMeasured() {
        GatedProblem problem = ReferenceProblems.network();

        List<Measurement> alone = new EstimatorBench(1000, 7, 1).measure(problem, List.of("centred"));
        List<Measurement> among = new EstimatorBench(1000, 7, 3)
                .measure(problem, Estimators.BY_NAME.keySet().asList());

        assertThat(among).containsAll(alone);
        assertThat(new EstimatorBench(1000, 8, 1).measure(problem, List.of("centred")))
                .isNotEqualTo(alone);
    }

    @Test
    void badNumbersAndNamesAreRefused() {
        assertThatThrownBy(() -> new EstimatorBench(1, 1, 1)).hasMessage("samples must be at least 2, got 1");
        assertThatThrownBy(() -> new EstimatorBench(2, 1, 0)).hasMessage("threads must be at least 1, got 0");
        assertThatThrownBy(() -> BENCH.measure(ReferenceProblems.quadratic(), List.of("none")))
                .hasMessage("no estimator is called 'none'");
    }

    /** Wrong on purpose: gates that open where z > p, under the score of gates that open where z < p. */
    private record InvertedConvention() implements GradientEstimator {
        @Override
        public String name() {
            return "inverted-convention";
        }

        @Override
        public GateEstimation begin(GateLayout layout) {
            Probe probe = new Probe(layout, true, Probe.Upstream.NONE);
            double[] probabilities = new double[layout.units()];
            return new GateEstimation() {
                @Override
                public List<Probe> probes() {
                    return List.of(probe);
                }

                @Override
                public void draw(
                        double[] logits, double slope, Progress progress, int batchSize, RandomGenerator noise) {
                    probe.rows(1);
                    for (int i = 0; i < logits.length; i++) {
                        probabilities[i] = layout.neuron().activation().probability(logits[i], slope);
                        probe.gates()[i] = noise.nextDouble() > probabilities[i] ? 1 : 0;
                    }
                }

                @Override
                public void gradient(double[] into) {
                    for (int i = 0; i < into.length; i++) {
                        into[i] = (probe.gates()[i] - probabilities[i]) * probe.losses()[0];
                    }
                }
            };
        }
    }
}
