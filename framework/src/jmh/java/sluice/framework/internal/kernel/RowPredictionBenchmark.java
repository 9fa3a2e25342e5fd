package sluice.framework.internal.kernel;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.TaskState;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.RowPredictor;
import sluice.tasks.Normalisation;

/**
 * Microseconds of an answer to a single row by a task that has a quarter of a 784-W-W network open, beside its floor: what it takes to copy as
 * many bytes as its weights have, and what its multiply-adds take at the rate of a large matrix multiply on one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowPredictionBenchmark {
    private static final int PIXELS = 784;
    private static final int EVERY = 4;
    private static final int CLASSES = 2;
    private static final int SIDE = 512;
    private static final String TASK = "digits";

    /** Units of each hidden layer. */
    @Param({"400", "2000"})
    private int units;

    /** Of a row's features, in percent, those that are not 0. */
    @Param({"100", "20"})
    private int filledPercent;

    private RowPredictor predictor;
    private float[] row;
    private final float[] logits = new float[CLASSES];
    private float[] weights;
    private float[] copied;
    private NativeMatrix left;
    private NativeMatrix right;
    private NativeMatrix result;
    private int productRows;
    private final Gemm gemm = new Gemm();

    /** A network that has consolidated a task whose open units lie evenly among the closed ones, and a random row. */
    @Setup
    public void consolidate() {
        SplittableRandom random = new SplittableRandom(1);
        double[] gates = IntStream.range(0, units)
                .mapToDouble(i -> i % EVERY == 0 ? 1 : -1)
                .toArray();
        Layer head = FullyConnected.heUniform(CLASSES, units, random);
        GatedNetwork network = GatedNetwork.create(PIXELS, List.of(units, units), Normalisation.NONE, 1);
        TaskState task = new TaskState(TASK, ImmutableList.of(0, 1), head, List.of(gates, gates));
        network.parts().consolidate(ConsolidatedTask.of(task), task.subnetwork());
        predictor = RowPredictor.of(network, TASK);
        row = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            row[i] = random.nextInt(100) < filledPercent ? (float) random.nextDouble(0.1, 1) : 0;
        }
        int parameters = Math.toIntExact(network.multiplyAdds(TASK));
        weights = new float[parameters];
        copied = new float[parameters];
        productRows = parameters / SIDE;
        left = NativeMatrix.allocate(productRows, SIDE);
        right = NativeMatrix.allocate(SIDE, SIDE);
        result = NativeMatrix.allocate(productRows, SIDE);
    }

    /** An answer. */
    @Benchmark
    public float[] answer() {
        predictor.logits(row, logits);
        return logits;
    }

    /** A floor: as many bytes as the weights have. */
    @Benchmark
    public float[] copyOfTheWeights() {
        System.arraycopy(weights, 0, copied, 0, weights.length);
        return copied;
    }

    /** A floor: 512 rows at once, in one large product, each of as many multiply-adds, about. */
    @Benchmark
    @OperationsPerInvocation(SIDE)
    public void multiplyAdds() {
        gemm.left(left, 0, 0).right(right, 0, 0).into(result, 0, 0).multiply(productRows, SIDE, SIDE);
    }
}
