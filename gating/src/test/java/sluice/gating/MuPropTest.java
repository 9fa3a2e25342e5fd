package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import sluice.gating.exact.Enumeration;
import sluice.gating.exact.Gates;
import sluice.gating.exact.QuadraticLoss;
import sluice.gating.exact.Trial;

/** The linear expansion at the mean gates, and the running mean of what it leaves. */
class MuPropTest {
    private static final int UNITS = 6;

    @Property(tries = 100)
    void affineLossIsExactWithEverySample(
            @ForAll boolean choices, @ForAll @DoubleRange(min = 0.2, max = 3) double slope, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] linear = random.doubles(UNITS, -2, 2).toArray();
        QuadraticLoss loss = new QuadraticLoss(5, linear, new double[UNITS][UNITS]);
        double[] logits = random.doubles(UNITS, -2, 2).toArray();
        Gates gates = new Gates(GateActivation.SIGMOID, slope, logits, choices ? 3 : 1);
        Trial trial = new Trial(loss, gates, Granularity.MINI_BATCH);
        double[] exact = new Enumeration(loss, gates.choices()).gradient(gates);
        GateEstimation estimation = new MuProp(0.9).begin(trial.layout());

        for (int step = 0; step < 3; step++) {
            assertThat(trial.step(estimation, random)).containsExactly(exact, within(1e-12));
        }
    }

    @Test
    void runningMeanIsUsedFirstAndUpdatedAfterwards() {
        Gates gates = GateSetting.SIGMOID.gates();
        GateEstimation estimation = new MuProp(0.5).begin(gates.layout(Granularity.MINI_BATCH, 1));

        double[] first = step(estimation, gates, 7);
        double[] second = step(estimation, gates, 4);
        double[] third = step(estimation, gates, 10);

        assertThat(first).containsExactly(scores(estimation, gates, 7), within(1e-12));
        assertThat(second).containsExactly(scores(estimation, gates, 4 - 7), within(1e-12));
        // weights of 1/4 for 7 and 1/2 for 4
        assertThat(third).containsExactly(scores(estimation, gates, 10 - 5), within(1e-12));
    }

    @Test
    void decayOfOneLeavesTheResidualAsItIs() {
        Gates gates = GateSetting.SIGMOID.gates();
        GateEstimation estimation = new MuProp(1).begin(gates.layout(Granularity.MINI_BATCH, 1));

        step(estimation, gates, 7);
        double[] second = step(estimation, gates, 4);

        assertThat(second).containsExactly(scores(estimation, gates, 4), within(1e-12));
    }

    /** A step with the same gates each time, and a loss that is 0 at the means and flat there. */
    private static double[] step(GateEstimation estimation, Gates gates, double loss) {
        double[] gradient = new double[UNITS];
        estimation.draw(gates.logits(), gates.slope(), Progress.START, 1, new SplittableRandom(3));
        estimation.probes().get(0).losses()[0] = loss;
        Arrays.fill(estimation.probes().get(1).upstream(), 0);
        estimation.gradient(gradient);
        return gradient;
    }

    private static double[] scores(GateEstimation estimation, Gates gates, double factor) {
        double[] sample = estimation.probes().get(0).gates();
        double[] means = gates.probabilities();
        double[] scores = new double[UNITS];
        Arrays.setAll(scores, i -> factor * (sample[i] - means[i]));
        return scores;
    }
}
