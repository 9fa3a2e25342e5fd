package sluice.framework.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.exact.Enumeration;
import sluice.gating.exact.GatedProblem;
import sluice.gating.exact.ReferenceProblems;

class EstimatorBenchTest {
    private static final EstimatorBench BENCH = new EstimatorBench(20_000, 7, 2);

    private static Measurement measure(GatedProblem problem, Claim claim, GradientEstimator estimator) {
        EstimatorTraits traits = new EstimatorTraits(estimator.name(), Estimators.Family.SCORE, claim);
        return BENCH.measure(problem, new Enumeration(problem.loss()), traits, estimator);
    }

    @Test
    void everyEstimatorThatClaimsNoBiasIsNotRejectedOnAnyProblem() {
        List<String> unbiased = Estimators.BY_NAME.entrySet().stream()
                .filter(entry -> entry.getValue().unbiased())
                .map(entry -> entry.getKey())
                .toList();

        for (GatedProblem problem : BENCH.problems(1, 5)) {
            assertThat(BENCH.measure(problem, unbiased))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(m -> assertThat(m.verdict()).isEqualTo("unbiased: not rejected at 4 standard errors"));
        }
    }

    @Test
    void theInvertedConventionIsRejectedOnEveryProblem() {
        for (GatedProblem problem : BENCH.problems(1, 5)) {
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
    void biasAndVarianceOfStraightThroughAreTheExactOnes() {
        Measurement quadratic = BENCH.measure(ReferenceProblems.quadratic(), List.of("st-sigmoid"))
                .get(0);

        assertThat(quadratic.low()).isLessThan(0.1879);
        assertThat(quadratic.high()).isGreaterThan(0.1879);
        assertThat(quadratic.relativeBias()).isCloseTo(0.1879, within(0.01));
        assertThat(quadratic.cosine()).isCloseTo(0.9826, within(0.005));
        assertThat(quadratic.variance()).isCloseTo(0.08995, within(0.005));
        assertThat(quadratic.verdict()).matches("bias 0\\.1\\d\\d \\[0\\.1\\d\\d, 0\\.\\d{3}]");
        assertThat(quadratic.cost()).isEqualTo(3);
        assertThat(quadratic.varianceTimesCost()).isEqualTo(3 * quadratic.variance());
    }

    @Test
    void estimatorsThatRefuseTheSigmoidAreMeasuredAtTheHardSigmoid() {
        List<Measurement> measurements =
                BENCH.measure(ReferenceProblems.network(), List.of("st-hard-sigmoid", "st-sigmoid"));

        assertThat(measurements)
                .extracting(Measurement::activation)
                .containsExactly(GateActivation.HARD_SIGMOID, GateActivation.SIGMOID);
        assertThat(measurements.get(0).relativeBias()).isCloseTo(0.1860, within(0.01));
    }

    @Test
    void estimatorsOfContinuousGatesHaveAnObjectiveOfTheirOwn() {
        Measurement measurement = BENCH.measure(ReferenceProblems.quadratic(), List.of("concrete"))
                .get(0);

        assertThat(measurement.verdict()).isEqualTo("relaxed: own objective");
        assertThat(measurement.relativeBias()).isCloseTo(0.1197, within(0.03));
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
        Measurement measurement = new Measurement(
                "p", "e", Estimators.Family.SCORE, claim, GateActivation.SIGMOID, 100, 0.1, 0.2, 5, 0.9, 3, 2, 1);

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
