package sluice.framework.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.gating.GateActivation;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

class StochasticClassifierTest {
    private static final double SLOPE = 1.5;

    private final Layer hidden = FullyConnected.heUniform(5, 4, new SplittableRandom(1));
    private final Layer head = FullyConnected.heUniform(3, 5, new SplittableRandom(2));
    private final StochasticClassifier classifier = new StochasticClassifier(
            hidden,
            head,
            ImmutableList.of(2, 5, 9),
            Normalisation.NONE,
            new StochasticClassifier.Neurons(GateActivation.SIGMOID, SLOPE, UnitReading.THRESHOLD));
    /** The second input is 0 throughout; there are more rows than a matrix multiply takes. */
    private final float[][] rows = rows(600);

    private static float[][] rows(int count) {
        SplittableRandom random = new SplittableRandom(3);
        float[][] rows = new float[count][4];
        for (float[] row : rows) {
            for (int i = 0; i < 4; i += i == 0 ? 2 : 1) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return rows;
    }

    private float[] logits(UnitReading reading) {
        return classifier.logits(Examples.of(rows, new int[rows.length]), reading);
    }

    /** Head outputs of units with the given values. */
    private double output(double[] units, int output) {
        double sum = head.biases()[output];
        for (int u = 0; u < units.length; u++) {
            sum += head.weights()[output * units.length + u] * units[u];
        }
        return sum;
    }

    private double unitLogit(int row, int unit) {
        double sum = hidden.biases()[unit];
        for (int i = 0; i < 4; i++) {
            sum += hidden.weights()[unit * 4 + i] * rows[row][i];
        }
        return sum;
    }

    @Test
    void unitsAreThresholdedOrReadWithoutNoise() {
        float[] thresholded = logits(UnitReading.THRESHOLD);
        float[] noiseless = logits(UnitReading.NOISELESS);

        for (int row : new int[] {0, 511, 512, 599}) {
            double[] binary = new double[5];
            double[] smooth = new double[5];
            for (int unit = 0; unit < 5; unit++) {
                binary[unit] = unitLogit(row, unit) >= 0 ? 1 : 0;
                smooth[unit] = GateActivation.SIGMOID.probability(unitLogit(row, unit), SLOPE);
            }
            for (int c = 0; c < 3; c++) {
                assertThat((double) thresholded[row * 3 + c]).isCloseTo(output(binary, c), within(1e-5));
                assertThat((double) noiseless[row * 3 + c]).isCloseTo(output(smooth, c), within(1e-5));
            }
        }
    }

    @Test
    void theSameSeedDrawsTheSameUnits() {
        float[] once = logits(UnitReading.sampled(7));

        assertThat(logits(UnitReading.sampled(7))).isEqualTo(once);
        assertThat(logits(UnitReading.sampled(8))).isNotEqualTo(once);
    }

    /** The head is linear: in the mean over draws it gives what it gives for the probabilities. */
    @Test
    void sampledUnitsAreRightInTheMean() {
        int draws = 4000;
        float[][] same = new float[draws][];
        Arrays.fill(same, rows[0]);
        Examples examples = Examples.of(same, new int[draws]);

        float[] sampled = classifier.logits(examples, UnitReading.sampled(8));

        float[] expected = classifier.logits(examples, UnitReading.NOISELESS);
        for (int c = 0; c < 3; c++) {
            double mean = 0;
            for (int e = 0; e < draws; e++) {
                mean += sampled[3 * e + c] / draws;
            }
            // 4 standard errors of at most 5 units with weights of at most 1.1
            assertThat(mean).isCloseTo(expected[c], within(0.08));
        }
    }

    @Test
    void predictionsAreOriginalLabels() {
        float[] logits = logits(UnitReading.THRESHOLD);

        int[] predicted = classifier.predict(rows);

        for (int i = 0; i < rows.length; i++) {
            int best = ImmutableList.of(2, 5, 9).indexOf(predicted[i]);
            for (int c = 0; c < 3; c++) {
                assertThat(logits[i * 3 + best]).isGreaterThanOrEqualTo(logits[i * 3 + c]);
            }
        }
        assertThat(classifier.predict(new float[0][])).isEmpty();
    }

    @Test
    void anotherNumberOfFeaturesIsRefused() {
        assertThatThrownBy(() -> classifier.predict(new float[][] {{1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 inputs, got 2");
    }
}
