package sluice.gating;

import java.util.List;
import java.util.random.RandomGenerator;

/** The running part of a {@link GradientEstimator}: gates of one layer, for one task. Not thread-safe. */
public interface GateEstimation {
    /**
     * First phase: draws gates.
     *
     * @param logits a [units]
     * @param slope s, above 0
     * @param batchSize examples in this batch, at least 1 and at most the layout's
     * @param noise the stream that uniform numbers are drawn from, one per gate in row-major order
     * @return the probes to run, always the same objects, overwritten by the next call
     */
    List<Probe> draw(double[] logits, double slope, int batchSize, RandomGenerator noise);

    /**
     * Second phase: the estimate, from the answers in the probes of the last {@link #draw}. Running state is used first
     * and updated afterwards, so that no sample enters its own baseline.
     *
     * @param into [units], overwritten with d(mean loss)/da
     */
    void gradient(double[] into);
}
