package sluice.framework.internal.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds of the matrix multiply by which a mini-batch passes forward through one layer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BlasBenchmark {
    private static final int BATCH = 64;

    @Param({"100x784", "400x784", "400x400", "2000x784", "2000x2000"})
    private String unitsByInputs;

    private int units;
    private int inputs;
    private NativeMatrix x;
    private NativeMatrix weights;
    private NativeMatrix z;
    private final Gemm gemm = new Gemm();

    /** Random inputs [64, inputs] and weights [units, inputs]. */
    @Setup
    public void allocate() {
        String[] sizes = unitsByInputs.split("x", 2);
        units = Integer.parseInt(sizes[0]);
        inputs = Integer.parseInt(sizes[1]);
        SplittableRandom random = new SplittableRandom(1);
        x = matrix(BATCH, inputs, random);
        weights = matrix(units, inputs, random);
        z = NativeMatrix.allocate(units, BATCH);
    }

    private static NativeMatrix matrix(int rows, int columns, SplittableRandom random) {
        NativeMatrix matrix = NativeMatrix.allocate(rows, columns);
        float[] row = new float[columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                row[c] = (float) random.nextDouble(-1, 1);
            }
            matrix.put(r, 0, row, 0, columns);
        }
        return matrix;
    }

    /** {@code z = weights x^T}: 64 * units * inputs multiply-adds. */
    @Benchmark
    public void forward() {
        gemm.left(weights, 0, 0).rightTransposed(x, 0, 0).into(z, 0, 0).multiply(units, BATCH, inputs);
    }

    /** Frees the matrices. */
    @TearDown
    public void close() {
        x.close();
        weights.close();
        z.close();
    }
}
