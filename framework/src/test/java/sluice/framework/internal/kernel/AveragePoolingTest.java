package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import sluice.framework.predict.internal.kernel.AveragePooling;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.framework.predict.internal.kernel.PoolingWindows;

/** Means of squares against the values of each square, written down one by one. */
class AveragePoolingTest {
    private static final int MAPS = 4;

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void gradientOfAMeanIsSharedByWhatIsAboveZero(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int side,
            @ForAll @IntRange(min = 1, max = 3) int width,
            @ForAll @IntRange(min = 1, max = 20) int batch) {
        SplittableRandom random = new SplittableRandom(seed);
        PoolingWindows squares =
                new PoolingWindows(new PatchGrid.Tile(0, 2 * side, 0, width * side), side, width, batch);
        int full = squares.fullLength();
        int pooledLength = 2 * width * batch;
        float[][] z = Im2ColTest.random(2, full + 1, random);
        float[][] du = Im2ColTest.random(MAPS, pooledLength, random);
        float[] biases = {0.1f, -0.2f, 0.3f, 0.05f};
        int[] units = {3, 1, 0, 2};
        NativeMatrix u = NativeMatrix.allocate(MAPS, pooledLength);
        NativeMatrix without = NativeMatrix.allocate(MAPS, pooledLength);
        int[] above = new int[AveragePooling.words(side) * MAPS * pooledLength];
        NativeMatrix dz = NativeMatrix.allocate(2, full + 1);
        float[] dBiases = new float[MAPS];
        AveragePooling pooling = new AveragePooling();

        pooling.biasReluAndMean(Im2ColTest.matrix(z), squares, u, 1, 3, units, biases, above);
        pooling.biasReluAndMean(Im2ColTest.matrix(z), squares, without, 1, 3, units, biases);
        pooling.spread(Im2ColTest.matrix(du), squares, 1, 3, above, dz);
        pooling.biasGradient(Im2ColTest.matrix(du), side, 1, 3, above, dBiases);

        float[][] pooled = Im2ColTest.rows(u);
        float[][] spread = Im2ColTest.rows(dz);
        assertThat(Im2ColTest.rows(without)).isDeepEqualTo(pooled);
        for (int row = 1; row < 3; row++) {
            float bias = biases[units[row]];
            double bySquares = 0;
            for (int place = 0; place < pooledLength; place++) {
                double mean = 0;
                for (int k = 0; k < side * side; k++) {
                    int member = squares.member(place / batch / width, place / batch % width, k) + place % batch;
                    float value = z[row - 1][member] + bias;
                    double share = value > 0 ? (double) du[row][place] / (side * side) : 0;
                    mean += Math.max(0.0, value) / (side * side);
                    bySquares += share;
                    assertThat((double) spread[row - 1][member]).isCloseTo(share, within(1e-6));
                }
                assertThat((double) pooled[row][place]).isCloseTo(mean, within(1e-5));
            }
            assertThat((double) dBiases[row]).isCloseTo(bySquares, within(1e-4));
        }
    }
}
