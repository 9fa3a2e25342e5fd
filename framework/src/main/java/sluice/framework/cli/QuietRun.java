package sluice.framework.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import sluice.evaluation.RunMetrics;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.experiment.GeneratorOutcome;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.Outcome;
import sluice.framework.experiment.Plan;
import sluice.framework.experiment.RunStoppedException;

/** One line at the end of a run, and nothing else: no settings, no progress, no warnings. */
record QuietRun(PrintStream out) implements RunOutput {
    @Override
    public void started(Experiment experiment) {}

    @Override
    public void started(GeneratorExperiment experiment) {}

    @Override
    public void results(GeneratorOutcome outcome, List<MetricCheck.Result> checks) {
        RunMetrics metrics = outcome.metrics();
        out.println("%s seed %d: %s".formatted(outcome.plan().name(), metrics.seed(), RunLine.ofGenerator(metrics)));
    }

    @Override
    public void results(Outcome outcome, List<MetricCheck.Result> checks) {
        RunMetrics metrics = outcome.metrics();
        String line = RunLine.of(metrics, outcome.plan().report().forgetting());
        out.println("%s seed %d: %s".formatted(outcome.plan().name(), metrics.seed(), line));
    }

    @Override
    public void files(List<Path> files) {}

    @Override
    public void interrupted(Experiment experiment, RunStoppedException stopped, List<Path> files, boolean goesOn) {
        stopped(experiment.plan(), goesOn);
    }

    @Override
    public void interrupted(GeneratorExperiment experiment, boolean goesOn) {
        stopped(experiment.plan(), goesOn);
    }

    private void stopped(Plan plan, boolean goesOn) {
        out.println("%s seed %d: stopped; run the same again to %s"
                .formatted(plan.name(), plan.seed(), goesOn ? "go on" : "start anew"));
    }
}
