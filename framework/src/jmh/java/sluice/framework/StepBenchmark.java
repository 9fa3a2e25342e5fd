package sluice.framework;

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
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.timing.RandomTask;
import sluice.framework.internal.timing.UnitShares;
import sluice.framework.optimizer.Optimizer;

/** Milliseconds of one training step of a 784-W-W network, by its width and what is open and frozen. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StepBenchmark {
    @Param({"400", "2000"})
    private int width;

    /** Open units of each hidden layer, in percent. */
    @Param({"100", "50", "25"})
    private int openPercent;

    /** Units of each that an earlier task uses, in percent. */
    @Param({"0", "50"})
    private int frozenPercent;

    private Lanes lanes;
    private RandomTask task;

    /** Random weights, gates and examples. */
    @Setup
    public void begin() {
        lanes = Lanes.start(Lanes.defaultCount());
        task = new RandomTask(
                width, new UnitShares(openPercent / 100.0, frozenPercent / 100.0), Optimizer.DEFAULT, lanes);
    }

    /**
     * One step.
     *
     * @return its loss
     */
    @Benchmark
    public double step() {
        return task.step();
    }

    /** Frees buffers and threads. */
    @TearDown
    public void close() {
        task.close();
        lanes.close();
    }
}
