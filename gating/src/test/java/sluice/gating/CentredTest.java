package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sluice.gating.exact.GatedLoss;
import sluice.gating.exact.Gates;
import sluice.gating.exact.Trial;

/** The running baselines. */
class CentredTest {
    private static final Gates GATES = GateSetting.SIGMOID.gates();
    private static final GatedLoss NETWORK = ReferenceProblem.NETWORK.loss();

    private static void draw(GateEstimation estimation, Gates gates, int batchSize, RandomGenerator noise) {
        estimation.draw(gates.logits(), gates.slope(), Progress.START, batchSize, noise);
    }

    @Test
    void firstStepOfCentredHasNoBaseline() {
        Trial trial = new Trial(NETWORK, GATES, Granularity.PER_EXAMPLE);

        double[] centred = trial.step(new Centred().begin(trial.layout()), new SplittableRandom(3));

        double[] unbiased = trial.step(new Unbiased().begin(trial.layout()), new SplittableRandom(3));
        for (int i = 0; i < unbiased.length; i++) {
            assertThat(centred[i]).isCloseTo(unbiased[i], within(1e-15));
        }
    }

    @Test
    void centredNeedsNoMoreStepsOnceTheLossIsConstant() {
        GateEstimation estimation = new Centred().begin(GATES.layout(Granularity.MINI_BATCH, 1));
        RandomGenerator noise = new SplittableRandom(3);
        double[] gradient = new double[6];

        for (int step = 0; step < 2; step++) {
            draw(estimation, GATES, 1, noise);
            estimation.probes().get(0).losses()[0] = 42;
            estimation.gradient(gradient);
        }

        assertThat(gradient).containsExactly(new double[6], within(1e-12));
    }

    @Test
    void centredWithoutDecayCentresByTheStepBefore() {
        GateEstimation estimation = new Centred(0).begin(GATES.layout(Granularity.MINI_BATCH, 1));
        double[] gradient = new double[6];

        Probe probe = estimation.probes().get(0);
        draw(estimation, GATES, 1, new SplittableRandom(3));
        probe.losses()[0] = 5;
        estimation.gradient(gradient);
        draw(estimation, GATES, 1, new SplittableRandom(4));
        probe.losses()[0] = 7;
        estimation.gradient(gradient);

        double[] probabilities = GATES.probabilities();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i]).isCloseTo((probe.gates()[i] - probabilities[i]) * (7 - 5), within(1e-12));
        }
    }

    @Test
    void severalSamplesShareTheirBaselinesAndGiveTheMeanOfTheirEstimates() {
        GateEstimation estimation = new Centred(0, 2).begin(GATES.layout(Granularity.MINI_BATCH, 1));
        double[] probabilities = GATES.probabilities();
        double[] gradient = new double[6];
        double[] losses = {5, 8};

        step(estimation, new SplittableRandom(3), losses, gradient);
        double[] baselines = new double[6];
        for (int i = 0; i < 6; i++) {
            double first = Math.pow(estimation.probes().get(0).gates()[i] - probabilities[i], 2);
            double second = Math.pow(estimation.probes().get(1).gates()[i] - probabilities[i], 2);
            baselines[i] = (first * losses[0] + second * losses[1]) / (first + second);
        }
        step(estimation, new SplittableRandom(4), losses, gradient);

        for (int i = 0; i < 6; i++) {
            double first = estimation.probes().get(0).gates()[i] - probabilities[i];
            double second = estimation.probes().get(1).gates()[i] - probabilities[i];
            double expected = (first * (losses[0] - baselines[i]) + second * (losses[1] - baselines[i])) / 2;
            assertThat(gradient[i]).isCloseTo(expected, within(1e-12));
        }
    }

    private static void step(GateEstimation estimation, RandomGenerator noise, double[] losses, double[] gradient) {
        draw(estimation, GATES, 1, noise);
        for (int k = 0; k < losses.length; k++) {
            estimation.probes().get(k).losses()[0] = losses[k];
        }
        estimation.gradient(gradient);
    }

    @Test
    void baselinesThatCentredStartsFromAreCopied() {
        double[] baselines = {1, 1, 1, 1, 1, 1};
        Trial trial = new Trial(NETWORK, GATES, Granularity.MINI_BATCH);
        double[] expected = trial.step(new Centred().withBaselines(trial.layout(), baselines), new SplittableRandom(3));
        GateEstimation estimation = new Centred().withBaselines(trial.layout(), baselines);

        Arrays.fill(baselines, 99);

        assertThat(trial.step(estimation, new SplittableRandom(3))).containsExactly(expected);
    }
}
