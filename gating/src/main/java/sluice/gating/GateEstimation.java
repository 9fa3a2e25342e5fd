package sluice.gating;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The running part of a {@link GradientEstimator}: gates of one layer, for one task. Not thread-safe. */
public interface GateEstimation {
    /**
     * What a step runs, always the same objects: each {@link #draw} overwrites their gates, and whoever runs the network
     * their answers.
     *
     * @return at least one probe; weights learn from exactly one
     */
    List<Probe> probes();

    /**
     * The order in which to run the probes: that which weights learn from comes last, so that they learn from what the
     * network then holds.
     *
     * @return positions in {@link #probes}
     */
    default int[] evaluationOrder() {
        return IntStream.range(0, probes().size())
                .boxed()
                .sorted(Comparator.comparing(index -> probes().get(index).trainsWeights()))
                .mapToInt(index -> index)
                .toArray();
    }

    /**
     * First phase: draws gates.
     *
     * @param logits a [units], or row-major [batch, units] if each example has its own
     * @param slope s, above 0
     * @param progress how far training has come
     * @param batchSize examples in this batch, at least 1 and at most the layout's
     * @param noise where random numbers are drawn from, gate by gate in row-major order
     */
    void draw(double[] logits, double slope, Progress progress, int batchSize, RandomGenerator noise);

    /**
     * Second phase: the estimate, from the answers in the probes of the last {@link #draw}. Running state is used first
     * and updated afterwards, so that no sample enters its own baseline.
     *
     * @param into overwritten with d(mean loss)/da, shaped as the logits
     */
    void gradient(double[] into);

    /**
     * Tells its running state, between steps: what later estimates hang on beside what they are told.
     *
     * @param state keeps it, or gives what was kept
     */
    default void state(RunningState state) {}
}
