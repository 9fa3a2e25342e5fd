package sluice.framework.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;

/** The way back of a part against differences of the loss. */
class PartGradientTest {
    private static final int ROWS = 7;
    private static final int FEATURES = 5;
    private static final float STEP = 1e-2f;
    private static final ExitShape SHAPE = new ExitShape(
            FEATURES,
            3,
            ImmutableList.of(
                    new ExitLayer(6, 0, ExitLayer.Sees.BELOW, false),
                    new ExitLayer(4, 0, ExitLayer.Sees.BELOW, false)));

    private final Lane lane = new Lane();
    private final int[] labels = new SplittableRandom(3).ints(ROWS, 0, 3).toArray();

    @Test
    void everyWeightGainAndShiftHasTheGradientOfTheLoss() {
        try (PartTraining part = new PartTraining(SHAPE, 0, ROWS, 0, new RandomStreams(2));
                NativeMatrix inputs = inputs()) {
            Columns columns = new Columns(inputs, 0, FEATURES);
            part.gradient(lane, columns, labels, ROWS);
            for (NormalisedLayer layer : part.layers()) {
                float[] weights = layer.map().parameters();
                float[] ofWeights = layer.map().gradient();
                for (int i = 0; i < layer.map().inputs() * layer.map().outputs(); i++) {
                    int at = i;
                    assertThat((double) ofWeights[i])
                            .isCloseTo(
                                    slope(part, columns, change -> {
                                        float[] moved = weights.clone();
                                        moved[at] += change;
                                        layer.map().set(moved);
                                    }),
                                    within(2e-3));
                }
                check(part, columns, layer.gains(), layer.gainGradient().clone());
                check(part, columns, layer.shifts(), layer.shiftGradient().clone());
            }
        }
    }

    private void check(PartTraining part, Columns inputs, float[] parameters, float[] gradient) {
        for (int j = 0; j < parameters.length; j++) {
            int at = j;
            float was = parameters[j];
            assertThat((double) gradient[j])
                    .isCloseTo(slope(part, inputs, change -> parameters[at] = was + change), within(2e-3));
        }
    }

    private interface Move {
        void by(float change);
    }

    private double slope(PartTraining part, Columns inputs, Move move) {
        move.by(STEP);
        double above = part.gradient(lane, inputs, labels, ROWS);
        move.by(-STEP);
        double below = part.gradient(lane, inputs, labels, ROWS);
        move.by(0);
        part.gradient(lane, inputs, labels, ROWS);
        return (above - below) / (2 * STEP);
    }

    private static NativeMatrix inputs() {
        NativeMatrix inputs = NativeMatrix.allocate(ROWS, FEATURES);
        SplittableRandom random = new SplittableRandom(1);
        for (int r = 0; r < ROWS; r++) {
            float[] row = new float[FEATURES];
            for (int i = 0; i < FEATURES; i++) {
                row[i] = (float) random.nextGaussian();
            }
            inputs.put(r, 0, row, 0, FEATURES);
        }
        return inputs;
    }
}
