package sluice.framework.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Optimizer;
import sluice.gating.Progress;
import sluice.tasks.Shape;

/** The way back of a part of layers that are computed in whole, against differences of its loss. */
class PartGradientTest {
    private static final int ROWS = 7;
    private static final int FEATURES = 5;
    private static final float STEP = 1e-2f;
    private static final ExitShape SHAPE = new ExitShape(
            new Shape.Vector(FEATURES),
            3,
            ImmutableList.of(new ExitLayer(6, 0, View.BELOW, false), new ExitLayer(4, 0, View.BELOW, false)));

    private final Lane lane = new Lane();
    private final int[] labels = new SplittableRandom(3).ints(ROWS, 0, 3).toArray();
    private final PartTraining part = new PartTraining(SHAPE, 0, ROWS, Optimizer.DEFAULT, new RandomStreams(2));
    private final Units inputs = inputs();

    private static Units inputs() {
        NativeMatrix values = NativeMatrix.allocate(ROWS, FEATURES);
        NativeMatrix gradients = NativeMatrix.allocate(ROWS, FEATURES);
        SplittableRandom random = new SplittableRandom(1);
        float[] row = new float[FEATURES];
        for (int r = 0; r < ROWS; r++) {
            for (int i = 0; i < FEATURES; i++) {
                row[i] = (float) random.nextGaussian();
            }
            values.put(r, 0, row, 0, FEATURES);
        }
        return new Units(values, gradients, BlockRows.whole(FEATURES, ROWS));
    }

    private double loss() {
        return part.gradient(lane, inputs, labels, Progress.START, ROWS);
    }

    @Test
    void everyWeightGainAndShiftHasTheGradientOfTheLoss() {
        loss();
        for (PartLayer each : part.layers()) {
            NormalisedLayer layer = (NormalisedLayer) each;
            checkWeights(layer.map(), layer.gains().length);
            check(layer.gains(), layer.gainGradient().clone());
            check(layer.shifts(), layer.shiftGradient().clone());
        }
    }

    private void checkWeights(UnitsMap map, int units) {
        float[] weights = map.parameters();
        float[] gradient = map.gradient();
        for (int i = 0; i < weights.length - units; i++) {
            int at = i;
            assertThat((double) gradient[i])
                    .isCloseTo(
                            slope(change -> {
                                float[] moved = weights.clone();
                                moved[at] += change;
                                map.set(moved);
                            }),
                            within(2e-3));
        }
    }

    private void check(float[] parameters, float[] gradient) {
        for (int j = 0; j < parameters.length; j++) {
            int at = j;
            float was = parameters[j];
            assertThat((double) gradient[j]).isCloseTo(slope(change -> parameters[at] = was + change), within(2e-3));
        }
    }

    @Test
    void inputsHaveTheGradientOfTheLoss() {
        float[] zeros = new float[FEATURES];
        for (int r = 0; r < ROWS; r++) {
            inputs.gradients().put(r, 0, zeros, 0, FEATURES);
        }
        loss();
        float[][] gradient = new float[ROWS][FEATURES];
        for (int r = 0; r < ROWS; r++) {
            inputs.gradients().get(r, 0, gradient[r], 0, FEATURES);
        }
        for (int r = 0; r < ROWS; r++) {
            float[] was = new float[FEATURES];
            inputs.values().get(r, 0, was, 0, FEATURES);
            for (int i = 0; i < FEATURES; i++) {
                int row = r;
                int feature = i;
                assertThat((double) gradient[r][i])
                        .isCloseTo(
                                slope(change -> {
                                    float[] moved = was.clone();
                                    moved[feature] += change;
                                    inputs.values().put(row, 0, moved, 0, FEATURES);
                                }),
                                within(2e-3));
            }
        }
    }

    private double slope(Consumer<Float> set) {
        set.accept(STEP);
        double above = loss();
        set.accept(-STEP);
        double below = loss();
        set.accept(0f);
        return (above - below) / (2 * STEP);
    }
}
