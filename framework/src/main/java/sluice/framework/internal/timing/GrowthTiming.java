package sluice.framework.internal.timing;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.clock.MedianTime;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * How the cost of steps and predictions grows: of a 784-N-N network with a quarter of its units open, N being 1,000, in batches of 64, but
 * for what a curve goes along.
 *
 * @param lanes threads
 * @param mostWidth the widest network that is measured
 * @param optimizer how weights move in steps
 * @param clock how long to measure each point
 */
public record GrowthTiming(Lanes lanes, int mostWidth, Optimizer optimizer, MedianTime clock) {
    private static final int WIDTH = 1000;
    private static final double OPEN = 0.25;
    private static final double FROZEN = 0.25;
    private static final int[] WIDTHS = {100, 200, 500, 1000, 2000, 4000, 8000};
    private static final double[] SHARES = {0.05, 0.1, 0.25, 0.5, 0.75, 1};
    private static final int[] EARLIER = {1, 10, 100, 1000};
    private static final int[] BATCHES = {1, 4, 16, 64, 256, 1024};
    private static final String STEP = "training step";
    private static final String PREDICTION = "prediction";
    private static final String WIDTH_OF = "units of each hidden layer";
    private static final String SHARE_OF = "open share";
    private static final String TASK = "measured";

    /** {@return milliseconds of a step by width, open share, earlier tasks, batch and threads} */
    public ImmutableList<CostCurve> steps() {
        return ImmutableList.of(
                curve(STEP, WIDTH_OF, widths(), n -> step((int) n, OPEN, RandomTask.BATCH, 1, lanes)),
                curve(STEP, SHARE_OF, SHARES, share -> step(WIDTH, share, RandomTask.BATCH, 1, lanes)),
                curve(
                        STEP,
                        "earlier tasks",
                        doubles(EARLIER),
                        n -> step(WIDTH, OPEN, RandomTask.BATCH, (int) n, lanes)),
                curve(STEP, "examples of a batch", doubles(BATCHES), n -> step(WIDTH, OPEN, (int) n, 1, lanes)),
                curve(STEP, "threads", threads(), this::stepByThreads));
    }

    /** {@return milliseconds of an answer by width, open share and images at once} */
    public ImmutableList<CostCurve> predictions() {
        return ImmutableList.of(
                curve(PREDICTION, WIDTH_OF, widths(), n -> answer((int) n, OPEN, RandomTask.BATCH)),
                curve(PREDICTION, SHARE_OF, SHARES, share -> answer(WIDTH, share, RandomTask.BATCH)),
                curve(PREDICTION, "images at once", doubles(BATCHES), n -> answer(WIDTH, OPEN, (int) n)));
    }

    private static CostCurve curve(String cost, String against, double[] places, DoubleUnaryOperator milliseconds) {
        return new CostCurve(
                cost,
                "ms",
                against,
                DoubleStream.of(places)
                        .mapToObj(x -> new CostCurve.Point(x, milliseconds.applyAsDouble(x)))
                        .collect(ImmutableList.toImmutableList()));
    }

    private double[] widths() {
        return IntStream.of(WIDTHS)
                .filter(width -> width <= mostWidth)
                .asDoubleStream()
                .toArray();
    }

    private double[] threads() {
        return IntStream.rangeClosed(1, lanes.count()).asDoubleStream().toArray();
    }

    private static double[] doubles(int[] values) {
        return IntStream.of(values).asDoubleStream().toArray();
    }

    private double stepByThreads(double threads) {
        try (Lanes own = Lanes.start((int) threads)) {
            return step(WIDTH, OPEN, RandomTask.BATCH, 1, own);
        }
    }

    private double step(int width, double open, int batch, int earlier, Lanes of) {
        NetworkShape shape = NetworkShape.dense(RandomTask.INPUTS, List.of(width, width));
        try (RandomTask task = new RandomTask(shape, new UnitShares(open, FROZEN), optimizer, of, batch, earlier)) {
            return clock.of(task::step);
        }
    }

    private double answer(int width, double open, int images) {
        SplittableRandom random = new SplittableRandom(RandomTask.SEED);
        try (GatedNetwork network =
                GatedNetwork.create(RandomTask.INPUTS, List.of(width, width), Normalisation.NONE, RandomTask.SEED)) {
            Layer head = FullyConnected.heUniform(RandomTask.CLASSES, width, random);
            List<double[]> logits = IntStream.range(0, RandomTask.HIDDEN)
                    .mapToObj(l -> new UnitShares(open, 0)
                            .spread(width, RandomTask.SEED + l)
                            .logits())
                    .toList();
            TaskState task = new TaskState(TASK, ImmutableList.of(0, 1), head, logits);
            network.parts().consolidate(ConsolidatedTask.of(task), task.subnetwork());
            Examples asked = RandomTask.examples(images, random);
            return clock.of(() -> network.logits(TASK, asked));
        }
    }
}
