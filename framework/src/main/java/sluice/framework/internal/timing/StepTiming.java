package sluice.framework.internal.timing;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.clock.MedianTime;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;

/**
 * What one training step costs: of a network of 784 inputs with a head of two classes, batches of 64 random examples, with
 * gates that are given and do not learn.
 *
 * @param shares open and frozen units of each hidden layer
 * @param milliseconds wall-clock time of a step: the median of repetitions, after a warm-up
 * @param done multiply-adds of a step
 * @param dense those of a step of a dense network of the same widths
 */
public record StepTiming(UnitShares shares, double milliseconds, MultiplyAdds done, MultiplyAdds dense) {
    /**
     * Measures steps of a 784-W-W network.
     *
     * @param width W, units of each of the two hidden layers, at least 1
     * @param shares for each step, the open and frozen units of each
     * @param optimizer how weights move
     * @param lanes threads that share a step
     * @param clock how long to measure each
     * @return what each step costs, in that order
     */
    public static ImmutableList<StepTiming> measure(
            int width, List<UnitShares> shares, Optimizer optimizer, Lanes lanes, MedianTime clock) {
        return measure(NetworkShape.dense(RandomTask.INPUTS, List.of(width, width)), shares, optimizer, lanes, clock);
    }

    /**
     * Measures steps of different shares in turns, so that their ratios hold on a busy machine too. All of them are in memory at once.
     *
     * @param shape a network of 784 inputs
     * @param shares for each step, the open and frozen units of each hidden layer
     * @param optimizer how weights move
     * @param lanes threads that share a step
     * @param clock how long to measure each
     * @return what each step costs, in that order
     */
    public static ImmutableList<StepTiming> measure(
            NetworkShape shape, List<UnitShares> shares, Optimizer optimizer, Lanes lanes, MedianTime clock) {
        List<RandomTask> tasks = new ArrayList<>();
        try {
            shares.forEach(ofStep -> tasks.add(new RandomTask(shape, ofStep, optimizer, lanes)));
            double[] milliseconds = clock.alternating(
                    tasks.stream().map(task -> (Runnable) task::step).toArray(Runnable[]::new));
            return IntStream.range(0, milliseconds.length)
                    .mapToObj(i -> of(shares.get(i), milliseconds[i], tasks.get(i)))
                    .collect(ImmutableList.toImmutableList());
        } finally {
            tasks.forEach(RandomTask::close);
        }
    }

    static StepTiming of(UnitShares shares, double milliseconds, RandomTask task) {
        LayerAccount account = task.account();
        return new StepTiming(
                shares, milliseconds, perStep(account.done(), task.steps()), perStep(account.dense(), task.steps()));
    }

    private static MultiplyAdds perStep(MultiplyAdds sum, long steps) {
        return new MultiplyAdds(sum.forward() / steps, sum.inputGradient() / steps, sum.weightGradient() / steps);
    }

    /** {@return multiply-adds of the step as a share of the dense network's} */
    public double workShare() {
        return (double) done.total() / dense.total();
    }
}
