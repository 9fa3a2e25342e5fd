package sluice.framework;

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
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** Images per second of prediction, 10,000 at a time, by how much of a 784-2000-2000 network a task has open. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PredictionBenchmark {
    private static final int IMAGES = 10_000;
    private static final int PIXELS = 784;
    private static final int UNITS = 2000;
    private static final int CLASSES = 10;
    private static final String TASK = "digits";

    /** Open units of each hidden layer, in percent: a divisor of 100. */
    @Param({"25", "50", "100"})
    private int openPercent;

    private GatedNetwork network;
    private Examples images;

    /** A network that has consolidated a task whose open units lie evenly among the closed ones, and random images. */
    @Setup
    public void consolidate() {
        SplittableRandom random = new SplittableRandom(1);
        int every = 100 / openPercent;
        double[] logits = IntStream.range(0, UNITS)
                .mapToDouble(i -> i % every == 0 ? 1 : -1)
                .toArray();
        ImmutableList<Integer> classes = IntStream.range(0, CLASSES).boxed().collect(ImmutableList.toImmutableList());
        Layer head = FullyConnected.heUniform(CLASSES, UNITS, random);
        network = GatedNetwork.create(PIXELS, List.of(UNITS, UNITS), Normalisation.UNIT_PIXELS, 1);
        TaskState task = new TaskState(TASK, classes, head, List.of(logits, logits));
        network.parts().consolidate(ConsolidatedTask.of(task), task.subnetwork());
        images = images(random);
    }

    private static Examples images(SplittableRandom random) {
        float[] pixels = new float[IMAGES * PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(256);
        }
        return Examples.of(pixels, PIXELS, new int[IMAGES]);
    }

    /** The outputs of the task's head for all images; its subnetwork is compiled in the first call, for all. */
    @Benchmark
    @OperationsPerInvocation(IMAGES)
    public float[] logits() {
        return network.logits(TASK, images);
    }
}
