package sluice.framework.cli;

import java.nio.file.Path;
import java.util.List;
import sluice.framework.experiment.ComparedRun;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.PlannedRun;
import sluice.framework.result.TrainingListener;

/** The table at the end of a comparison, and nothing else: no progress, no warnings. */
final class QuietComparison implements ComparisonOutput {
    private final Terminal terminal;
    private Comparison compared;

    QuietComparison(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void started(Comparison comparison) {
        compared = comparison;
    }

    @Override
    public TrainingListener runStarted(PlannedRun run) {
        return TrainingListener.SILENT;
    }

    @Override
    public void runEnded(ComparedRun run) {}

    @Override
    public void finished(List<ComparedRun> runs, List<MetricCheck.Result> checks, List<Path> files) {
        table(runs);
    }

    @Override
    public void interrupted(List<ComparedRun> runs, List<Path> files, boolean goesOn) {
        table(runs);
    }

    private void table(List<ComparedRun> runs) {
        if (!runs.isEmpty()) {
            terminal.say(ComparisonProgress.table(runs, compared, terminal.columns()));
        }
    }
}
