package sluice.framework.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sluice.framework.experiment.ComparedRun;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.PlannedRun;
import sluice.framework.result.TrainingListener;

/** The events of a comparison and of its runs, several of which go at once. */
record JsonComparison(JsonEvents events) implements ComparisonOutput {
    @Override
    public void started(Comparison comparison) {
        Map<String, Object> event = events.event("comparison_started");
        event.put("name", comparison.name());
        event.put("variants", comparison.variants());
        event.put("runs", comparison.runs().size());
        event.put("threads", comparison.threads());
        events.write(event);
    }

    @Override
    public void warning(String line) {
        Map<String, Object> event = events.event("warning");
        event.put("message", line);
        events.write(event);
    }

    @Override
    public void runReused(ComparedRun.Finished run) {
        Map<String, Object> event = event("run_finished", run);
        event.put("status", "reused");
        JsonEvents.putMetrics(event, run.metrics());
        events.write(event);
    }

    @Override
    public TrainingListener runStarted(PlannedRun run) {
        JsonTraining training = new JsonTraining(events, run.variant(), run.seed(), System::nanoTime);
        Map<String, Object> event = training.event("run_started");
        event.put("strategy", run.plan().strategy());
        event.put("settings", run.plan().settings());
        events.write(event);
        return training;
    }

    @Override
    public void runEnded(ComparedRun run) {
        Map<String, Object> event = event("run_finished", run);
        if (run instanceof ComparedRun.Failed failed) {
            events.writeFailed(event, failed.reason());
            return;
        }
        event.put("status", "done");
        JsonEvents.putMetrics(event, ((ComparedRun.Finished) run).metrics());
        events.write(event);
    }

    private Map<String, Object> event(String name, ComparedRun run) {
        Map<String, Object> event = events.event(name);
        event.put("run", run.variant());
        event.put("seed", run.seed());
        return event;
    }

    @Override
    public void finished(List<ComparedRun> runs, List<MetricCheck.Result> checks, List<Path> files) {
        Map<String, Object> event = ended("done", runs, files);
        event.put("checks", JsonEvents.checks(checks));
        events.write(event);
    }

    @Override
    public void failed(String reason) {
        events.writeFailed(events.event("comparison_finished"), reason);
    }

    @Override
    public void interrupted(List<ComparedRun> runs, List<Path> files, boolean goesOn) {
        Map<String, Object> event = ended("stopped", runs, files);
        event.put("goes_on", goesOn);
        events.write(event);
    }

    private Map<String, Object> ended(String status, List<ComparedRun> runs, List<Path> files) {
        Map<String, Object> event = events.event("comparison_finished");
        event.put("status", status);
        event.put(
                "done",
                runs.stream().filter(ComparedRun.Finished.class::isInstance).count());
        event.put(
                "failed",
                runs.stream().filter(ComparedRun.Failed.class::isInstance).count());
        event.put("files", JsonEvents.files(files));
        return event;
    }
}
