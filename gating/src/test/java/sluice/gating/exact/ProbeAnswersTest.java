package sluice.gating.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.gating.GateActivation;
import sluice.gating.Granularity;
import sluice.gating.Probe;

class ProbeAnswersTest {
    private static final Offset<Double> EXACT = within(1e-12);
    /** More gates than are tabulated, and fewer. */
    private static final int[] UNITS = {3, 13};

    static Stream<Arguments> unitsAndGates() {
        return Arrays.stream(UNITS)
                .boxed()
                .flatMap(units -> Stream.of(new double[] {0, 1}, new double[] {0.3, -1.5})
                        .map(values -> Arguments.of(units, values)));
    }

    private static Probe probe(GatedLoss loss, Granularity granularity, boolean needsLoss, Probe.Upstream upstream) {
        Gates gates = new Gates(GateActivation.SIGMOID, 1, new double[loss.units()]);
        Probe probe = new Probe(gates.layout(granularity, loss.examples()), needsLoss, upstream);
        probe.rows(granularity.rows(loss.examples()));
        return probe;
    }

    @ParameterizedTest
    @MethodSource("unitsAndGates")
    void oneSampleGetsTheMeanLossAndItsGradient(int units, double[] values) {
        GatedLoss loss = NetworkLoss.random(units, new SplittableRandom(1));
        Probe probe = probe(loss, Granularity.MINI_BATCH, true, Probe.Upstream.ALL);
        double[] gates = probe.gates();
        Arrays.setAll(gates, i -> values[i % 2]);
        double[] gradient = new double[units];
        loss.addGradient(gates, gradient);

        new ProbeAnswers(loss, Granularity.MINI_BATCH).answer(probe);

        assertThat(probe.losses()).containsExactly(new double[] {loss.loss(gates)}, EXACT);
        assertThat(probe.upstream()).containsExactly(gradient, EXACT);
    }

    @ParameterizedTest
    @MethodSource("unitsAndGates")
    void aSamplePerExampleGetsThatExamplesLossAndItsShareOfTheMeanGradient(int units, double[] values) {
        GatedLoss loss = NetworkLoss.random(units, new SplittableRandom(1));
        Probe probe = probe(loss, Granularity.PER_EXAMPLE, true, Probe.Upstream.ALL);
        Arrays.setAll(probe.gates(), i -> values[i % 5 % 2]);

        new ProbeAnswers(loss, Granularity.PER_EXAMPLE).answer(probe);

        for (int example = 0; example < loss.examples(); example++) {
            double[] gates = Arrays.copyOfRange(probe.gates(), example * units, (example + 1) * units);
            double[] gradient = new double[units];
            loss.addGradient(example, gates, 0.25, gradient);
            assertThat(probe.losses()[example]).isCloseTo(loss.loss(example, gates), EXACT);
            assertThat(Arrays.copyOfRange(probe.upstream(), example * units, (example + 1) * units))
                    .containsExactly(gradient, EXACT);
        }
    }

    @Test
    void whatIsNotAskedForIsNotANumber() {
        GatedLoss loss = ReferenceProblems.network().loss();
        ProbeAnswers answers = new ProbeAnswers(loss, Granularity.MINI_BATCH);
        Probe lossOnly = probe(loss, Granularity.MINI_BATCH, true, Probe.Upstream.NONE);
        Probe openOnly = probe(loss, Granularity.MINI_BATCH, false, Probe.Upstream.OPEN);
        openOnly.gates()[2] = 1;
        openOnly.gates()[3] = 0.5;

        answers.answer(lossOnly);
        answers.answer(openOnly);

        assertThat(lossOnly.losses()[0]).isFinite();
        assertThat(lossOnly.upstream()).isEmpty();
        assertThat(openOnly.losses()).containsExactly(Double.NaN);
        assertThat(Arrays.stream(openOnly.upstream()).mapToObj(Double::isNaN))
                .containsExactly(true, true, false, false, true, true);
    }
}
