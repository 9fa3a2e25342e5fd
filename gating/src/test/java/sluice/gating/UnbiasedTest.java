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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.gating.exact.Enumeration;
import sluice.gating.exact.GatedLoss;
import sluice.gating.exact.Gates;
import sluice.gating.exact.Moments;
import sluice.gating.exact.NetworkLoss;
import sluice.gating.exact.ProbeAnswers;
import sluice.gating.exact.Trial;

/** Estimators that claim no bias, with their defaults, running state and tuning on, hit the exact gradient. */
@Tag("slow")
class UnbiasedTest {
    /** There are thousands of coordinates, and 4 standard errors are exceeded once in 16,000. */
    private static final double STANDARD_ERRORS_OF_MANY = 4.5;

    static Stream<Arguments> problemsGatesAndGranularities() {
        return Arrays.stream(ReferenceProblem.values())
                .flatMap(problem -> Arrays.stream(GateSetting.values())
                        .flatMap(setting -> Arrays.stream(Granularity.values())
                                .map(granularity -> Arguments.of(problem, setting, granularity))));
    }

    static Stream<Arguments> randomNetworks() {
        return IntStream.range(0, 20)
                .boxed()
                .flatMap(network ->
                        Arrays.stream(Granularity.values()).map(granularity -> Arguments.of(network, granularity)));
    }

    /** Unbiased estimators that take such gates. */
    private static Stream<GradientEstimator> estimators(GateActivation activation) {
        return EveryEstimator.unbiased()
                .filter(estimator -> activation == GateActivation.SIGMOID || !(estimator instanceof Relaxation));
    }

    @Test
    void unbiasedOnesAreTheScoreFunctionsAndControlVariates() {
        assertThat(EveryEstimator.unbiased().map(GradientEstimator::name))
                .containsExactly("unbiased", "centred", "leave-one-out", "arm", "disarm", "muprop", "rebar", "relax");
    }

    @ParameterizedTest
    @MethodSource("problemsGatesAndGranularities")
    void unbiasedEstimatorsHitTheExactGradient(ReferenceProblem problem, GateSetting setting, Granularity granularity) {
        Trial trial = new Trial(problem.loss(), setting.gates(), granularity);

        estimators(setting.gates().activation()).forEach(estimator -> {
            Moments moments = trial.run(estimator.begin(trial.layout()), Agreement.SAMPLES / 8, Agreement.SEED);

            assertThat(moments.standardErrorsFrom(problem.exact(setting).gradient()))
                    .as(estimator.name())
                    .isLessThan(Agreement.STANDARD_ERRORS);
        });
    }

    @ParameterizedTest
    @MethodSource("randomNetworks")
    void unbiasedEstimatorsHitTheEnumeratedGradientOfRandomNetworks(int network, Granularity granularity) {
        SplittableRandom random = new SplittableRandom(Agreement.SEED + network);
        int units = 1 + network % 12;
        GateActivation activation = network % 3 == 2 ? GateActivation.HARD_SIGMOID : GateActivation.SIGMOID;
        double slope = random.nextDouble(0.5, 2);
        double[] logits = random.doubles(units, -0.9 / slope, 0.9 / slope).toArray();
        GatedLoss loss = NetworkLoss.random(units, random);
        Trial trial = new Trial(loss, new Gates(activation, slope, logits), granularity);
        double[] exact = new Enumeration(loss).gradient(trial.gates());

        estimators(activation).forEach(estimator -> {
            Moments moments = trial.run(estimator.begin(trial.layout()), Agreement.SAMPLES / 40, Agreement.SEED);

            assertThat(moments.standardErrorsFrom(exact)).as(estimator.name()).isLessThan(STANDARD_ERRORS_OF_MANY);
        });
    }

