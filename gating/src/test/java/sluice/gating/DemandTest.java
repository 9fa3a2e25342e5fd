package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.Sets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gates that an estimator cannot serve are refused, with what would work. */
class DemandTest {
    private static final Set<String> WITHOUT_NOISE =
            Set.of("st-sigmoid", "st-identity", "st-hard-sigmoid", "st-clipped");
    private static final Set<String> OF_THE_NEURON_OF_CHOICE = Set.of(
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
            "muprop");
    /** What serves choices, but for the two that serve nothing else. */
    private static final Set<String> OF_CHOICES_TOO =
            Sets.difference(CategoricalDemandTest.SERVING, Set.of("gumbel-softmax", "st-gumbel-softmax"));

    private static GateLayout layout(GateActivation activation, BinaryNeuron.Sampling sampling, int choices) {
        return new GateLayout(
                new BinaryNeuron(activation, sampling),
                Granularity.MINI_BATCH,
                6,
                4,
                choices,
                GateLayout.Logits.SHARED);
    }

    static Stream<GradientEstimator> learningFromNoise() {
        return EveryEstimator.ofIndependentGates().filter(estimator -> !WITHOUT_NOISE.contains(estimator.name()));
    }

    static Stream<GradientEstimator> ofTheSigmoid() {
        return EveryEstimator.ofIndependentGates()
                .filter(estimator -> !OF_THE_NEURON_OF_CHOICE.contains(estimator.name()));
    }

    static Stream<GradientEstimator> ofTheNeuronOfChoice() {
        return EveryEstimator.ofIndependentGates()
                .filter(estimator -> OF_THE_NEURON_OF_CHOICE.contains(estimator.name()));
    }

    static Stream<GradientEstimator> ofIndependentGatesOnly() {
        return EveryEstimator.ofIndependentGates().filter(estimator -> !OF_CHOICES_TOO.contains(estimator.name()));
    }

    @ParameterizedTest
    @MethodSource("learningFromNoise")
    void deterministicSamplingIsRefused(GradientEstimator estimator) {
        GateLayout layout = layout(GateActivation.SIGMOID, BinaryNeuron.Sampling.DETERMINISTIC, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator.begin(layout))
                .withMessage("estimator " + estimator.name()
                        + " learns from the noise of the gates, deterministic sampling has none: "
                        + "use stochastic sampling, or estimator st-sigmoid or st-identity");
    }

    @Test
    void straightThroughServesDeterministicSampling() {
        for (String name : WITHOUT_NOISE) {
            GradientEstimator estimator = Estimators.BY_NAME.get(name).estimator();
            GateLayout layout = layout(EveryEstimator.activationFor(estimator), BinaryNeuron.Sampling.DETERMINISTIC, 1);

            assertThat(estimator.begin(layout).probes()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("ofTheSigmoid")
    void hardSigmoidNeuronIsRefusedByEstimatorsOfLogisticOrOtherNoise(GradientEstimator estimator) {
        GateLayout layout = layout(GateActivation.HARD_SIGMOID, BinaryNeuron.Sampling.STOCHASTIC, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator.begin(layout))
                .withMessage("estimator " + estimator.name()
                        + " is for the sigmoid neuron, this one is hard-sigmoid: use neuron sigmoid, "
                        + "or estimator st-sigmoid, unbiased, centred, arm, disarm or reinmax");
    }

    @ParameterizedTest
    @MethodSource("ofTheNeuronOfChoice")
    void hardSigmoidNeuronIsServedByTheOthers(GradientEstimator estimator) {
        GateLayout layout = layout(GateActivation.HARD_SIGMOID, BinaryNeuron.Sampling.STOCHASTIC, 1);

        assertThat(estimator.begin(layout).probes()).isNotEmpty();
    }

    @Test
    void sigmoidNeuronIsRefusedByEstimatorsOfTheHardSigmoidsWindow() {
        GateLayout layout = layout(GateActivation.SIGMOID, BinaryNeuron.Sampling.STOCHASTIC, 1);

        for (String name : Set.of("st-hard-sigmoid", "st-clipped")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Estimators.BY_NAME.get(name).estimator().begin(layout))
                    .withMessageStartingWith("estimator " + name + " is for the hard-sigmoid neuron")
                    .withMessageEndingWith("use neuron hard-sigmoid, or estimator st-sigmoid");
        }
    }

    @ParameterizedTest
    @MethodSource("ofIndependentGatesOnly")
    void gatesThatChooseOneOfSeveralGroupsAreRefused(GradientEstimator estimator) {
        GateLayout layout = layout(EveryEstimator.activationFor(estimator), BinaryNeuron.Sampling.STOCHASTIC, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator.begin(layout))
                .withMessageStartingWith("estimator " + estimator.name()
                        + " is for gates that open and close independently, these choose one of 3 groups: "
                        + "use no groups, or estimator");
    }

    @Test
    void independentGatesAreRefusedWhereGroupsAreAskedFor() {
        GateLayout layout = layout(GateActivation.SIGMOID, BinaryNeuron.Sampling.STOCHASTIC, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Demand.categorical(new Unbiased(), layout, "concrete"))
                .withMessage(
                        "estimator unbiased is for gates that choose one of several groups, these are independent: "
                                + "use groups of units, or estimator concrete");
    }
}
