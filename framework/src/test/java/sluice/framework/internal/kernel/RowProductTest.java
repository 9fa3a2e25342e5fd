package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sluice.framework.predict.internal.kernel.OrderedProduct;
import sluice.framework.predict.internal.kernel.RowProduct;
import sluice.framework.predict.internal.kernel.UnitPanels;
import sluice.framework.predict.internal.kernel.ValueRows;

/** The same bits as the ordered product, whatever is 0. */
class RowProductTest {
    @Property(tries = 300)
    void anEntryHasTheBitsOfTheOrderedProduct(
            @ForAll @IntRange(min = 1, max = 1100) int units,
            @ForAll @IntRange(min = 1, max = 300) int inputs,
            @ForAll @IntRange(min = 1, max = 70) int examples,
            @ForAll @IntRange(min = 0, max = 4) int zeros,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] weights = values(units, inputs, 0, random);
        float[][] rows = values(examples, inputs, zeros, random);

        assertThat(rowProduct(weights, rows)).isDeepEqualTo(orderedProduct(weights, rows));
    }

    @Test
    void aValueOfZeroMeetsAnInfiniteWeightAsNoNumber() {
        float[][] weights = {{1, Float.POSITIVE_INFINITY}, {Float.NaN, 1}};

        float[][] product = rowProduct(weights, new float[][] {{1, 0}, {0, 1}});

        assertThat(product[0][0]).isNaN();
        assertThat(product[0][1]).isNaN();
        assertThat(product[1][0]).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(product[1][1]).isNaN();
    }

    @Test
    void oneThatServedALargerProductServesASmallerOne() {
        SplittableRandom random = new SplittableRandom(1);
        RowProduct product = new RowProduct();
        ValueRows values = new ValueRows(9);
        for (int size : new int[] {9, 3, 7}) {
            float[][] weights = values(size * 20, size * 40, 0, random);
            float[][] rows = values(size, size * 40, 2, random);

            assertThat(rowProduct(product, values, weights, rows)).isDeepEqualTo(orderedProduct(weights, rows));
        }
    }

    private static float[][] rowProduct(float[][] weights, float[][] rows) {
        return rowProduct(new RowProduct(), new ValueRows(rows.length), weights, rows);
    }

    private static float[][] rowProduct(RowProduct product, ValueRows values, float[][] weights, float[][] rows) {
        int inputs = rows[0].length;
        UnitPanels panels = UnitPanels.allocate(weights.length, inputs);
        for (int u = 0; u < weights.length; u++) {
            panels.put(u, 0, weights[u], 0, inputs);
        }
        values.clear(rows.length, inputs);
        for (int r = 0; r < rows.length; r++) {
            values.append(r, rows[r], inputs, 0, panels);
        }
        float[][] result = new float[rows.length][weights.length];
        product.multiply(
                panels,
                values,
                rows.length,
                (example, first, units, sums) -> System.arraycopy(sums, 0, result[example], first, units));
        return result;
    }

    private static float[][] orderedProduct(float[][] weights, float[][] rows) {
        int inputs = rows[0].length;
        float[][] result = new float[rows.length][weights.length];
        try (NativeMatrix left = NativeMatrix.allocate(weights.length, inputs);
                NativeMatrix right = NativeMatrix.allocate(inputs, 1);
                NativeMatrix column = NativeMatrix.allocate(weights.length, 1)) {
            for (int u = 0; u < weights.length; u++) {
                left.put(u, 0, weights[u], 0, inputs);
            }
            for (int r = 0; r < rows.length; r++) {
                right.put(0, 0, rows[r], 0, inputs);
                new OrderedProduct().multiply(left, right, column, weights.length, 1, inputs);
                column.get(0, 0, result[r], 0, weights.length);
            }
        }
        return result;
    }

    /** Of so many out of five, a zero of either sign. */
    private static float[][] values(int rows, int columns, int zeros, SplittableRandom random) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int i = 0; i < columns; i++) {
                float value = (float) random.nextGaussian();
                row[i] = random.nextInt(5) < zeros ? Math.copySign(0f, value) : value;
            }
        }
        return values;
    }
}
