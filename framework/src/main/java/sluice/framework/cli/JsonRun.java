package sluice.framework.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Reference;
import sluice.framework.TaskSummary;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.RunStoppedException;
import sluice.tasks.script.TaskSequenceScript;

/** The events of one run. */
final class JsonRun implements RunOutput {
    private final JsonEvents events;
    private final JsonTraining training;
    private Map<String, Object> finished = Map.of();

    JsonRun(JsonEvents events, TaskSequenceScript script) {
        this.events = events;
        this.training = new JsonTraining(events, script.name(), script.seed(), System::nanoTime);
    }

    @Override
    public void started(Experiment experiment) {
        Map<String, Object> event = training.event("run_started");
        event.put("strategy", experiment.script().strategy().name());
        event.put("threads", experiment.threads());
        event.put("settings", experiment.script().settings());
        events.write(event);
    }

    @Override
    public void results(Experiment.Outcome outcome, List<MetricCheck.Result> checks) {
        finished = training.event("run_finished");
        finished.put("status", "done");
        JsonEvents.putMetrics(finished, outcome.metrics());
        finished.put("checks", JsonEvents.checks(checks));
    }

    @Override
    public void files(List<Path> files) {
        finished.put("files", JsonEvents.files(files));
        events.write(finished);
    }

    @Override
    public void interrupted(Experiment experiment, RunStoppedException stopped, List<Path> files) {
        Map<String, Object> event = training.event("run_finished");
        event.put("status", "stopped");
        event.put("files", JsonEvents.files(files));
        events.write(event);
    }

    @Override
    public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
        training.rowEvaluated(matrix, afterTask);
    }

    @Override
    public void networkGrown(List<Integer> before, List<Integer> now) {
        training.networkGrown(before, now);
    }

    @Override
    public void taskStarted(String task, int position, long steps) {
        training.taskStarted(task, position, steps);
    }

    @Override
    public void stepDone(int epoch, double loss, double accuracy) {
        training.stepDone(epoch, loss, accuracy);
    }

    @Override
    public void taskConsolidated(TaskSummary summary) {
        training.taskConsolidated(summary);
    }

    @Override
    public void referenceStarted(Reference reference, long steps) {
        training.referenceStarted(reference, steps);
    }

    @Override
    public void referenceStepDone() {
        training.referenceStepDone();
    }

    @Override
    public void warning(String message) {
        training.warning(message);
    }
}
