package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import sluice.gating.GateEstimation;
import sluice.gating.Probe;
import sluice.gating.Progress;

/**
 * Multiply-adds of one example that a layer, or a head, takes in a training step.
 *
 * @param forward of the passes that its gates' estimator, and those of layers below, ask for; the gater's counted
 * @param backward of the ways back, for either gradient
 */
record TrainingWork(long forward, long backward) {
    private static final int TRIALS = 256;

    /** Of the layers of a part, its head last. */
    static ImmutableList<TrainingWork> of(ExitShape shape, int part) {
        ImmutableList.Builder<TrainingWork> all = ImmutableList.builder();
        double below = shape.inputs(part);
        int looksAt = shape.inputs(part);
        int forwardRuns = 1;
        int backwardRuns = 1;
        for (ExitLayer layer : shape.parts().get(part).layers()) {
            long ofGater = 0;
            double computed = layer.units();
            if (layer.gater().isPresent()) {
                Gater gater = layer.gater().get();
                List<Probe> probes = probes(gater);
                ofGater = gater.multiplyAdds(looksAt);
                computed *= probes.stream()
                        .mapToDouble(probe -> computedShare(probe, gater.open()))
                        .average()
                        .orElse(1);
                forwardRuns += probes.size() - 1;
            } else {
                looksAt = layer.units();
            }
            all.add(new TrainingWork(
                    ofGater + Math.round(forwardRuns * below * computed),
                    ofGater + Math.round(backwardRuns * below * computed)));
            backwardRuns += layer.gater().stream()
                    .flatMap(gater -> probes(gater).stream())
                    .mapToInt(probe -> !probe.trainsWeights() && probe.needsUpstream() ? 1 : 0)
                    .sum();
            below = computed;
        }
        return all.add(new TrainingWork(
                        Math.round(forwardRuns * below * shape.classes()),
                        Math.round(backwardRuns * below * shape.classes())))
                .build();
    }

    /** After a draw of some gates that are as open as asked. */
    private static List<Probe> probes(Gater gater) {
        GateEstimation estimation = gater.learning().estimator().begin(Gater.layout(1, TRIALS));
        double[] logits = new double[TRIALS];
        Arrays.fill(logits, GatedLayer.logitOf(gater));
        estimation.draw(logits, 1, Progress.START, TRIALS, new SplittableRandom(1));
        return estimation.probes();
    }

    /** Of a layer's blocks, those that a probe has computed: all, where it asks what closed ones would have done, or closes none. */
    private static double computedShare(Probe probe, double open) {
        if (probe.needsClosedUpstream()) {
            return 1;
        }
        int closed = 0;
        for (int i = 0; i < TRIALS; i++) {
            closed += probe.gates()[i] == 0 ? 1 : 0;
        }
        return closed == 0 ? 1 : open;
    }
}
