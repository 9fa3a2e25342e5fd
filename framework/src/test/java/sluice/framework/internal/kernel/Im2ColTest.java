package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sluice.framework.predict.internal.kernel.Im2Col;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.framework.predict.internal.kernel.PatchGrid;

/** Im2Col against the pixels that a kernel covers, written down one by one; and back by the transpose. */
class Im2ColTest {
    private static final int CHANNELS = 3;

    /** A drawn geometry with a tile of it. */
    private record Drawn(PatchGrid grid, PatchGrid.Tile tile, int batch, int first, int end) {
        static Drawn from(SplittableRandom random, int kernel, Padding padding) {
            int least = padding == Padding.SAME ? 1 : kernel;
            PatchGrid grid = new PatchGrid(least + random.nextInt(6), least + random.nextInt(6), kernel, padding);
            int top = random.nextInt(grid.rows());
            int left = random.nextInt(grid.columns());
            PatchGrid.Tile tile = new PatchGrid.Tile(
                    top,
                    top + 1 + random.nextInt(grid.rows() - top),
                    left,
                    left + 1 + random.nextInt(grid.columns() - left));
            int first = random.nextInt(CHANNELS);
            return new Drawn(grid, tile, 1 + random.nextInt(5), first, first + 1 + random.nextInt(CHANNELS - first));
        }

        /** The pixel under a tap, or -1 beyond the edge. */
        int pixel(int row, int column, int tap) {
            int before = grid.padding() == Padding.SAME ? (grid.kernel() - 1) / 2 : 0;
            int y = row - before + tap / grid.kernel();
            int x = column - before + tap % grid.kernel();
            return y < 0 || y >= grid.height() || x < 0 || x >= grid.width() ? -1 : y * grid.width() + x;
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void everyPatchHasThePixelsUnderTheKernel(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int kernel, @ForAll Padding padding) {
        SplittableRandom random = new SplittableRandom(seed);
        Drawn drawn = Drawn.from(random, kernel, padding);
        PatchGrid grid = drawn.grid();
        PatchGrid.Tile tile = drawn.tile();
        int batch = drawn.batch();
        float[][] maps = random(CHANNELS, grid.pixels() * batch, random);
        int spare = random.nextInt(2) * 3;
        NativeMatrix into = NativeMatrix.allocate(CHANNELS * grid.taps(), tile.positions() * batch + spare);

        new Im2Col().gather(grid, tile, batch, matrix(maps), drawn.first(), drawn.end(), into);

        float[][] patches = rows(into);
        for (int channel = drawn.first(); channel < drawn.end(); channel++) {
            for (int tap = 0; tap < grid.taps(); tap++) {
                for (int p = 0; p < tile.positions(); p++) {
                    int pixel = drawn.pixel(
                            tile.firstRow() + p / tile.columns(), tile.firstColumn() + p % tile.columns(), tap);
                    for (int e = 0; e < batch; e++) {
                        float expected = pixel < 0 ? 0 : maps[channel][pixel * batch + e];
                        assertThat(patches[(channel - drawn.first()) * grid.taps() + tap][p * batch + e])
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** The inner product of gathered maps with any patches is that of the maps with the scattered patches. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void scatteringIsTheTransposeOfGathering(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int kernel, @ForAll Padding padding) {
        SplittableRandom random = new SplittableRandom(seed);
        Drawn drawn = Drawn.from(random, kernel, padding);
        PatchGrid grid = drawn.grid();
        int batch = drawn.batch();
        int length = drawn.tile().positions() * batch + random.nextInt(2) * 3;
        float[][] maps = random(CHANNELS, grid.pixels() * batch, random);
        float[][] patches = random((drawn.end() - drawn.first()) * grid.taps(), length, random);
        NativeMatrix gathered = NativeMatrix.allocate(patches.length, length);
        NativeMatrix scattered = NativeMatrix.allocate(CHANNELS, grid.pixels() * batch);

        new Im2Col().gather(grid, drawn.tile(), batch, matrix(maps), drawn.first(), drawn.end(), gathered);
        new Im2Col().scatter(grid, drawn.tile(), batch, matrix(patches), scattered, drawn.first(), drawn.end());

        assertThat(dot(maps, rows(scattered))).isCloseTo(dot(rows(gathered), patches), within(1e-4));
    }

    @Test
    void scatteringAddsToWhatIsThere() {
        PatchGrid grid = new PatchGrid(1, 3, 1, Padding.VALID);
        NativeMatrix maps = matrix(new float[][] {{1, 2, 3}});

        new Im2Col().scatter(grid, new PatchGrid.Tile(0, 1, 1, 3), 1, matrix(new float[][] {{10, 20}}), maps, 0, 1);

        assertThat(rows(maps)[0]).containsExactly(1, 12, 23);
    }

    @Test
    void aKernelLargerThanTheImageIsRefusedUnlessPadded() {
        assertThatThrownBy(() -> new PatchGrid(4, 9, 5, Padding.VALID))
                .hasMessage("a kernel of 5 x 5 does not fit on an image of 4 x 9");
        assertThat(new PatchGrid(4, 9, 5, Padding.SAME).rows()).isEqualTo(4);
        assertThat(new PatchGrid(4, 9, 4, Padding.SAME).columns()).isEqualTo(9);
    }

    static float[][] random(int rows, int columns, SplittableRandom random) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int c = 0; c < columns; c++) {
                row[c] = (float) random.nextDouble(-1, 1);
            }
        }
        return values;
    }

    static NativeMatrix matrix(float[][] values) {
        NativeMatrix matrix = NativeMatrix.allocate(values.length, values[0].length);
        for (int r = 0; r < values.length; r++) {
            matrix.put(r, 0, values[r], 0, values[r].length);
        }
        return matrix;
    }

    static float[][] rows(NativeMatrix matrix) {
        float[][] values = new float[matrix.rows()][matrix.columns()];
        for (int r = 0; r < values.length; r++) {
            matrix.get(r, 0, values[r], 0, values[r].length);
        }
        return values;
    }

    static double dot(float[][] a, float[][] b) {
        double sum = 0;
        for (int r = 0; r < a.length; r++) {
            for (int c = 0; c < a[r].length; c++) {
                sum += (double) a[r][c] * b[r][c];
            }
        }
        return sum;
    }
}
