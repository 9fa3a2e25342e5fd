package sluice.gating;

import java.util.List;

/**
 * Passes through the network that an estimator takes.
 *
 * @param forward of an estimate, at least 1, and of a training step, which needs no more
 * @param backward of an estimate: one per probe at whose gates the gradient is asked for
 * @param backwardOfStep of a training step: the same and those from which weights learn, so at least 1
 */
public record Passes(int forward, int backward, int backwardOfStep) {
    /**
     * {@return what they take}
     *
     * @param probes of an estimator
     */
    public static Passes of(List<Probe> probes) {
        return new Passes(
                probes.size(),
                (int) probes.stream().filter(Probe::needsUpstream).count(),
                (int) probes.stream()
                        .filter(probe -> probe.trainsWeights() || probe.needsUpstream())
                        .count());
    }

    /** {@return those of an estimate, {@code forward + backward}} */
    public String ofEstimate() {
        return forward + " + " + backward;
    }

    /** {@return those of a training step, {@code forward + backward}} */
    public String ofStep() {
        return forward + " + " + backwardOfStep;
    }
}
