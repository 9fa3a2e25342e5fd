package sluice.framework.stream;

import com.google.common.collect.ImmutableList;
import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.util.stream.IntStream;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.TaskSummary;
import sluice.tasks.Examples;

/** The one stretch of training: a step is a mini-batch of the stream, tested and then learned. */
final class StreamTaskRun implements TaskRun {
    private final StreamRun run;
    private double accuracy = Double.NaN;

    StreamTaskRun(StreamRun run) {
        this.run = run;
    }

    @Override
    public String task() {
        return run.sequence.names().get(run.sequence.names().size() - 1);
    }

    @Override
    public int position() {
        return run.sequence.tasks().size();
    }

    @Override
    public TrainingPlan plan() {
        int steps = IntMath.divide(run.order.size(), run.batchSize, RoundingMode.CEILING);
        return TrainingPlan.ofSteps(steps, steps);
    }

    @Override
    public void start() {
        run.start();
    }

    @Override
    public void beginEpoch(int epoch) {
        // there is one pass, in the order of the stream
    }

    @Override
    public double step(int index) {
        int from = index * run.batchSize;
        int to = Math.min(run.order.size(), from + run.batchSize);
        int right = 0;
        double loss = Double.NaN;
        for (int at = from; at < to; ) {
            int end = told() ? sameTask(at, to) : to;
            Examples part = run.order.examples(at, end);
            StreamStep step = told() ? run.learner.learnTold(part, run.order.tasks()[at]) : run.learner.learn(part);
            int[] labels = IntStream.range(0, part.size()).map(part::label).toArray();
            run.truth.learned(at, end, labels, step);
            right += (int) IntStream.range(0, labels.length)
                    .filter(i -> step.answers()[i] == labels[i])
                    .count();
            loss = step.loss();
            at = end;
        }
        accuracy = (double) right / (to - from);
        return loss;
    }

    private boolean told() {
        return run.settings.borders() == StreamSettings.Borders.TOLD;
    }

    private int sameTask(int from, int to) {
        int end = from;
        while (end < to && run.order.tasks()[end] == run.order.tasks()[from]) {
            end++;
        }
        return end;
    }

    /** Of what was answered, before anything was learned of it. */
    @Override
    public double accuracy() {
        return accuracy;
    }

    @Override
    public void end() {
        run.learner.finish();
    }

    @Override
    public TaskSummary consolidate(double seconds) {
        return TaskSummary.of(
                task(), ImmutableList.copyOf(run.network.hidden()), plan().steps(), seconds, ImmutableList.of());
    }
}
