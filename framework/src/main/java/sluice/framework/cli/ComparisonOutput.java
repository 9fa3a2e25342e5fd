package sluice.framework.cli;

import java.nio.file.Path;
import java.util.List;
import sluice.framework.experiment.ComparedRun;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.ComparisonListener;
import sluice.framework.experiment.MetricCheck;

/** What is printed of a comparison, as it goes and at its end. Why runs failed goes to the error stream in any case. */
interface ComparisonOutput extends ComparisonListener, AutoCloseable {
    /** Before anything is loaded. */
    void started(Comparison comparison);

    /** What came of all runs and of the checks, and where the files are. */
    void finished(List<ComparedRun> runs, List<MetricCheck.Result> checks, List<Path> files);

    /** The comparison was stopped; these runs had ended, and perhaps one or more go on from a checkpoint. */
    void interrupted(List<ComparedRun> runs, List<Path> files, boolean goesOn);

    /** It failed as a whole; the caller says why to the user. */
    default void failed(String reason) {}

    /** Ends a bar, well or badly. */
    @Override
    default void close() {}
}
