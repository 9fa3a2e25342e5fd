package sluice.framework.internal.timing;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Probe;
import sluice.gating.Progress;

/**
 * Gates that are given and do not learn: in each step those with a logit above 0 are open. They ask the network for
 * nothing, so that what a step costs is the weights' alone.
 */
record GivenGates() implements GradientEstimator {
    @Override
    public String name() {
        return "given";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        return new Estimation(new Probe(layout, false, Probe.Upstream.NONE));
    }

    private record Estimation(Probe probe) implements GateEstimation {
        @Override
        public List<Probe> probes() {
            return List.of(probe);
        }

        @Override
        public void draw(double[] logits, double slope, Progress progress, int batchSize, RandomGenerator noise) {
            probe.rows(1);
            for (int i = 0; i < logits.length; i++) {
                probe.gates()[i] = logits[i] > 0 ? 1 : 0;
            }
        }

        @Override
        public void gradient(double[] into) {
            Arrays.fill(into, 0);
        }
    }
}
