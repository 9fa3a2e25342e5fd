package sluice.evaluation.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableTable;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.MatrixFormatException;

class ErrorCsvTest {
    private static final String HEADER = "strategy,seed,after_task,task,squares,variation,rows,rmse,r2\n";

    private static String written(RegressionMatrix... matrices) throws IOException {
        StringBuilder out = new StringBuilder();
        ErrorCsv.write(List.of(matrices), out);
        return out.toString();
    }

    private static List<RegressionMatrix> read(String text) throws IOException {
        return ErrorCsv.read(new StringReader(text), "error-matrix.csv");
    }

    @Test
    void aFileHasALinePerCellAndNoR2WhereTargetsAreEqual() throws IOException {
        RegressionMatrix matrix = RegressionMatrix.empty("naive", 3, List.of("a", "=b"))
                .with(0, 2, new RegressionCell(8, 0, 2))
                .with(0, 1, new RegressionCell(1, 4, 4));

        assertThat(written(matrix)).isEqualTo(HEADER + "naive,3,0,a,1,4,4,0.5,0.75\n" + "naive,3,0,'=b,8,0,2,2,\n");
    }

    /** Sums of any size, and cells that are missing. */
    private static RegressionMatrix drawn(int tasks, long seed) {
        Random random = new Random(seed);
        ImmutableTable.Builder<Integer, Integer, RegressionCell> cells = ImmutableTable.builder();
        for (int i = 0; i <= tasks; i++) {
            for (int j = 1; j <= tasks; j++) {
                if (random.nextInt(3) > 0) {
                    double size = Math.pow(10, random.nextInt(30) - 15);
                    double variation = random.nextInt(4) == 0 ? 0 : random.nextDouble() * size;
                    cells.put(i, j, new RegressionCell(random.nextDouble() * size, variation, 1 + random.nextInt(999)));
                }
            }
        }
        return new RegressionMatrix(
                "s" + seed,
                seed,
                IntStream.range(0, tasks).mapToObj(j -> "task, " + j).collect(ImmutableList.toImmutableList()),
                cells.build());
    }

    @Property(tries = 200)
    void everyMatrixReadsBackAsItWas(@ForAll @IntRange(min = 1, max = 4) int tasks, @ForAll long seed)
            throws IOException {
        RegressionMatrix one = drawn(tasks, seed);
        RegressionMatrix other = drawn(2, seed + 1);

        assertThat(read(written(one, other))).containsExactly(one, other);
        assertThat(read(written(one) + written(other))).containsExactly(one, other);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n,1,0,a,-1,4,4,0.5,0.75|line 2, column squares: a sum of squares is at least 0",
                "n,1,0,a,1,NaN,4,0.5,0.75|line 2, column variation: must be a decimal number",
                "n,1,0,a,1,4,0,0.5,0.75|line 2, column rows: must be a whole number in [1,",
                "n,1,0,a,1,4,4,0.6,0.75|line 2, column rmse: 0.6 is not what squares, variation and rows give, 0.5",
                "n,1,0,a,1,4,4,0.5,0.8|line 2, column r2: 0.8 is not what squares, variation and rows give, 0.75",
                "n,1,0,a,1,0,4,0.5,0.75|line 2, column r2: variation is 0, so that there is none: leave it empty",
                "n,1,2,a,1,4,4,0.5,0.75|line 2, column after_task: 2 tasks are learned, but the file names only 1",
                "n,1,0,a,1,4,4,0.5|line 2 has 8 values, but there are 9 columns"
            })
    void aWrongLineIsNamed(String line, String message) {
        assertThatExceptionOfType(MatrixFormatException.class)
                .isThrownBy(() -> read(HEADER + line + "\n"))
                .withMessageContaining("error-matrix.csv, " + message);
    }

    @Test
    void aCellIsThereOnce() {
        String line = "n,1,0,a,1,4,4,0.5,0.75\n";

        assertThatExceptionOfType(MatrixFormatException.class)
                .isThrownBy(() -> read(HEADER + line + line))
                .withMessageContaining("line 3, column task: this cell of strategy \"n\", seed 1 is on line 2 already");
        RegressionMatrix matrix = RegressionMatrix.empty("n", 1, List.of("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> written(matrix, matrix))
                .withMessageContaining("two matrices of strategy \"n\", seed 1");
    }
}
