package sluice.framework;

import sluice.framework.kernel.Blas;
import sluice.framework.kernel.NativeMatrix;
import sluice.framework.kernel.RowPasses;

/** A task's head in the training step: a dense layer over the open units below, and softmax cross-entropy. */
final class HeadStep implements AutoCloseable {
    private final DenseLayer head;
    private final RowPasses passes;
    private final ParameterUpdate weightUpdate;
    private final ParameterUpdate biasUpdate;
    private final NativeMatrix weights;
    private final NativeMatrix logits;
    private final NativeMatrix dWeights;
    private final float[] dBiases;
    private final float[] row;

    HeadStep(DenseLayer head, Optimizer optimizer, int batch) {
        this.head = head;
        this.passes = new RowPasses(head.units());
        this.weightUpdate = ParameterUpdate.of(optimizer, head.weights(), head.inputs());
        this.biasUpdate = ParameterUpdate.of(optimizer, head.biases(), 1);
        this.weights = NativeMatrix.allocate(head.units(), head.inputs());
        this.logits = NativeMatrix.allocate(batch, head.units());
        this.dWeights = NativeMatrix.allocate(head.units(), head.inputs());
        this.dBiases = new float[head.units()];
        this.row = new float[head.inputs()];
    }

    /** Mean loss of the batch; {@code losses} receives each example's own. */
    double loss(NativeMatrix input, ActiveUnits below, int[] labels, int batch, double[] losses) {
        weights.shape(head.units(), below.observed());
        for (int c = 0; c < head.units(); c++) {
            for (int k = 0; k < below.observed(); k++) {
                row[k] = head.weights()[c * head.inputs() + below.units()[k]];
            }
            weights.putRow(c, row, below.observed());
        }
        logits.shape(batch, head.units());
        Blas.multiplyTransposed(input, weights, logits, batch, head.units(), below.open());
        passes.bias(logits, batch, head.units(), head.biases());
        return passes.softmaxCrossEntropy(logits, batch, head.units(), labels, losses);
    }

    /** Gradients of the head, always, and at its input unless nothing below learns (null). */
    long backward(NativeMatrix input, ActiveUnits below, NativeMatrix inputGradient, int batch) {
        dWeights.shape(head.units(), below.open());
        Blas.transposedMultiply(logits, input, dWeights, head.units(), below.open(), batch);
        passes.columnSums(logits, batch, head.units(), dBiases);
        long done = (long) batch * head.units() * below.open();
        if (inputGradient != null) {
            inputGradient.shape(batch, below.observed());
            Blas.multiply(logits, weights, inputGradient, batch, below.observed(), head.units());
            done += (long) batch * head.units() * below.observed();
        }
        return done;
    }

    long forwardMultiplyAdds(ActiveUnits below, int batch) {
        return (long) batch * head.units() * below.open();
    }

    double gradientNorm(ActiveUnits below) {
        double sum = 0;
        for (int c = 0; c < head.units(); c++) {
            dWeights.getRow(c, row, below.open());
            for (int k = 0; k < below.open(); k++) {
                sum += (double) row[k] * row[k];
            }
            sum += (double) dBiases[c] * dBiases[c];
        }
        return sum;
    }

    void update(ActiveUnits below, long step, float scale) {
        weightUpdate.beginStep(step);
        biasUpdate.beginStep(step);
        for (int c = 0; c < head.units(); c++) {
            dWeights.getRow(c, row, below.open());
            for (int k = 0; k < below.open(); k++) {
                row[k] *= scale;
            }
            weightUpdate.columns(c * head.inputs(), below.units(), row, below.open());
            biasUpdate.entry(c, dBiases[c] * scale);
        }
    }

    @Override
    public void close() {
        weights.close();
        logits.close();
        dWeights.close();
    }
}
