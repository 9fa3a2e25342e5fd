package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.gating.exact.Moments;

/** Estimators from samples of choices: values under fixed noise, mean and variance. */
class CategoricalSampledTest {
    private static final CategoricalSampledReference REFERENCE = CategoricalSampledReference.VALUES;
    private static final Offset<Double> TOLERANCE = within(1e-10);

    static Stream<Arguments> problemsAndEstimators() {
        return Arrays.stream(CategoricalProblem.values())
                .flatMap(problem -> Arrays.stream(CategoricalReferenceEstimator.values())
                        .map(estimator -> Arguments.of(problem, estimator)));
    }

    @Test
    void everyReferenceIsChecked() {
        assertThat(Arrays.stream(CategoricalReferenceEstimator.values()).map(CategoricalReferenceEstimator::key))
                .containsExactlyInAnyOrderElementsOf(REFERENCE.noise().keySet());
    }

    @ParameterizedTest
    @MethodSource("problemsAndEstimators")
    void gatesAndGradientUnderFixedNoiseEqualTheReference(
            CategoricalProblem problem, CategoricalReferenceEstimator estimator) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);
        FixedNoise noise = estimator.noise();
        double[][] probes = REFERENCE.probes().get(estimator.key());

        GateEstimation estimation = estimator.begin(problem, choices.layout());
        double[] gradient = choices.step(estimation, noise);

        assertThat(estimation.probes()).hasSize(probes.length);
        for (int i = 0; i < probes.length; i++) {
            assertThat(estimation.probes().get(i).gates()).containsExactly(probes[i], TOLERANCE);
        }
        assertThat(gradient).containsExactly(problem.sampled().golden().get(estimator.key()), TOLERANCE);
        assertThat(noise.drawn()).isEqualTo(noise.size());
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("problemsAndEstimators")
    void meanAndVarianceOfOneSampleEqualTheReference(
            CategoricalProblem problem, CategoricalReferenceEstimator estimator) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);
        GateLayout layout = choices.layout();
        double[] mean = estimator.mean(problem);
        double[] variance = problem.sampled().variance().get(estimator.key());

        // an estimation that is begun anew has learned nothing from the samples before
        Moments moments = choices.run(() -> estimator.begin(problem, layout), Agreement.SAMPLES, Agreement.SEED);

        Agreement.assertReproduces(
                moments, new EstimatorReference.Distribution(mean, variance, new double[mean.length]));
    }
}
