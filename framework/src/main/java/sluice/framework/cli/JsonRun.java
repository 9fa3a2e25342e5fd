package sluice.framework.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sluice.evaluation.RunMetrics;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.experiment.GeneratorOutcome;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.Outcome;
import sluice.framework.experiment.Plan;
import sluice.framework.experiment.RunStoppedException;
import sluice.framework.result.ForwardingListener;
import sluice.tasks.script.TaskSequenceScript;

/** The events of one run. */
final class JsonRun extends ForwardingListener implements RunOutput {
    private final JsonEvents events;
    private final JsonTraining training;
    private Map<String, Object> finished = Map.of();

    JsonRun(JsonEvents events, TaskSequenceScript script) {
        this(events, new JsonTraining(events, script.name(), script.seed(), System::nanoTime));
    }

    private JsonRun(JsonEvents events, JsonTraining training) {
        super(training);
        this.events = events;
        this.training = training;
    }

    @Override
    public void started(Experiment experiment) {
        started(experiment.plan());
    }

    @Override
    public void started(GeneratorExperiment experiment) {
        started(experiment.plan());
    }

    private void started(Plan plan) {
        Map<String, Object> event = training.event("run_started");
        event.put("strategy", plan.strategy());
        event.put("threads", plan.threads());
        event.put("settings", plan.settings());
        events.write(event);
    }

    @Override
    public void results(Outcome outcome, List<MetricCheck.Result> checks) {
        results(outcome.dataNotes(), outcome.metrics(), checks);
    }

    @Override
    public void results(GeneratorOutcome outcome, List<MetricCheck.Result> checks) {
        results(outcome.data().notes(), outcome.metrics(), checks);
    }

    private void results(List<String> notes, RunMetrics metrics, List<MetricCheck.Result> checks) {
        finished = training.event("run_finished");
        finished.put("status", "done");
        finished.put("data_notes", notes);
        JsonEvents.putMetrics(finished, metrics);
        finished.put("checks", JsonEvents.checks(checks));
    }

    @Override
    public void files(List<Path> files) {
        finished.put("files", JsonEvents.files(files));
        events.write(finished);
    }

    @Override
    public void failed(String reason) {
        events.writeFailed(training.event("run_finished"), reason);
    }

    @Override
    public void interrupted(GeneratorExperiment experiment, boolean goesOn) {
        stopped(List.of(), goesOn);
    }

    @Override
    public void interrupted(Experiment experiment, RunStoppedException stopped, List<Path> files, boolean goesOn) {
        stopped(files, goesOn);
    }

    private void stopped(List<Path> files, boolean goesOn) {
        Map<String, Object> event = training.event("run_finished");
        event.put("status", "stopped");
        event.put("goes_on", goesOn);
        event.put("files", JsonEvents.files(files));
        events.write(event);
    }
}
