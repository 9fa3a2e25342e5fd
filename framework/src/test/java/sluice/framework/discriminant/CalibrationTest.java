package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.framework.predict.internal.discriminant.Posterior;

final class CalibrationTest {
    private static final Posterior TWO = new Posterior(new int[] {0, 1}, 2);

    @Test
    void scoresThatAreTenTimesTooSureAreScaledDown() {
        SplittableRandom random = new SplittableRandom(1);
        int count = 4000;
        double[] scores = new double[2 * count];
        int[] right = new int[count];
        for (int e = 0; e < count; e++) {
            double logit = 3 * random.nextGaussian();
            right[e] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            scores[2 * e + 1] = 10 * logit;
        }
        Calibration calibration = new Calibration();

        calibration.add(TWO, scores, right, count);

        assertThat(calibration.scale()).isCloseTo(0.1, within(0.02));
        assertThat(calibration.loss()).isLessThan(loss(scores, right, 1));
    }

    @Test
    void earlierTasksCountLess() {
        Calibration calibration = new Calibration();
        calibration.add(TWO, new double[] {9, 0}, new int[] {1}, 1);
        double sobered = calibration.scale();

        calibration.nextTask();
        calibration.add(TWO, new double[] {9, 0, 9, 0}, new int[] {0, 0}, 2);

        assertThat(sobered).isLessThan(0.02);
        assertThat(calibration.scale()).isGreaterThan(sobered);
        assertThat(calibration.loss()).isLessThan(Math.log(2));
    }

    @Test
    void withoutExamplesScoresAreTakenAsTheyAre() {
        assertThat(new Calibration().scale()).isEqualTo(1);
    }

    @Test
    void componentsOfOneOutputAddUp() {
        Posterior posterior = new Posterior(new int[] {0, 1, 0}, 2);
        double[] probabilities = new double[2];

        posterior.write(new double[] {0, 0, 0}, 0, 1, probabilities);

        assertThat(probabilities[0]).isCloseTo(2.0 / 3, within(1e-12));
    }

    private static double loss(double[] scores, int[] right, double scale) {
        double[] probabilities = new double[2];
        double loss = 0;
        for (int e = 0; e < right.length; e++) {
            TWO.write(scores, e, scale, probabilities);
            loss -= Math.log(Math.max(probabilities[right[e]], Double.MIN_NORMAL)) / right.length;
        }
        return loss;
    }
}
