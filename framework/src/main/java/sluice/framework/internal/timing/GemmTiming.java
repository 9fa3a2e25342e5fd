package sluice.framework.internal.timing;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import sluice.framework.internal.clock.MedianTime;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * How fast the matrix multiply is: {@code C [rows, columns] = A [rows, terms] B}, rows shared out over threads.
 *
 * @param rows of C
 * @param columns of C
 * @param terms per entry of C
 * @param threads that shared the rows
 * @param gflops 1e9 floating-point operations per second, two per multiply-add: the median of repetitions
 */
public record GemmTiming(int rows, int columns, int terms, int threads, double gflops) {
    /**
     * Measures.
     *
     * @param rows of C, at least 1
     * @param columns of C, at least 1
     * @param terms per entry of C, at least 1
     * @param lanes threads that share the rows
     * @param clock how long to measure
     * @return the speed
     */
    public static GemmTiming measure(int rows, int columns, int terms, Lanes lanes, MedianTime clock) {
        checkArgument(rows >= 1 && columns >= 1 && terms >= 1, "no product: %s x %s x %s", rows, columns, terms);
        SplittableRandom random = new SplittableRandom(1);
        try (NativeMatrix a = matrix(rows, terms, random);
                NativeMatrix b = matrix(terms, columns, random);
                NativeMatrix c = NativeMatrix.allocate(rows, columns)) {
            Lanes.Job product = lane -> multiply(lane, a, b, c);
            long multiplyAdds = (long) rows * columns * terms;
            double milliseconds = clock.of(() -> lanes.run(product, multiplyAdds));
            return new GemmTiming(rows, columns, terms, lanes.count(), 2e-6 * multiplyAdds / milliseconds);
        }
    }

    private static void multiply(Lane lane, NativeMatrix a, NativeMatrix b, NativeMatrix c) {
        int from = lane.first(0, c.rows());
        int to = lane.end(0, c.rows());
        lane.gemm().left(a, from, 0).right(b, 0, 0).into(c, from, 0).multiply(to - from, c.columns(), a.columns());
    }

    private static NativeMatrix matrix(int rows, int columns, RandomGenerator random) {
        NativeMatrix matrix = NativeMatrix.allocate(rows, columns);
        float[] row = new float[columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                row[c] = 2 * random.nextFloat() - 1;
            }
            matrix.put(r, 0, row, 0, columns);
        }
        return matrix;
    }
}
