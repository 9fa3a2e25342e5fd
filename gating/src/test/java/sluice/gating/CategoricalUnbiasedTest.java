package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.gating.exact.Enumeration;
import sluice.gating.exact.GatedLoss;
import sluice.gating.exact.Gates;
import sluice.gating.exact.Moments;
import sluice.gating.exact.NetworkLoss;
import sluice.gating.exact.ProbeAnswers;

/** Estimators of choices that claim no bias, with their defaults, running state and tuning on, hit the exact gradient. */
@Tag("slow")
class CategoricalUnbiasedTest {
    /** There are thousands of coordinates, and 4 standard errors are exceeded once in 16,000. */
    private static final double STANDARD_ERRORS_OF_MANY = 4.5;

    private static final double SLOPE = 1.5;

    /** Every unbiased estimator that does not refuse choices. */
    static Stream<GradientEstimator> estimators() {
        return EveryEstimator.unbiased()
                .filter(estimator -> !CategoricalDemandTest.refusing().toList().contains(estimator));
    }

    @Test
    void everyUnbiasedEstimatorServesChoices() {
        assertThat(estimators())
                .containsExactlyElementsOf(EveryEstimator.unbiased().toList());
    }

    static Stream<Arguments> problemsEstimatorsAndGranularities() {
        return Arrays.stream(CategoricalProblem.values())
                .flatMap(problem -> estimators()
                        .flatMap(estimator -> Arrays.stream(Granularity.values())
                                .map(granularity -> Arguments.of(problem, estimator, granularity))));
    }

    static Stream<Arguments> randomNetworks() {
        return IntStream.range(0, 12)
                .boxed()
                .flatMap(network ->
                        Arrays.stream(Granularity.values()).map(granularity -> Arguments.of(network, granularity)));
    }

    @ParameterizedTest
    @MethodSource("problemsEstimatorsAndGranularities")
    void meanIsTheEnumeratedGradient(CategoricalProblem problem, GradientEstimator estimator, Granularity granularity) {
        Choices choices = problem.choices(granularity);

        Moments moments = choices.run(estimator.begin(choices.layout()), Agreement.SAMPLES / 4, Agreement.SEED);

        Agreement.assertHits(moments, choices.gradient());
    }

    /** Runs of 2 to 6 gates, one to three of them. */
    @ParameterizedTest
    @MethodSource("randomNetworks")
    void meanIsTheEnumeratedGradientOfRandomNetworks(int network, Granularity granularity) {
        SplittableRandom random = new SplittableRandom(Agreement.SEED + network);
        int choices = 2 + network % 5;
        int gates = choices * (1 + network % 3);
        double slope = random.nextDouble(0.5, 2);
        double[] logits = random.doubles(gates, -2, 2).toArray();
        Choices problem = new Choices(NetworkLoss.random(gates, random), choices, slope, logits, granularity);
        double[] exact = problem.gradient();

        estimators().forEach(estimator -> {
            Moments moments = problem.run(estimator.begin(problem.layout()), Agreement.SAMPLES / 40, Agreement.SEED);

            assertThat(moments.standardErrorsFrom(exact)).as(estimator.name()).isLessThan(STANDARD_ERRORS_OF_MANY);
        });
    }

    /** Each example has a row of logits, and of the gradient: its own, divided by the batch. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void meanIsTheEnumeratedGradientOfEachExamplesOwnLogits(int choices) {
        SplittableRandom random = new SplittableRandom(Agreement.SEED + choices);
        int units = 2 * choices;
        GatedLoss loss = NetworkLoss.random(units, random);
        int examples = loss.examples();
        double[] logits = random.doubles(examples * (long) units, -2, 2).toArray();
        double[] exact = exact(loss, choices, logits);
        // a larger batch than there are examples: its rows are not all in use
        GateLayout layout = new GateLayout(
                BinaryNeuron.STOCHASTIC_SIGMOID,
                Granularity.PER_EXAMPLE,
                units,
                examples + 1,
                choices,
                GateLayout.Logits.PER_EXAMPLE);
        ProbeAnswers answers = new ProbeAnswers(loss, Granularity.PER_EXAMPLE);

        estimators().forEach(estimator -> {
            GateEstimation estimation = estimator.begin(layout);
            RandomGenerator noise = new SplittableRandom(Agreement.SEED);
            Moments moments = new Moments(logits.length);
            double[] gradient = new double[logits.length];
            for (int sample = 0; sample < Agreement.SAMPLES / 10; sample++) {
                estimation.draw(logits, SLOPE, Progress.START, examples, noise);
                estimation.probes().forEach(answers::answer);
                estimation.gradient(gradient);
                moments.add(gradient);
            }

            assertThat(moments.standardErrorsFrom(exact)).as(estimator.name()).isLessThan(STANDARD_ERRORS_OF_MANY);
        });
    }

    private static double[] exact(GatedLoss loss, int choices, double[] logits) {
        int units = loss.units();
        double[] exact = new double[logits.length];
        for (int example = 0; example < loss.examples(); example++) {
            double[] own = Arrays.copyOfRange(logits, example * units, (example + 1) * units);
            double[] gradient = new Enumeration(new UnbiasedTest.OneExample(loss, example), choices)
                    .gradient(new Gates(GateActivation.SIGMOID, SLOPE, own, choices));
            for (int i = 0; i < units; i++) {
                exact[example * units + i] = gradient[i] / loss.examples();
            }
        }
        return exact;
    }
}
