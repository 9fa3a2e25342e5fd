package sluice.framework.generator;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.gating.GateEstimation;
import sluice.gating.GradientEstimator;
import sluice.gating.Probe;
import sluice.gating.Progress;

/** A layer of latents in training: drawn by its estimator, and asked for the gradient at its logits. */
final class LatentStep {
    private final int index;
    private final GeneratorPass pass;
    private final GeneratorBackward back;
    private final GateEstimation estimation;
    private final int[] others;
    private final int chosen;
    private final int units;
    private final RandomGenerator noise;
    private final LatentDraws draws;
    private final double[] logits;
    private final double[] gradient;
    private final float[] row;
    private double slope = 1;

    /** The estimator has a stream of noise of its own, and draws that follow those of an earlier layer have another. */
    LatentStep(
            int index,
            GeneratorPass pass,
            GeneratorBackward back,
            GradientEstimator estimator,
            int rows,
            RandomStreams streams) {
        LatentLayer layer = pass.place(index).layer();
        this.index = index;
        this.pass = pass;
        this.back = back;
        this.noise = streams.stream("latents", index);
        this.estimation = estimator.begin(layer.layout(rows));
        this.others = IntStream.of(estimation.evaluationOrder())
                .filter(probe -> !estimation.probes().get(probe).trainsWeights())
                .toArray();
        this.chosen = estimation.evaluationOrder()[others.length];
        this.units = layer.units();
        this.draws = new LatentDraws(layer, streams.stream("noise", index));
        this.logits = new double[rows * units];
        this.gradient = new double[rows * units];
        this.row = new float[units];
    }

    int index() {
        return index;
    }

    /** Tells all that draws and gradients go on from, between two steps. */
    void state(State state) {
        estimation.state(state.part("estimation"));
        state.random("noise", noise);
        draws.state(state.part("draws"));
    }

    /** Probes that weights do not learn from. */
    int[] others() {
        return others;
    }

    boolean isBinary(int probe) {
        return estimation.probes().get(probe).values() == Probe.Values.BINARY;
    }

    boolean needsUpstream(int probe) {
        return estimation.probes().get(probe).needsUpstream();
    }

    /** Encodes what comes before, and draws all probes. */
    void draw(Lane lane, float newSlope, Progress progress, int rows) {
        slope = newSlope;
        NativeMatrix encoded = pass.encode(lane, index, rows);
        for (int r = 0, at = 0; r < rows; r++) {
            encoded.get(r, 0, row, 0, units);
            for (int i = 0; i < units; i++, at++) {
                logits[at] = row[i];
            }
        }
        estimation.draw(logits, slope, progress, rows, noise);
    }

    /** Sets the layer's values to those of the probe that weights learn from. */
    void choose(Lane lane, int rows) {
        set(lane, chosen, rows);
    }

    void set(Lane lane, int probe, int rows) {
        pass.set(lane, index, estimation.probes().get(probe).gates(), rows);
    }

    /** Follows another probe of an earlier layer: draws values, or takes their means where that probe is relaxed. */
    void follow(Lane lane, boolean binary, int rows) {
        pass.encode(lane, index, rows);
        if (binary) {
            pass.draw(lane, index, rows, draws);
        } else {
            pass.setMeans(lane, index, rows);
        }
    }

    /** From gradients at means to those at what they hang on. */
    void backwardThroughMeans(Lane lane, double[] factors, int rows) {
        for (int r = 0; r < rows; r++) {
            Arrays.fill(row, 0);
            back.addMeanGradient(lane, index, r, row);
            back.addLogitTerms(lane, index, r, (float) factors[r], row, false);
            back.logitGradient(index).put(r, 0, row, 0, units);
        }
        back.encoderBackward(lane, index, rows, DenseStack.Back.INPUTS);
    }

    /** Tells a probe its losses, less the control variate if there is one. */
    void answerLosses(int probe, int rows, QuadraticVariate variate) {
        Probe asked = estimation.probes().get(probe);
        if (asked.needsLoss()) {
            for (int r = 0; r < rows; r++) {
                asked.losses()[r] = pass.lossOf(index, r);
            }
            if (variate != null) {
                variate.subtract(asked.losses(), rows);
            }
        }
    }

    /** Tells a probe the gradients at the layer's values. */
    void answerUpstream(int probe, int rows) {
        double[] upstream = estimation.probes().get(probe).upstream();
        for (int r = 0, at = 0; r < rows; r++) {
            back.valueGradient(r, index, row);
            for (int i = 0; i < units; i++, at++) {
                upstream[at] = row[i];
            }
        }
    }

    /** Tells the probe that weights learn from what came of it. */
    void answerChosen(SampleWeights weights, int rows, QuadraticVariate variate) {
        Probe asked = estimation.probes().get(chosen);
        if (weights.several() && asked.needsLoss()) {
            System.arraycopy(weights.signals(), 0, asked.losses(), 0, rows);
        } else {
            answerLosses(chosen, rows, variate);
        }
        if (asked.needsUpstream()) {
            answerUpstream(chosen, rows);
        }
    }

    /**
     * The gradient at the logits, and from there to the encoder and to earlier layers.
     *
     * @param consistency what else the encoder learns, or null
     */
    void backward(Lane lane, double[] factors, int rows, QuadraticVariate variate, ConsistencyStep consistency) {
        estimation.gradient(gradient);
        for (int r = 0, at = 0; r < rows; r++, at += units) {
            boolean known = pass.isKnown(index, r);
            for (int i = 0; i < units; i++) {
                row[i] = known ? 0 : (float) gradient[at + i];
            }
            back.addLogitTerms(lane, index, r, (float) factors[r], row, true);
            if (variate != null) {
                variate.addMean(r, (float) (slope * factors[r]), row);
            }
            back.logitGradient(index).put(r, 0, row, 0, units);
        }
        if (consistency != null) {
            consistency.addGradients(lane, rows);
        }
        back.encoderBackward(lane, index, consistency == null ? rows : 2 * rows, DenseStack.Back.BOTH);
    }
}
