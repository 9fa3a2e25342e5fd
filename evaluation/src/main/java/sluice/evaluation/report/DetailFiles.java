package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ContinualCsv;
import sluice.evaluation.CsvLine;
import sluice.evaluation.run.BudgetPoint;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.GateShare;
import sluice.evaluation.run.HardExample;
import sluice.evaluation.run.LearningPoint;
import sluice.evaluation.run.RunCsv;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.StoppedExample;
import sluice.evaluation.run.TaskOverlap;
import sluice.evaluation.run.TuningTrial;

/** The files of a run's folder that tell more than accuracies, read once for all runs in it. */
final class DetailFiles {
    private final List<CsvLine> curves;
    private final List<CsvLine> continual;
    private final List<CsvLine> confusion;
    private final List<CsvLine> hardest;
    private final List<CsvLine> gates;
    private final List<CsvLine> overlaps;
    private final PerExample perExample;
    private final ImmutableList<TuningTrial> tuning;

    DetailFiles(RunFolderReader folder) {
        curves = lines(folder, LearningPoint.FILE);
        continual = folder.read(RunFile.CONTINUAL, ContinualCsv::lines);
        confusion = lines(folder, ConfusionCount.FILE);
        hardest = lines(folder, HardExample.FILE);
        gates = lines(folder, GateLayer.FILE);
        overlaps = lines(folder, TaskOverlap.FILE);
        tuning = ImmutableList.copyOf(folder.read(RunFile.TUNING, TuningTrial.FILE::read));
        perExample = new PerExample(
                ImmutableList.copyOf(folder.read(RunFile.BUDGETS, BudgetPoint.FILE::read)),
                ImmutableList.copyOf(folder.read(RunFile.GATE_CLASSES, GateShare.FILE::read)),
                ImmutableList.copyOf(folder.read(RunFile.STOPPED, StoppedExample.FILE::read)));
    }

    private static List<CsvLine> lines(RunFolderReader folder, RunCsv<?> file) {
        return folder.read(file.name(), file::lines);
    }

    /** What is known of a run; overlaps and what hangs on examples have no strategy and seed, and are of a run that is alone in its folder. */
    RunDetails of(AccuracyMatrix matrix, Optional<RunJson> provenance, boolean isAlone) {
        return new RunDetails(
                provenance,
                LearningPoint.FILE.of(curves, matrix),
                ContinualCsv.of(continual, matrix).points(),
                ConfusionCount.FILE.of(confusion, matrix),
                HardExample.FILE.of(hardest, matrix),
                GateLayer.FILE.of(gates, matrix),
                isAlone ? TaskOverlap.FILE.of(overlaps, matrix) : ImmutableList.of(),
                isAlone ? perExample : PerExample.NONE,
                isAlone ? tuning : ImmutableList.of());
    }
}
