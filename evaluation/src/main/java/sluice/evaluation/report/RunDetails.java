package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.HardExample;
import sluice.evaluation.run.LearningPoint;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.RunRecord;
import sluice.evaluation.run.TaskOverlap;
import sluice.evaluation.run.TuningTrial;

/**
 * What a run's folder holds beside accuracies and metrics, each there or not.
 *
 * @param provenance the content of run.json; empty where there is none
 * @param curves how each task was learned
 * @param continual how tasks did between the steps of others
 * @param confusion of classes after the last task
 * @param hardest wrong answers of the last evaluation, where the data are pictures
 * @param gates of each task and layer
 * @param overlaps of each pair of tasks and layer
 * @param perExample what is computed for which example
 * @param tuning the search that chose the settings
 */
record RunDetails(
        Optional<RunJson> provenance,
        ImmutableList<LearningPoint> curves,
        ImmutableList<ContinualEvaluation.Point> continual,
        ImmutableList<ConfusionCount> confusion,
        ImmutableList<HardExample> hardest,
        ImmutableList<GateLayer> gates,
        ImmutableList<TaskOverlap> overlaps,
        PerExample perExample,
        ImmutableList<TuningTrial> tuning) {
    static RunDetails none() {
        return new RunDetails(
                Optional.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                PerExample.NONE,
                ImmutableList.of());
    }

    /** What run.json says, as far as it is known. */
    Optional<RunRecord> record() {
        return provenance.map(RunJson::record);
    }

    RunDetails withHardest(ImmutableList<HardExample> fewer) {
        return new RunDetails(provenance, curves, continual, confusion, fewer, gates, overlaps, perExample, tuning);
    }

    RunDetails withCurves(ImmutableList<LearningPoint> fewer) {
        return new RunDetails(provenance, fewer, continual, confusion, hardest, gates, overlaps, perExample, tuning);
    }

    RunDetails withContinual(ImmutableList<ContinualEvaluation.Point> fewer) {
        return new RunDetails(provenance, curves, fewer, confusion, hardest, gates, overlaps, perExample, tuning);
    }

    RunDetails withConfusion(ImmutableList<ConfusionCount> fewer) {
        return new RunDetails(provenance, curves, continual, fewer, hardest, gates, overlaps, perExample, tuning);
    }

    RunDetails withGates(ImmutableList<GateLayer> fewer) {
        return new RunDetails(provenance, curves, continual, confusion, hardest, fewer, overlaps, perExample, tuning);
    }

    RunDetails withOverlaps(ImmutableList<TaskOverlap> fewer) {
        return new RunDetails(provenance, curves, continual, confusion, hardest, gates, fewer, perExample, tuning);
    }

    /** Per point between steps, the steps done of all tasks: those before it took as many as when they were evaluated last. */
    long[] continualSteps() {
        long[] steps = new long[continual.size()];
        long before = 0;
        for (int i = 0; i < steps.length; i++) {
            ContinualEvaluation.Point point = continual.get(i);
            if (i > 0 && point.learning() != continual.get(i - 1).learning()) {
                before += continual.get(i - 1).step();
            }
            steps[i] = before + point.step();
        }
        return steps;
    }
}
