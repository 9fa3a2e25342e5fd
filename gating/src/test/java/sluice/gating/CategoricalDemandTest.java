package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which estimators serve gates that choose one of K, and at what cost. */
class CategoricalDemandTest {
    static final Set<String> SERVING = Set.of(
            "gumbel-softmax",
            "st-gumbel-softmax",
            "gumbel-rao",
            "reinmax",
            "minimum-variance",
            "st-sigmoid",
            "unbiased",
            "centred",
            "leave-one-out",
            "arm",
            "disarm",
            "muprop",
            "rebar",
            "relax");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int STEPS = 1_000;

    static Stream<GradientEstimator> serving() {
        return SERVING.stream().sorted().map(CategoricalDemandTest::estimator);
    }

    static Stream<Arguments> servingAndGranularities() {
        return serving()
                .flatMap(estimator ->
                        Arrays.stream(Granularity.values()).map(granularity -> Arguments.of(estimator, granularity)));
    }

    static Stream<GradientEstimator> refusing() {
        return Estimators.BY_NAME.values().stream()
                .map(EstimatorEntry::estimator)
                .filter(estimator -> !SERVING.contains(estimator.name()));
    }

    private static GradientEstimator estimator(String name) {
        return Estimators.BY_NAME.get(name).estimator();
    }

    private static GateLayout layout(GateActivation activation, BinaryNeuron.Sampling sampling) {
        return layout(new BinaryNeuron(activation, sampling), Granularity.MINI_BATCH);
    }

    private static GateLayout layout(BinaryNeuron neuron, Granularity granularity) {
        return new GateLayout(neuron, granularity, 12, 32, 4, GateLayout.Logits.SHARED);
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void everyOtherEstimatorIsRefusedWithOnesThatServe(GradientEstimator estimator) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator.begin(layout(BinaryNeuron.STOCHASTIC_SIGMOID, Granularity.MINI_BATCH)))
                .withMessageStartingWith(
                        "estimator " + estimator.name() + " is for gates that open and close independently, "
                                + "these choose one of 4 groups: use no groups, or estimator ")
                .satisfies(error -> assertThat(error.getMessage()
                                .replaceAll(".* or estimator ", "")
                                .split(", | or "))
                        .containsExactlyInAnyOrderElementsOf(SERVING));
    }

    @ParameterizedTest
    @MethodSource("serving")
    void hardSigmoidIsRefused(GradientEstimator estimator) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> estimator.begin(layout(GateActivation.HARD_SIGMOID, BinaryNeuron.Sampling.STOCHASTIC)))
                .withMessage(
                        "estimator " + estimator.name() + " chooses one of 4 groups by the softmax of their logits, "
                                + "which the hard sigmoid has no part in: use neuron sigmoid, or no groups");
    }

    @Test
    void deterministicChoicesAreServedByStraightThroughOnly() {
        GateLayout deterministic = layout(GateActivation.SIGMOID, BinaryNeuron.Sampling.DETERMINISTIC);

        assertThatNoException().isThrownBy(() -> estimator("st-sigmoid").begin(deterministic));
        assertThat(serving().filter(estimator -> !estimator.name().equals("st-sigmoid")))
                .allSatisfy(estimator -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> estimator.begin(deterministic))
                        .withMessageEndingWith("use stochastic sampling, or estimator st-sigmoid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gumbel-softmax", "st-gumbel-softmax"})
    void estimatorsOfChoicesRefuseIndependentGates(String name) {
        String alternative = name.replace("gumbel-softmax", "concrete");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator(name)
                        .begin(new GateLayout(BinaryNeuron.STOCHASTIC_SIGMOID, Granularity.MINI_BATCH, 12, 32)))
                .withMessage(
                        "estimator " + name + " is for gates that choose one of several groups, these are independent: "
                                + "use groups of units, or estimator " + alternative);
        assertThat(Estimators.BY_NAME).containsKey(alternative);
    }

    @Test
    void theTableSaysWhichEstimatorsNeedGroups() {
        GateLayout independent = new GateLayout(BinaryNeuron.STOCHASTIC_SIGMOID, Granularity.MINI_BATCH, 12, 32);

        assertThat(Estimators.BY_NAME).allSatisfy((name, entry) -> {
            assertThat(entry.needsGroups()).isEqualTo(name.endsWith("gumbel-softmax"));
            if (name.equals("st-sigmoid") || name.equals("concrete")) {
                assertThatNoException().isThrownBy(() -> entry.estimator().begin(independent));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1})
    void temperatureThatIsNotAboveZeroIsRefused(double temperature) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GumbelSoftmax(new Schedule.Constant(temperature), false))
                .withMessage("temperature must be above 0, got " + temperature);
    }

    @Test
    void temperatureFollowsItsSchedule() {
        GateLayout layout = layout(BinaryNeuron.STOCHASTIC_SIGMOID, Granularity.MINI_BATCH);
        GateEstimation cooled = new GumbelSoftmax(new Schedule.Exponential(1, 0.5, 0.1), false).begin(layout);
        GateEstimation cool = new GumbelSoftmax(new Schedule.Constant(0.25), false).begin(layout);
        Progress thirdEpoch = new Progress(2, 3, 0, 1);

        cooled.draw(new double[12], 1, thirdEpoch, 1, new SplittableRandom(1));
        cool.draw(new double[12], 1, thirdEpoch, 1, new SplittableRandom(1));

        assertThat(cooled.probes().get(0).gates())
                .containsExactly(cool.probes().get(0).gates());
    }

    @ParameterizedTest
    @MethodSource("servingAndGranularities")
    void stepAllocatesNothing(GradientEstimator estimator, Granularity granularity) {
        GateEstimation estimation = estimator.begin(layout(BinaryNeuron.STOCHASTIC_SIGMOID, granularity));
        RandomGenerator noise = new SplittableRandom(1);
        double[] logits = new double[12];
        double[] gradient = new double[12];
        run(estimation, logits, noise, gradient);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(estimation, logits, noise, gradient);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        // one object per step, the smallest there is, would come to 16 bytes times the steps
        assertThat(allocated).isLessThan(4 * STEPS);
    }

    private static void run(GateEstimation estimation, double[] logits, RandomGenerator noise, double[] gradient) {
        List<Probe> probes = estimation.probes();
        for (int step = 0; step < STEPS; step++) {
            estimation.draw(logits, 1, Progress.START, 32, noise);
            for (int i = 0; i < probes.size(); i++) {
                Arrays.fill(probes.get(i).losses(), step);
            }
            estimation.gradient(gradient);
        }
    }
}
