package sluice.framework.layer.normalisation;

import sluice.framework.internal.kernel.BatchStatistics;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.OpenUnits;
import sluice.framework.internal.layer.PreActivation;
import sluice.framework.internal.layer.StepUnits;
import sluice.framework.internal.layer.UnitLearning;
import sluice.framework.internal.state.State;

/**
 * Batch normalisation in the training step: by the mean and the biased variance of the mini-batch. The task's beta is in the
 * place of the layer's bias, which rests. Gamma and beta of every open unit learn, of those that earlier tasks use as well.
 */
final class BatchNormalisationStep implements PreActivation {
    private final OpenUnits order;
    private final float[] gamma;
    private final float[] beta;
    private final float[] runningMean;
    private final float[] runningVariance;
    private final float[] dBeta;
    private final float[] dGamma;
    private final UnitLearning gammaLearning;
    private final UnitLearning betaLearning;
    private final int room;
    // of the mini-batch, by position of a unit
    private final double[] mean;
    private final double[] variance;
    // written alike by every lane: examples of the mini-batch, and values of a unit in it
    private int examples;
    private long count;

    BatchNormalisationStep(StepUnits units) {
        this.order = units.order();
        this.gamma = units.own()[BatchNormalisation.GAMMA];
        this.beta = units.own()[BatchNormalisation.BETA];
        this.runningMean = units.own()[BatchNormalisation.MEAN];
        this.runningVariance = units.own()[BatchNormalisation.VARIANCE];
        this.dBeta = units.dBiases();
        this.dGamma = new float[gamma.length];
        this.gammaLearning = new UnitLearning(gamma, units.update());
        this.betaLearning = new UnitLearning(beta, units.update());
        this.room = units.room();
        this.mean = new double[gamma.length];
        this.variance = new double[gamma.length];
    }

    @Override
    public float[] biases() {
        return beta;
    }

    @Override
    public boolean normalises() {
        return true;
    }

    @Override
    public void normalise(Lane lane, NativeMatrix[] products, int from, int to, int batch) {
        examples = batch;
        count = values(products, batch);
        BatchStatistics statistics = lane.batchStatistics();
        for (int row = from; row < to; row++) {
            statistics.take(products, row, batch, room, mean, variance);
            float rate = (float) BatchNormalisation.rate(variance[row]);
            for (NativeMatrix part : products) {
                statistics.normalise(part, row, batch, room, (float) mean[row], rate);
            }
        }
    }

    private long values(NativeMatrix[] products, int batch) {
        long positions = 0;
        for (NativeMatrix part : products) {
            positions += part.columns() / room;
        }
        return positions * batch;
    }

    @Override
    public void scale(Lane lane, NativeMatrix normalised, int from, int to, NativeMatrix target, int into) {
        for (int row = from; row < to; row++) {
            lane.batchStatistics().scale(normalised, row, target, into + row - from, gamma[order.units()[row]]);
        }
    }

    @Override
    public void beginScaleGradient(int from, int to) {
        for (int row = from; row < to; row++) {
            dGamma[row] = 0;
        }
    }

    @Override
    public void formScaleGradient(Lane lane, NativeMatrix normalised, int from, int to, NativeMatrix gradient, int at) {
        for (int row = from; row < to; row++) {
            dGamma[row] += (float) lane.batchStatistics().dot(gradient, at + row - from, normalised, row);
        }
    }

    @Override
    public void backward(Lane lane, NativeMatrix normalised, int from, int to, NativeMatrix gradient, int at) {
        for (int row = from; row < to; row++) {
            double scale = gamma[order.units()[row]] * BatchNormalisation.rate(variance[row]);
            lane.batchStatistics()
                    .backward(
                            gradient,
                            at + row - from,
                            normalised,
                            row,
                            examples,
                            room,
                            (float) scale,
                            dBeta[row] / count,
                            dGamma[row] / count);
        }
    }

    @Override
    public boolean learns() {
        return order.open() > 0;
    }

    @Override
    public double addSquares(double sum) {
        double all = sum;
        for (int at = order.first(); at < order.end(); at++) {
            all += (double) dBeta[at] * dBeta[at] + (double) dGamma[at] * dGamma[at];
        }
        return all;
    }

    @Override
    public void move(float scale) {
        gammaLearning.moveWithoutDecay(order.units(), order.first(), order.end(), dGamma, scale);
        betaLearning.moveWithoutDecay(order.units(), order.first(), order.end(), dBeta, scale);
        moveRunning();
    }

    /** The running variance is of unbiased ones, of which a single value has none: then running statistics rest. */
    private void moveRunning() {
        if (count < 2) {
            return;
        }
        double unbiased = (double) count / (count - 1);
        for (int at = order.first(); at < order.end(); at++) {
            int unit = order.units()[at];
            runningMean[unit] = mixed(runningMean[unit], mean[at]);
            runningVariance[unit] = mixed(runningVariance[unit], unbiased * variance[at]);
        }
    }

    private static float mixed(double running, double now) {
        return (float) (running + BatchNormalisation.MOMENTUM * (now - running));
    }

    @Override
    public void state(State state) {
        state.floats("gamma", gamma);
        state.floats("beta", beta);
        state.floats("mean", runningMean);
        state.floats("variance", runningVariance);
        gammaLearning.state(state.part("gamma"));
        betaLearning.state(state.part("beta"));
    }
}
