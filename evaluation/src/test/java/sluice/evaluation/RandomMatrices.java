package sluice.evaluation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Matrices of one to six tasks with hostile names; half of them have missing cells. */
final class RandomMatrices extends DomainContextBase {
    private static final String HOSTILE = "ab ,;\"'\n\r\t\\#=\u0000\u001b\u0085\u2028\u202e\ufeff\ufffe\u00e9\u4e2d";

    @Provide
    Arbitrary<AccuracyMatrix> matrices() {
        return Combinators.combine(
                        names(),
                        Arbitraries.longs(),
                        names().list().ofMinSize(1).ofMaxSize(6).uniqueElements(),
                        Arbitraries.randoms(),
                        Arbitraries.of(0.0, 0.0, 0.1, 0.6))
                .as(RandomMatrices::filled)
                .withoutEdgeCases();
    }

    static Arbitrary<String> names() {
        Arbitrary<String> hostile = Arbitraries.strings()
                .withChars(HOSTILE.toCharArray())
                .ofMinLength(1)
                .ofMaxLength(5);
        Arbitrary<String> wide =
                Arbitraries.of("\ud83d\ude80 emoji", "a,b", "say \"hi\"", "two\nlines", "x".repeat(40));
        return Arbitraries.oneOf(
                hostile, wide, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20));
    }

    /** Accuracies drawn from few values, so that ties and equal cells are common. */
    private static AccuracyMatrix filled(
            String strategy, long seed, List<String> tasks, Random random, double missing) {
        AccuracyMatrix matrix = AccuracyMatrix.empty(strategy, seed, tasks);
        for (int i = 0; i <= tasks.size(); i++) {
            for (int j = 1; j <= tasks.size(); j++) {
                if (random.nextDouble() >= missing) {
                    int total = random.nextBoolean() ? 4 : 1 + random.nextInt(10_000);
                    matrix = matrix.with(i, j, random.nextInt(total + 1), total);
                }
            }
        }
        return matrix;
    }

    /** A matrix of counts out of 100, rows 0..T; a negative count is a missing cell. */
    static AccuracyMatrix percent(int[]... rows) {
        int tasks = rows[0].length;
        AccuracyMatrix matrix = AccuracyMatrix.empty(
                "naive",
                1,
                IntStream.rangeClosed(1, tasks).mapToObj(j -> "t" + j).toList());
        for (int i = 0; i < rows.length; i++) {
            for (int j = 1; j <= tasks; j++) {
                matrix = rows[i][j - 1] < 0 ? matrix : matrix.with(i, j, rows[i][j - 1], 100);
            }
        }
        return matrix;
    }

    /** Accuracies [T + 1][T], NaN where a cell is missing. */
    static double[][] accuracies(AccuracyMatrix matrix) {
        int tasks = matrix.tasks().size();
        double[][] r = new double[tasks + 1][tasks];
        for (int i = 0; i <= tasks; i++) {
            Arrays.fill(r[i], Double.NaN);
            for (int j = 0; j < tasks; j++) {
                if (matrix.cell(i, j + 1).isPresent()) {
                    AccuracyMatrix.Cell cell = matrix.cell(i, j + 1).get();
                    r[i][j] = cell.correct() / (double) cell.total();
                }
            }
        }
        return r;
    }

    /** What can be said to be missing from a matrix. */
    static Set<String> absences(AccuracyMatrix matrix) {
        Set<String> absences = new HashSet<>();
        double[][] r = accuracies(matrix);
        boolean tested = Arrays.stream(r).flatMapToDouble(Arrays::stream).anyMatch(value -> !Double.isNaN(value));
        for (int i = 0; i < r.length; i++) {
            if (Arrays.stream(r[i]).allMatch(Double::isNaN)) {
                absences.add(
                        !tested
                                ? "no task was tested"
                                : "there is no row " + (i == 0 ? "of the untrained network" : "after task " + i));
                continue;
            }
            for (int j = 1; j <= r[i].length; j++) {
                if (Double.isNaN(r[i][j - 1])) {
                    int column = j - 1;
                    absences.add(
                            Arrays.stream(r).allMatch(row -> Double.isNaN(row[column]))
                                    ? "task " + j + " was never tested"
                                    : "cell (after task " + i + ", task " + j + ") is missing");
                }
            }
        }
        return absences;
    }
}
