package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SquaredErrorTest {
    private static final float STEP = 1 / 64f;

    @Provide
    Arbitrary<float[]> fiveNumbers() {
        return Arbitraries.floats().between(-4, 4).array(float[].class).ofSize(5);
    }

    @Property
    void theGradientIsWhatTheMeanChangesBy(
            @ForAll("fiveNumbers") float[] outputs, @ForAll("fiveNumbers") float[] targets) {
        SquaredError loss = new SquaredError(targets);
        float[] gradient = outputs.clone();
        double mean = loss.ofColumns(gradient, 1, 5, 5, new int[5], new double[5]);
        assertThat(mean).isGreaterThanOrEqualTo(0);
        for (int e = 0; e < outputs.length; e++) {
            assertThat((double) gradient[e]).isCloseTo(slope(loss, outputs, e), within(1e-3));
        }
    }

    private static double slope(SquaredError loss, float[] outputs, int e) {
        float[] above = outputs.clone();
        float[] below = outputs.clone();
        above[e] += STEP;
        below[e] -= STEP;
        double[] losses = new double[outputs.length];
        double up = loss.ofColumns(above.clone(), 1, outputs.length, outputs.length, new int[outputs.length], losses);
        double down = loss.ofColumns(below.clone(), 1, outputs.length, outputs.length, new int[outputs.length], losses);
        return (up - down) / (2 * STEP);
    }

    @Property
    void rowByRowItSaysTheSame(@ForAll("fiveNumbers") float[] outputs, @ForAll("fiveNumbers") float[] targets) {
        float[] columns = outputs.clone();
        double[] losses = new double[5];
        double mean = new SquaredError(targets).ofColumns(columns, 1, 5, 5, new int[5], losses);
        float[] gradient = new float[5];
        double sum = 0;
        for (int row = 0; row < 5; row++) {
            sum += SquaredError.ofRow(outputs, row, targets[row], 0.2, gradient);
            assertThat(gradient[row]).isCloseTo(columns[row], within(1e-6f));
        }
        assertThat(sum).isCloseTo(mean, within(1e-9));
    }
}
