package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EstimatorsTest {
    private static GradientEstimator with(String name, String parameter, double value) {
        return Estimators.BY_NAME.get(name).with(Map.of(parameter, new Schedule.Constant(value)));
    }

    static Stream<EstimatorEntry> entries() {
        return Estimators.BY_NAME.values().stream();
    }

    @Test
    void everyEstimatorIsListedUnderItsOwnName() {
        Estimators.BY_NAME.forEach(
                (name, entry) -> assertThat(entry.estimator().name()).isEqualTo(name));
    }

    @Test
    void everyEstimatorOfIndependentGatesIsListed() {
        assertThat(EveryEstimator.ofIndependentGates().map(GradientEstimator::name))
                .containsExactlyInAnyOrder(
                        "st-open",
                        "st-sigmoid",
                        "st-identity",
                        "st-active-identity",
                        "st-active-sigmoid",
                        "st-hard-sigmoid",
                        "st-clipped",
                        "reinmax",
                        "minimum-variance",
                        "unbiased",
                        "centred",
                        "leave-one-out",
                        "arm",
                        "disarm",
                        "muprop",
                        "rebar",
                        "relax",
                        "concrete",
                        "st-concrete",
                        "gumbel-rao",
                        "hard-concrete",
                        "gaussian",
                        "sts",
                        "noisy-rectifier",
                        "additive-noise",
                        "multiplicative-noise");
    }

    @Test
    void everyDescriptionBiasAndSourceIsOneLine() {
        assertThat(Estimators.BY_NAME.values())
                .flatExtracting(EstimatorEntry::description, EstimatorEntry::bias, EstimatorEntry::source)
                .allSatisfy(text -> assertThat((String) text).isNotBlank().doesNotContain("\n"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void parametersAtTheirDefaultsChangeNothing(EstimatorEntry entry) {
        assertThat(entry.with(entry.defaults())).isEqualTo(entry.estimator()).isEqualTo(entry.with(Map.of()));
    }

    @Test
    void parametersReachTheEstimator() {
        Schedule falling = new Schedule.Linear(1, -0.1, 0.5);

        assertThat(with("centred", "decay", 0.5)).isEqualTo(new Centred(0.5));
        assertThat(with("centred", "samples", 2)).isEqualTo(new Centred(0.9, 2));
        assertThat(with("muprop", "decay", 0.5)).isEqualTo(new MuProp(0.5));
        assertThat(with("leave-one-out", "samples", 4)).isEqualTo(new LeaveOneOut(4));
        assertThat(with("sts", "scale", 2)).isEqualTo(new SmoothTimesStochastic(2));
        assertThat(Estimators.BY_NAME.get("concrete").with(Map.of("temperature", falling)))
                .isEqualTo(new BinaryConcrete(falling, false));
        assertThat(Estimators.BY_NAME.get("gumbel-rao").with(Map.of("temperature", falling)))
                .isEqualTo(new GumbelRao(falling, 10));
        assertThat(with("relax", "rate", 0.1))
                .isEqualTo(new Relaxation(Relaxation.Form.RELAX, new Schedule.Constant(0.5), 1, 0.99, 0.1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "centred | decay | 1 | decay must be in [0, 1), got 1.0",
                "centred | decay | -0.1 | decay must be in [0, 1), got -0.1",
                "centred | samples | 0 | samples must be in [1, 100], got 0",
                "centred | samples | 101 | samples must be in [1, 100], got 101",
                "leave-one-out | samples | 1 | samples must be in [2, 100], got 1",
                "leave-one-out | samples | 101 | samples must be in [2, 100], got 101",
                "leave-one-out | samples | 2.5 | samples must be a whole number, got 2.5",
                "muprop | decay | 1.1 | decay must be in [0, 1], got 1.1",
                "muprop | decay | -1 | decay must be in [0, 1], got -1.0",
                "rebar | temperature | 0 | temperature must be above 0, got 0.0",
                "rebar | decay | 1.1 | decay must be in [0, 1], got 1.1",
                "rebar | decay | -1 | decay must be in [0, 1], got -1.0",
                "relax | temperature | -1 | temperature must be above 0, got -1.0",
                "relax | rate | 1.5 | rate must be in [0, 1], got 1.5",
                "relax | rate | -0.5 | rate must be in [0, 1], got -0.5",
                "concrete | temperature | 0 | temperature must be above 0, got 0.0",
                "st-concrete | temperature | 0 | temperature must be above 0, got 0.0",
                "gumbel-rao | temperature | 0 | temperature must be above 0, got 0.0",
                "gumbel-rao | samples | 0 | samples must be in [1, 1000], got 0",
                "gumbel-rao | samples | 1001 | samples must be in [1, 1000], got 1001",
                "hard-concrete | temperature | 0 | temperature must be above 0, got 0.0",
                "hard-concrete | low | 0 | low must be below 0, got 0.0",
                "hard-concrete | high | 1 | high must be above 1, got 1.0",
                "gaussian | sigma | 0 | sigma must be above 0, got 0.0",
                "sts | scale | 0 | scale must be above 0, got 0.0",
                "noisy-rectifier | scale | 0 | scale must be above 0, got 0.0",
                "additive-noise | sigma | -0.1 | sigma must be at least 0, got -0.1",
                "multiplicative-noise | sigma | -0.1 | sigma must be at least 0, got -0.1",
                "unbiased | decay | 0.9 | it takes no parameter 'decay'; it takes none",
                "gumbel-rao | samplez | 3 | it takes no parameter 'samplez'; it takes temperature, samples"
            })
    void valueOutOfItsRangeIsRefused(String name, String parameter, double value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(name, parameter, value))
                .withMessage(message);
    }

    @Test
    void numberThatIsNotFiniteIsRefused() {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Relaxation(Relaxation.Form.REBAR, new Schedule.Constant(1), number, 1, 0))
                    .withMessage("eta must be finite, got " + number);
            assertThatIllegalArgumentException().isThrownBy(() -> new GaussianGates(number));
            assertThatIllegalArgumentException().isThrownBy(() -> new NoisyRectifier(number));
            assertThatIllegalArgumentException().isThrownBy(() -> new SmoothTimesStochastic(number));
            assertThatIllegalArgumentException().isThrownBy(() -> new NoisySigmoid(NoisySigmoid.Form.ADDITIVE, number));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Centred(Double.NaN));
    }

    @Test
    void temperatureThatFallsToZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Estimators.BY_NAME.get("concrete").with(Map.of("temperature", new Schedule.Linear(1, -0.1, 0))))
                .withMessage("temperature must be above 0, got 0.0");
    }

    @Test
    void scheduleForAParameterThatHasNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Estimators.BY_NAME.get("gaussian").with(Map.of("sigma", new Schedule.Linear(1, -0.1, 0.5))))
                .withMessage("sigma must be a number: it has no schedule");
    }

    @Test
    void rebarWithARateIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Relaxation(Relaxation.Form.REBAR, new Schedule.Constant(1), 1, 1, 0.1))
                .withMessage("rebar has no surrogate to learn: rate must be 0, got 0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "st-open,1,1,1",
        "unbiased,1,0,1",
        "leave-one-out,2,0,1",
        "arm,2,0,1",
        "muprop,2,1,2",
        "rebar,3,2,3",
        "st-clipped,1,1,1",
        "gumbel-softmax,1,1,1"
    })
    void passesAreThoseOfAnEstimateAndOfAStep(String name, int forward, int backward, int ofStep) {
        EstimatorEntry entry = Estimators.BY_NAME.get(name);

        assertThat(entry.passes()).isEqualTo(new Passes(forward, backward, ofStep));
        assertThat(entry.forwardPasses()).isEqualTo(forward);
        assertThat(entry.backwardPasses()).isEqualTo(ofStep);
    }
}
