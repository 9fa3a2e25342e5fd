package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * An estimation that goes run by run, a run being the gates that depend on each other: K of a layout that chooses one of
 * K, else a single one. Gates are numbered row by row ({@code at}), logits as they come ({@code l}); both are those of a
 * run's first gate.
 */
abstract class RunwiseEstimation implements GateEstimation {
    /** Uniform numbers are kept so far from 0 and 1, where their logarithms are infinite. */
    private static final double LEAST = 1e-15;

    private final GateLayout layout;
    private final ImmutableList<Probe> probes;
    /** Each probe's losses, divided by the rows. */
    private final double[][] lossShares;

    private double slope;
    private int rows;

    RunwiseEstimation(GateLayout layout, Probe... probes) {
        this.layout = layout;
        this.probes = ImmutableList.copyOf(probes);
        this.lossShares = Arrays.stream(probes)
                .map(probe -> new double[probe.needsLoss() ? layout.maxRows() : 0])
                .toArray(double[][]::new);
    }

    /** Binary gates that are told their losses, so many of them; weights learn from the first. */
    static Probe[] samples(GateLayout layout, int count) {
        return IntStream.range(0, count)
                .mapToObj(k -> new Probe(layout, Probe.Values.BINARY, true, Probe.Upstream.NONE, k == 0))
                .toArray(Probe[]::new);
    }

    /** Takes up the step's own numbers; the slope is known. */
    void begin(Progress progress) {}

    /** Takes up a run's logits, before any gate is drawn. */
    abstract void prepare(int l, double[] logits);

    /** Draws one run into the probes. */
    abstract void draw(int at, int l, RandomGenerator noise);

    /** Adds what one run has to say to the gradient of its logits. */
    abstract void addGradient(int row, int at, int l, double[] into);

    /** Takes up the answers to all rows, before any gradient is added. */
    void takeAnswers() {}

    /** Updates running state, once the gradient is formed. */
    void learn(double[] gradient) {}

    @Override
    public final List<Probe> probes() {
        return probes;
    }

    @Override
    public final void draw(double[] logits, double newSlope, Progress progress, int batchSize, RandomGenerator noise) {
        checkArgument(
                batchSize >= 1 && batchSize <= layout.batchSize(),
                "batchSize must be in [1, %s], got %s",
                layout.batchSize(),
                batchSize);
        slope = newSlope;
        rows = layout.granularity().rows(batchSize);
        // by index: an iterator would be an allocation in every step
        for (int i = 0; i < probes.size(); i++) {
            probes.get(i).rows(rows);
        }
        begin(progress);
        int used = ownLogits() ? batchSize * layout.units() : layout.units();
        for (int l = 0; l < used; l += layout.choices()) {
            prepare(l, logits);
        }
        for (int row = 0, at = 0; row < rows; row++) {
            for (int i = 0; i < layout.units(); i += layout.choices(), at += layout.choices()) {
                draw(at, ownLogits() ? at : i, noise);
            }
        }
    }

    @Override
    public final void gradient(double[] into) {
        Arrays.fill(into, 0);
        shareLosses();
        takeAnswers();
        for (int row = 0, at = 0; row < rows; row++) {
            for (int i = 0; i < layout.units(); i += layout.choices(), at += layout.choices()) {
                addGradient(row, at, ownLogits() ? at : i, into);
            }
        }
        learn(into);
    }

    private void shareLosses() {
        for (int i = 0; i < lossShares.length; i++) {
            double[] losses = probes.get(i).losses();
            for (int row = 0; row < lossShares[i].length && row < rows; row++) {
                lossShares[i][row] = losses[row] / rows;
            }
        }
    }

    private boolean ownLogits() {
        return layout.logits() == GateLayout.Logits.PER_EXAMPLE;
    }

    final GateLayout layout() {
        return layout;
    }

    final Probe probe(int index) {
        return probes.get(index);
    }

    /** The slope of this step. */
    final double slope() {
        return slope;
    }

    /** Gate samples of this step. */
    final int rows() {
        return rows;
    }

    /** A row's part of the mean loss, as one probe met it. */
    final double lossShare(int index, int row) {
        return lossShares[index][row];
    }

    /** Each row's part of the mean loss, the mean over all probes. */
    final void meanLossShares(double[] into) {
        for (int row = 0; row < rows; row++) {
            double mean = 0;
            for (double[] shares : lossShares) {
                mean += shares[row] / lossShares.length;
            }
            into[row] = mean;
        }
    }

    /** A uniform number in (0, 1). */
    static double uniform(RandomGenerator noise) {
        return Math.max(LEAST, Math.min(1 - LEAST, noise.nextDouble()));
    }
}
