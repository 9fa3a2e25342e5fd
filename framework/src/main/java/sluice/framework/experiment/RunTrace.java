package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import sluice.framework.TaskSummary;
import sluice.framework.TestAnswers;
import sluice.framework.TrainingListener;

/** Keeps, of what passes, how each task was learned and what was answered in the end. */
final class RunTrace extends ForwardingListener {
    /** Points of a task's learning curve, about. */
    private static final int POINTS = 100;

    /**
     * Some steps of a task's training.
     *
     * @param task its name
     * @param step the last of these steps, from 1
     * @param epoch of that step, from 1
     * @param loss mean over these steps
     * @param accuracy on their batches before each step, mean over these steps, in [0, 1]; NaN where it is not known
     */
    record CurvePoint(String task, long step, int epoch, double loss, double accuracy) {}

    private final List<CurvePoint> curve = new ArrayList<>();
    private final List<TestAnswers> answers = new ArrayList<>();
    private String task = "";
    private long window;
    private long step;
    private long since;
    private int epoch;
    private double loss;
    private double accuracy;

    RunTrace(TrainingListener listener) {
        super(listener);
    }

    @Override
    public void taskStarted(String name, int position, long steps) {
        super.taskStarted(name, position, steps);
        task = name;
        window = Math.max(1, (steps + POINTS - 1) / POINTS);
        step = 0;
    }

    @Override
    public void stepDone(int epochNow, double lossNow, double accuracyNow) {
        super.stepDone(epochNow, lossNow, accuracyNow);
        step++;
        since++;
        epoch = epochNow;
        loss += lossNow;
        accuracy += accuracyNow;
        if (since == window) {
            mark();
        }
    }

    private void mark() {
        if (since > 0 && !Double.isNaN(loss)) {
            curve.add(new CurvePoint(task, step, epoch, loss / since, accuracy / since));
        }
        since = 0;
        loss = 0;
        accuracy = 0;
    }

    @Override
    public void taskConsolidated(TaskSummary summary) {
        mark();
        super.taskConsolidated(summary);
    }

    @Override
    public void answered(TestAnswers given) {
        super.answered(given);
        answers.add(given);
    }

    /** How tasks were learned, in the order of the steps; empty where nothing descended a loss. */
    ImmutableList<CurvePoint> curve() {
        return ImmutableList.copyOf(curve);
    }

    /** What was answered to the test examples in the last row, task by task. */
    ImmutableList<TestAnswers> answers() {
        return ImmutableList.copyOf(answers);
    }
}
