package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchStatisticsTest {
    private static final int ROW = 1;

    private final BatchStatistics statistics = new BatchStatistics();

    /** However a row is cut, whatever lies beyond the batch, and however far from 0 its mean is. */
    @Property(tries = 200)
    void aNormalisedRowHasMean0AndVariance1AndIs0BeyondTheBatch(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int parts,
            @ForAll @IntRange(min = 3, max = 9) int batch,
            @ForAll @IntRange(max = 3) int more,
            @ForAll @IntRange(max = 1000) int shift) {
        SplittableRandom random = new SplittableRandom(seed);
        int room = batch + more;
        NativeMatrix[] row = new NativeMatrix[parts];
        for (int p = 0; p < parts; p++) {
            row[p] = filled(room * (1 + random.nextInt(4)), shift, random);
        }
        double[] means = new double[2];
        double[] variances = new double[2];

        statistics.take(row, ROW, batch, room, means, variances);
        for (NativeMatrix part : row) {
            statistics.normalise(part, ROW, batch, room, (float) means[ROW], (float) (1 / Math.sqrt(variances[ROW])));
        }

        double sum = 0;
        double squares = 0;
        int count = 0;
        for (NativeMatrix part : row) {
            float[] values = new float[part.columns()];
            part.get(ROW, 0, values, 0, values.length);
            for (int i = 0; i < values.length; i++) {
                if (i % room >= batch) {
                    assertThat(values[i]).isZero();
                } else {
                    sum += values[i];
                    squares += values[i] * (double) values[i];
                    count++;
                }
            }
            part.close();
        }
        assertThat(sum / count).isCloseTo(0, within(1e-6 * (1 + shift)));
        assertThat(squares / count).isCloseTo(1, within(1e-6 * (1 + shift)));
    }

    private static NativeMatrix filled(int columns, int shift, SplittableRandom random) {
        NativeMatrix matrix = NativeMatrix.allocate(3, columns);
        float[] values = new float[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = shift + (float) random.nextDouble(-1, 1);
        }
        matrix.put(ROW, 0, values, 0, columns);
        return matrix;
    }

    @Test
    void oneValueHasNoVariance() {
        double[] means = new double[2];
        double[] variances = {-1, -1};
        try (NativeMatrix matrix = filled(1, 7, new SplittableRandom(1))) {
            float[] value = new float[1];
            matrix.get(ROW, 0, value, 0, 1);

            statistics.take(new NativeMatrix[] {matrix}, ROW, 1, 1, means, variances);

            assertThat(means[ROW]).isEqualTo(value[0]);
            assertThat(variances[ROW]).isZero();
        }
    }
}
