package sluice.framework.cli;

import java.nio.file.Path;
import java.util.List;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.experiment.GeneratorOutcome;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.Outcome;
import sluice.framework.experiment.RunStoppedException;
import sluice.framework.result.TrainingListener;

/** What is printed of one run, as it goes and at its end. */
interface RunOutput extends TrainingListener, AutoCloseable {
    /** Before anything is loaded. */
    void started(Experiment experiment);

    /** The same of a network that generates. */
    void started(GeneratorExperiment experiment);

    /** What came of the run and of its checks, before files are written. */
    void results(Outcome outcome, List<MetricCheck.Result> checks);

    /** The same of a network that generates. */
    void results(GeneratorOutcome outcome, List<MetricCheck.Result> checks);

    /** Where the files are. */
    void files(List<Path> files);

    /** The run was stopped; files hold what it had learned, if anything. */
    void interrupted(Experiment experiment, RunStoppedException stopped, List<Path> files, boolean goesOn);

    /** The training of a network that generates was stopped; nothing is written but perhaps a checkpoint. */
    void interrupted(GeneratorExperiment experiment, boolean goesOn);

    /** The run failed; the caller says why to the user. */
    default void failed(String reason) {}

    /** Ends a bar, well or badly. */
    @Override
    default void close() {}
}
