package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lanes;
import sluice.gating.UnitSet;

final class GateErrorsTest {
    @Test
    void differencesAreThoseOfTheLoss() {
        GateErrors errors =
                new GateErrors(new double[][] {{2, 0.5, 0}, {0.5, 1, -0.2}, {0, -0.2, 3}}, new double[] {1, 2, 0.5});
        double[] gates = {1, 0, 1};
        double[] differences = new double[3];

        errors.differences(gates, differences);

        for (int g = 0; g < 3; g++) {
            double[] open = gates.clone();
            double[] closed = gates.clone();
            open[g] = 1;
            closed[g] = 0;
            assertThat(differences[g]).isCloseTo(errors.loss(open) - errors.loss(closed), within(1e-12));
        }
    }

    @Test
    void gatesOfNoiseCloseAndGatesOfSignalStayOpen() {
        SplittableRandom random = new SplittableRandom(1);
        int groups = 4;
        float[][] rows = new float[2000][groups * RandomFeatures.GATE];
        int[] classes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            classes[i] = i % 2;
            for (int j = 0; j < rows[i].length; j++) {
                boolean signal = j / RandomFeatures.GATE == 1;
                rows[i][j] = (float) (random.nextGaussian() + (signal ? classes[i] : 0));
            }
        }

        UnitSet open;
        try (Lanes lanes = Lanes.startSharing(2);
                FeatureSums sums = FeatureSumsTest.sums(rows, classes, 500, lanes)) {
            open = new FeatureGates(
                            sums, vectors(groups * RandomFeatures.GATE), GateSettings.DEFAULT.withSparsity(0.1), lanes)
                    .choose(new SplittableRandom(2));
        }

        assertThat(open.toArray()).containsExactly(1);
    }

    private static Projections vectors(int count) {
        return new Projections(new float[1], new float[1], new float[count], new float[count]);
    }
}