    /** Each example has a row of logits, and of the gradient: its own, divided by the batch. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8})
    void unbiasedEstimatorsHitTheEnumeratedGradientOfEachExamplesOwnLogits(int units) {
        SplittableRandom random = new SplittableRandom(Agreement.SEED + units);
        GatedLoss loss = NetworkLoss.random(units, random);
        int examples = loss.examples();
        double[] logits = random.doubles(examples * (long) units, -2, 2).toArray();
        double[] exact = new double[logits.length];
        for (int example = 0; example < examples; example++) {
            double[] own = Arrays.copyOfRange(logits, example * units, (example + 1) * units);
            double[] gradient = new Enumeration(new OneExample(loss, example))
                    .gradient(new Gates(GateActivation.SIGMOID, 1.5, own));
            for (int i = 0; i < units; i++) {
                exact[example * units + i] = gradient[i] / examples;
            }
        }
        // a larger batch than there are examples: its rows are not all in use
        GateLayout layout = new GateLayout(
                BinaryNeuron.STOCHASTIC_SIGMOID,
                Granularity.PER_EXAMPLE,
                units,
                examples + 1,
                1,
                GateLayout.Logits.PER_EXAMPLE);
        ProbeAnswers answers = new ProbeAnswers(loss, Granularity.PER_EXAMPLE);

        estimators(GateActivation.SIGMOID).forEach(estimator -> {
            GateEstimation estimation = estimator.begin(layout);
            RandomGenerator noise = new SplittableRandom(Agreement.SEED);
            Moments moments = new Moments(logits.length);
            double[] gradient = new double[logits.length];
            for (int sample = 0; sample < Agreement.SAMPLES / 20; sample++) {
                estimation.draw(logits, 1.5, Progress.START, examples, noise);
                estimation.probes().forEach(answers::answer);
                estimation.gradient(gradient);
                moments.add(gradient);
            }

            assertThat(moments.standardErrorsFrom(exact)).as(estimator.name()).isLessThan(STANDARD_ERRORS_OF_MANY);
        });
    }

    record OneExample(GatedLoss all, int example) implements GatedLoss {
        @Override
        public int units() {
            return all.units();
        }

        @Override
        public int examples() {
            return 1;
        }

        @Override
        public double loss(int ignored, double[] gates) {
            return all.loss(example, gates);
        }

        @Override
        public void addGradient(int ignored, double[] gates, double weight, double[] into) {
            all.addGradient(example, gates, weight, into);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tuningLeavesRebarAndRelaxNoMoreVariance(ReferenceProblem problem) {
        Trial trial = new Trial(problem.loss(), GateSetting.SIGMOID.gates(), Granularity.MINI_BATCH);
        double rebar = tunedVariance(trial, Relaxation.Form.REBAR, 0.99, 0);
        double relax = tunedVariance(trial, Relaxation.Form.RELAX, 0.99, 0.01);
        double untuned = tunedVariance(trial, Relaxation.Form.REBAR, 1, 0);

        assertThat(rebar).isLessThanOrEqualTo(untuned);
        assertThat(relax).isLessThanOrEqualTo(untuned);
    }

    private static double tunedVariance(Trial trial, Relaxation.Form form, double decay, double rate) {
        Relaxation estimator = new Relaxation(form, new Schedule.Constant(0.5), 1, decay, rate);
        GateEstimation estimation = estimator.begin(trial.layout());
        trial.run(estimation, 5_000, Agreement.SEED + 1);
        return trial.run(estimation, Agreement.SAMPLES / 4, Agreement.SEED).summedVariance();
    }

    /** Where the relaxed loss is a bad control variate, its weight goes down from where it starts. */
    @Test
    void tuningMendsAWeightThatIsFarOff() {
        Trial trial = new Trial(ReferenceProblem.QUADRATIC.loss(), GateSetting.SIGMOID.gates(), Granularity.MINI_BATCH);
        Schedule temperature = new Schedule.Constant(0.5);
        GateEstimation tuned = new Relaxation(Relaxation.Form.REBAR, temperature, 20, 0.99, 0).begin(trial.layout());
        GateEstimation untuned = new Relaxation(Relaxation.Form.REBAR, temperature, 20, 1, 0).begin(trial.layout());
        trial.run(tuned, 5_000, Agreement.SEED + 1);

        assertThat(trial.run(tuned, 20_000, Agreement.SEED).summedVariance())
                .isLessThan(trial.run(untuned, 20_000, Agreement.SEED).summedVariance() / 50);
    }
}
