package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.ContinualMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.run.LearningPoint;
import sluice.framework.ReportOptions;
import sluice.framework.internal.state.State;
import sluice.framework.result.ForwardingListener;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;

/** Keeps, of what passes, how each task was learned, how earlier ones did meanwhile, and what was answered in the end. */
final class RunTrace extends ForwardingListener implements TracedRun {
    /** Points of a task's learning curve, about. */
    private static final int POINTS = 100;

    private final TrainingListener listener;
    private final ReportOptions report;
    private final List<LearningPoint> curve = new ArrayList<>();
    private final List<ContinualEvaluation.Point> points = new ArrayList<>();
    private final RepresentationTrace representations;
    private final List<TestAnswers> answers = new ArrayList<>();
    private final KeptPredictions kept = new KeptPredictions();
    private final List<String> warnings = new ArrayList<>();
    private CheckpointCost checkpoints = CheckpointCost.NONE;
    private String task = "";
    private int place;
    private long steps;
    private long window;
    private long step;
    private long since;
    private int epoch;
    private double loss;
    private double accuracy;

    /**
     * @param listener who is told
     * @param report when tasks are asked for between steps, and whether predictions are kept
     * @param tasks of the sequence
     */
    RunTrace(TrainingListener listener, ReportOptions report, int tasks) {
        super(listener);
        this.listener = listener;
        this.report = report;
        this.representations = new RepresentationTrace(tasks);
    }

    @Override
    public void taskStarted(String name, int position, long stepsOfTask) {
        super.taskStarted(name, position, stepsOfTask);
        task = name;
        place = position;
        steps = stepsOfTask;
        window = Math.max(1, (stepsOfTask + POINTS - 1) / POINTS);
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

    @Override
    public void betweenSteps(long done, InterimModel model) {
        super.betweenSteps(done, model);
        report.continual()
                .filter(when -> done <= ContinualMetric.FIRST_STEPS || done % when.every() == 0 || done == steps)
                .ifPresent(when -> ask(done, model, when.examples()));
    }

    private void ask(long done, InterimModel model, int examples) {
        for (int asked = 1; asked <= place; asked++) {
            if (model.answers(asked - 1)) {
                InterimModel.Answers answers = model.ask(asked - 1, examples);
                points.add(new ContinualEvaluation.Point(place, done, asked, answers.correct(), answers.total()));
            }
        }
        if (done == steps) {
            representations.taskEnded(place, model);
        }
    }

    private void mark() {
        if (since > 0 && !Double.isNaN(loss)) {
            curve.add(new LearningPoint(task, step, epoch, loss / since, accuracy / since));
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

    @Override
    public boolean asksAfterEachTask() {
        return report.predictions();
    }

    @Override
    public void answered(String after, TestAnswers given) {
        super.answered(after, given);
        kept.add(after, given);
    }

    @Override
    public void warning(String message) {
        super.warning(message);
        warnings.add(message);
    }

    @Override
    public void resumed(String whence, long stepsDone) {
        super.resumed(whence, stepsDone);
        // for the record and the report: on the console it is no warning
        warnings.add("the run was interrupted, and went on from " + whence);
    }

    /** What checkpoints took. */
    CheckpointCost checkpoints() {
        return checkpoints;
    }

    @Override
    public void checkpoints(CheckpointCost cost) {
        checkpoints = cost;
    }

    /** Who is told. */
    TrainingListener listener() {
        return listener;
    }

    @Override
    public void state(State state) {
        byte[] passed = state.bytes(
                "passed", state.restores() ? new byte[0] : new TraceRecord(curve, points, warnings).bytes());
        if (state.restores()) {
            TraceRecord before = TraceRecord.read(passed);
            curve.addAll(before.curve());
            points.addAll(before.points());
            // what this process was told of is told again, but for what only it knows
            Set<String> all = new LinkedHashSet<>(before.warnings());
            all.addAll(warnings);
            warnings.clear();
            warnings.addAll(all);
        }
        step = state.count("step", step);
        since = state.count("since", since);
        epoch = state.count("epoch", epoch);
        loss = state.number("loss", loss);
        accuracy = state.number("accuracy", accuracy);
        representations.state(state.part("representations"));
        if (report.predictions()) {
            kept.state(state.part("predictions"));
        }
    }

    /** This trace without the tasks that follow some that were learned. */
    RunTrace of(List<String> learned) {
        RunTrace whole = new RunTrace(TrainingListener.SILENT, report, learned.size());
        curve.stream().filter(point -> learned.contains(point.task())).forEach(whole.curve::add);
        points.stream()
                .filter(point -> point.learning() <= learned.size() && point.task() <= learned.size())
                .forEach(whole.points::add);
        whole.warnings.addAll(warnings);
        whole.checkpoints = checkpoints;
        return whole;
    }

    /** How tasks were learned, in the order of the steps; empty where nothing descended a loss. */
    ImmutableList<LearningPoint> curve() {
        return ImmutableList.copyOf(curve);
    }

    /** How tasks did between steps, in the order of the steps; empty where none was asked for. */
    ImmutableList<ContinualEvaluation.Point> points() {
        return ImmutableList.copyOf(points);
    }

    /** How features fared, as far as they were looked at. */
    ImmutableMap<String, MetricValue> representationMetrics() {
        return representations.metrics();
    }

    /** What was answered to the test examples in the last row, task by task. */
    ImmutableList<TestAnswers> answers() {
        return ImmutableList.copyOf(answers);
    }

    /** What was answered after each task but the last, if that is kept. */
    KeptPredictions kept() {
        return kept;
    }

    /** What was warned of, in that order. */
    ImmutableList<String> warnings() {
        return ImmutableList.copyOf(warnings);
    }
}
