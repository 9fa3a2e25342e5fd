package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An estimation for independent gates, which goes gate by gate: what is drawn for one gate, and what it adds to its
 * logit's gradient, is each estimator's own. Gates are numbered row by row ({@code at}), logits as they come ({@code l}).
 */
abstract class GatewiseEstimation implements GateEstimation {
    /** Uniform numbers are kept so far from 0 and 1, where their logarithms are infinite. */
    private static final double LEAST = 1e-15;

    private final GateLayout layout;
    private final ImmutableList<Probe> probes;
    private double slope;
    private int rows;

    GatewiseEstimation(GateLayout layout, Probe... probes) {
        this.layout = layout;
        this.probes = ImmutableList.copyOf(probes);
    }

    /** Takes up the step's own numbers; the slope is known. */
    void begin(Progress progress) {}

    /** Takes up a logit, before any gate is drawn. */
    abstract void prepare(int l, double logit);

    /** Draws one gate into the probes. */
    abstract void draw(int at, int l, RandomGenerator noise);

    /** What one gate adds to the gradient of its logit. */
    abstract double gradient(int row, int at, int l);

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
        for (int l = 0; l < used; l++) {
            prepare(l, logits[l]);
        }
        for (int row = 0, at = 0; row < rows; row++) {
            for (int i = 0; i < layout.units(); i++, at++) {
                draw(at, ownLogits() ? at : i, noise);
            }
        }
    }

    @Override
    public final void gradient(double[] into) {
        Arrays.fill(into, 0);
        for (int row = 0, at = 0; row < rows; row++) {
            for (int i = 0; i < layout.units(); i++, at++) {
                int l = ownLogits() ? at : i;
                into[l] += gradient(row, at, l);
            }
        }
        learn(into);
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
        return probes.get(index).losses()[row] / rows;
    }

    /** A uniform number in (0, 1). */
    static double uniform(RandomGenerator noise) {
        return Math.max(LEAST, Math.min(1 - LEAST, noise.nextDouble()));
    }

    /** The inverse of the sigmoid: logistic noise, from a uniform number. */
    static double logit(double u) {
        return Math.log(u) - Math.log1p(-u);
    }

    /** The logistic function. */
    static double sigmoid(double x) {
        return GateActivation.SIGMOID.probability(x, 1);
    }
}
