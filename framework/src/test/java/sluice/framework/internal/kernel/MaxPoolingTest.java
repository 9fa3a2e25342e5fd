package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sluice.framework.predict.internal.kernel.MaxPooling;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.framework.predict.internal.kernel.PoolingWindows;

/** Pooled maps against the values of each square, written down one by one. */
class MaxPoolingTest {
    private static final int MAPS = 4;

    /** A part of a map that is {@code width} squares wide. */
    private static PoolingWindows squares(SplittableRandom random, int side, int width, int batch) {
        int left = random.nextInt(width);
        int top = random.nextInt(3);
        return new PoolingWindows(
                new PatchGrid.Tile(
                        top * side,
                        (top + 1 + random.nextInt(2)) * side,
                        left * side,
                        (left + 1 + random.nextInt(width - left)) * side),
                side,
                width,
                batch);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theLargestOfASquareGoesUpAndItsGradientComesBackToIt(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int side,
            @ForAll @IntRange(min = 1, max = 4) int width,
            @ForAll @IntRange(min = 1, max = 20) int batch) {
        SplittableRandom random = new SplittableRandom(seed);
        PoolingWindows squares = squares(random, side, width, batch);
        int full = squares.tile().positions() * batch;
        int pooledLength = 4 * width * batch;
        float[][] z = Im2ColTest.random(2, full + 1, random);
        float[][] du = Im2ColTest.random(MAPS, pooledLength, random);
        float[] biases = {0.1f, -0.2f, 0.3f, 0.05f};
        int[] units = {3, 1, 0, 2};
        NativeMatrix u = NativeMatrix.allocate(MAPS, pooledLength);
        int[] largest = new int[MAPS * pooledLength];
        NativeMatrix dz = NativeMatrix.allocate(2, full + 1);
        MaxPooling pooling = new MaxPooling();

        pooling.maxBiasAndRelu(Im2ColTest.matrix(z), squares, u, 1, 3, units, biases, largest);
        pooling.spread(Im2ColTest.matrix(du), squares, 1, 3, largest, dz);

        float[][] pooled = Im2ColTest.rows(u);
        float[][] spread = Im2ColTest.rows(dz);
        for (int row = 1; row < 3; row++) {
            for (int r = 0; r < squares.rows(); r++) {
                for (int c = 0; c < squares.columns(); c++) {
                    for (int e = 0; e < batch; e++) {
                        int place = squares.column(r) + c * batch + e;
                        int[] members = members(squares, r, c, e);
                        int best = members[0];
                        for (int member : members) {
                            best = z[row - 1][member] > z[row - 1][best] ? member : best;
                        }
                        assertThat(pooled[row][place]).isEqualTo(Math.max(0, z[row - 1][best] + biases[units[row]]));
                        for (int member : members) {
                            assertThat(spread[row - 1][member]).isEqualTo(member == best ? du[row][place] : 0);
                        }
                    }
                }
            }
        }
    }

    private static int[] members(PoolingWindows squares, int r, int c, int e) {
        int side = squares.side();
        return IntStream.range(0, side * side)
                .map(k ->
                        ((r * side + k / side) * squares.tile().columns() + c * side + k % side) * squares.batch() + e)
                .toArray();
    }

    @Test
    void ofEqualsTheFirstIsTheLargest() {
        PoolingWindows squares = new PoolingWindows(new PatchGrid.Tile(0, 2, 0, 2), 2, 1, 1);
        int[] largest = {7};
        NativeMatrix u = NativeMatrix.allocate(1, 1);

        new MaxPooling()
                .maxBiasAndRelu(
                        Im2ColTest.matrix(new float[][] {{-0f, 2, 2, 1}}),
                        squares,
                        u,
                        0,
                        1,
                        new int[] {0},
                        new float[] {1},
                        largest);

        assertThat(largest[0]).isEqualTo(1);
        assertThat(Im2ColTest.rows(u)[0][0]).isEqualTo(3);
    }
}
