package sluice.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.collect.ImmutableList;

/**
 * What a run's folder holds beside accuracies and metrics, each there or not.
 *
 * @param provenance the content of run.json; missing where there is none
 * @param curves how each task was learned
 * @param confusion of classes after the last task
 * @param hardest wrong answers of the last evaluation, where the data are pictures
 * @param gates of each task and layer
 * @param overlaps of each pair of tasks and layer
 */
record RunDetails(
        JsonNode provenance,
        ImmutableList<LearningPoint> curves,
        ImmutableList<ConfusionCount> confusion,
        ImmutableList<HardExample> hardest,
        ImmutableList<GateLayer> gates,
        ImmutableList<TaskOverlap> overlaps) {
    static RunDetails none() {
        return new RunDetails(
                MissingNode.getInstance(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of());
    }

    RunDetails withHardest(ImmutableList<HardExample> fewer) {
        return new RunDetails(provenance, curves, confusion, fewer, gates, overlaps);
    }

    RunDetails withCurves(ImmutableList<LearningPoint> fewer) {
        return new RunDetails(provenance, fewer, confusion, hardest, gates, overlaps);
    }

    RunDetails withConfusion(ImmutableList<ConfusionCount> fewer) {
        return new RunDetails(provenance, curves, fewer, hardest, gates, overlaps);
    }

    RunDetails withGates(ImmutableList<GateLayer> fewer) {
        return new RunDetails(provenance, curves, confusion, hardest, fewer, overlaps);
    }
}
