package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Means against the values of each cell, written down one by one. */
class PoolingTest {
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aCellHasTheMeanOfItsPositions(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @IntRange(min = 1, max = 3) int batch) {
        SplittableRandom random = new SplittableRandom(seed);
        int cellRows = 1 + random.nextInt(height);
        int cellColumns = 1 + random.nextInt(width);
        float[][] maps = PatchesTest.random(2, height * width * batch, random);
        NativeMatrix into = NativeMatrix.allocate(2, cellRows * cellColumns * batch);

        new Pooling().means(PatchesTest.matrix(maps), 0, 2, height, width, batch, into, cellRows, cellColumns);

        float[][] means = PatchesTest.rows(into);
        for (int r = 0; r < cellRows; r++) {
            for (int c = 0; c < cellColumns; c++) {
                int top = (int) Math.floor((double) r * height / cellRows);
                int bottom = (int) Math.ceil((double) (r + 1) * height / cellRows);
                int left = (int) Math.floor((double) c * width / cellColumns);
                int right = (int) Math.ceil((double) (c + 1) * width / cellColumns);
                double sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        sum += maps[1][(y * width + x) * batch];
                    }
                }
                assertThat((double) means[1][(r * cellColumns + c) * batch])
                        .isCloseTo(sum / ((bottom - top) * (right - left)), within(1e-5));
            }
        }
    }
}
