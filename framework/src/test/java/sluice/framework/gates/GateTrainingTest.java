package sluice.framework.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.StraightThrough;
import sluice.gating.UnitSet;

/** Logits move by Adam along the estimate and the penalty for open gates, and stay within their limit. */
class GateTrainingTest {
    private static final double RATE = GateSettings.DEFAULT.learningRate();

    private static GateTraining training(GateSettings settings, double[] logits, UnitSet used) {
        return new GateTraining(settings, logits, used, 2, 8, new SplittableRandom(1));
    }

    private static double p(double logit) {
        return GateActivation.SIGMOID.probability(logit, 1);
    }

    @Test
    void logitsFollowAdamAlongEstimateAndPenalty() {
        double[] logits = {1.0, -0.5};
        double[] expected = logits.clone();
        double[] first = new double[2];
        double[] second = new double[2];
        double[] upstream = {0.3, -0.7};
        GateTraining gates =
                training(GateSettings.DEFAULT.withEstimator(StraightThrough.DERIVATIVE), logits, UnitSet.none(2));

        for (int step = 1; step <= 5; step++) {
            gates.draw(Progress.START, 8);
            Probe probe = gates.probes().get(0);
            System.arraycopy(upstream, 0, probe.upstream(), 0, 2);
            gates.update(step, 1);
            for (int i = 0; i < 2; i++) {
                double slopeOfP = p(expected[i]) * (1 - p(expected[i]));
                double g = upstream[i] * slopeOfP + 0.2 / 2 / 2 * slopeOfP;
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.999 * second[i] + 0.001 * g * g;
                double firstMoment = first[i] / (1 - Math.pow(0.9, step));
                double secondMoment = second[i] / (1 - Math.pow(0.999, step));
                expected[i] -= RATE * firstMoment / (Math.sqrt(secondMoment) + 1e-8);
            }
        }

        assertThat(logits).containsExactly(expected, within(1e-9));
    }

    /** By chance alone: the logits do not move. */
    @Test
    void whereNumbersAreHeldAPartOfTheGatesChangesInAStep() {
        int units = 1000;
        int hold = 10;
        double[] logits = new double[units];
        GateTraining gates = training(GateSettings.DEFAULT.withHold(hold), logits, UnitSet.none(units));
        gates.draw(Progress.START, 8);
        boolean[] last = gates.open().clone();
        int changed = 0;
        int open = 0;

        for (int step = 0; step < 100; step++) {
            gates.draw(Progress.START, 8);
            for (int i = 0; i < units; i++) {
                changed += gates.open()[i] == last[i] ? 0 : 1;
                open += gates.open()[i] ? 1 : 0;
            }
            last = gates.open().clone();
        }

        assertThat(open / 100.0 / units).isCloseTo(0.5, within(0.05));
        assertThat(changed / 100.0 / units).isCloseTo(0.5 / hold, within(0.01));
    }

    @Test
    void estimatorsThatRememberAndGatersHoldNothing() {
        assertThatThrownBy(() -> GateSettings.DEFAULT
                        .withHold(2)
                        .withEstimator(Estimators.BY_NAME.get("muprop").estimator()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "estimator muprop remembers earlier steps, whose numbers later ones share where they are kept: hold must be 1, got 2");
        assertThatThrownBy(() -> GateSettings.DEFAULT.withHold(1001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hold must be in [1, 1000] steps, got 1001");
    }

    @Test
    void gatesThatAreNeitherOpenNorClosedAreRefused() {
        GradientEstimator relaxed = new GradientEstimator() {
            @Override
            public String name() {
                return "relaxed";
            }

            @Override
            public GateEstimation begin(GateLayout layout) {
                GateEstimation binary = StraightThrough.DERIVATIVE.begin(layout);
                return new GateEstimation() {
                    @Override
                    public List<Probe> probes() {
                        return binary.probes();
                    }

                    @Override
                    public void draw(
                            double[] logits, double slope, Progress progress, int batchSize, RandomGenerator noise) {
                        binary.draw(logits, slope, progress, batchSize, noise);
                        probes().get(0).gates()[1] = 0.5;
                    }

                    @Override
                    public void gradient(double[] into) {
                        binary.gradient(into);
                    }
                };
            }
        };

        for (Granularity granularity : Granularity.values()) {
            GateSettings settings = GateSettings.DEFAULT.withEstimator(relaxed).withGranularity(granularity);
            GateTraining gates = training(settings, new double[] {1, 1}, UnitSet.none(2));

            assertThatThrownBy(() -> gates.draw(Progress.START, 8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("relaxed", "0.5", "0 or 1");
        }
    }

    @Test
    void usedUnitsHaveNoPenalty() {
        double[] logits = {1.0, 1.0};
        GateTraining gates = training(GateSettings.DEFAULT, logits, UnitSet.all(2));

        gates.draw(Progress.START, 8);
        gates.update(1, 1);

        assertThat(logits).containsExactly(1.0, 1.0);
    }

    @Test
    void logitsAreKeptWithinTheirLimit() {
        double[] logits = {5.99, -5.99};
        GateTraining gates = training(GateSettings.DEFAULT, logits, UnitSet.none(2));

        for (int step = 1; step <= 20; step++) {
            gates.draw(Progress.START, 8);
            Probe probe = gates.probes().get(0);
            probe.upstream()[0] = -100;
            probe.upstream()[1] = 100;
            gates.update(step, 1);
        }

        assertThat(logits).containsExactly(6, -6);
    }
}
