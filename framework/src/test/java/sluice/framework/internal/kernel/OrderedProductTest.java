package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.predict.internal.kernel.OrderedProduct;

/** Every entry is a plain sum by ascending term, whatever stands beside it. */
class OrderedProductTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "3, 1, 784",
        "8, 5, 65",
        "9, 24, 63",
        "5, 25, 64",
        "7, 128, 129",
        "12, 152, 70",
        "2, 153, 3",
        "4, 300, 1",
        "3, 7, 0",
        "0, 9, 4"
    })
    void anEntryIsTheSumOfItsProductsInTheirOrder(int m, int n, int k) {
        SplittableRandom random = new SplittableRandom(m + 31 * n + 7 * k);
        float[][] a = values(m, k, random);
        float[][] b = values(k, n, random);
        try (NativeMatrix left = matrix(a, m + 2, k + 3, 1);
                NativeMatrix right = matrix(b, k + 1, n + 5, 0);
                NativeMatrix result = NativeMatrix.allocate(m + 3, n + 5)) {

            new OrderedProduct().multiply(left, 1, right, result, 2, m, n, k);

            for (int u = 0; u < m; u++) {
                for (int e = 0; e < n; e++) {
                    float[] entry = new float[1];
                    result.get(2 + u, e, entry, 0, 1);
                    assertThat(entry[0]).isEqualTo(sum(a[u], b, e));
                }
            }
        }
    }

    private static float sum(float[] row, float[][] b, int column) {
        float sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += row[i] * b[i][column];
        }
        return sum;
    }

    private static float[][] values(int rows, int columns, SplittableRandom random) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return values;
    }

    private static NativeMatrix matrix(float[][] values, int rows, int columns, int first) {
        NativeMatrix matrix = NativeMatrix.allocate(rows, columns);
        for (int r = 0; r < values.length; r++) {
            matrix.put(first + r, 0, values[r], 0, values[r].length);
        }
        return matrix;
    }
}
