package sluice.framework.loss;

import sluice.tasks.OutputRange;

/**
 * The mean over outputs of their squared distance from 1 for the right one and 0 for the others, without a softmax (the
 * square loss of Hui and Belkin 2021, not rescaled; PyTorch's {@code MSELoss} with one-hot targets).
 */
public record MeanSquaredError() implements Loss {
    @Override
    public String name() {
        return "mean-squared-error";
    }

    @Override
    public double ofRow(
            float[] outputs, int start, OutputRange competing, int target, double weight, float[] gradient) {
        double squares = 0;
        double share = weight / (competing.to() - competing.from());
        for (int o = competing.from(); o < competing.to(); o++) {
            double error = outputs[start + o] - (o == target ? 1.0 : 0.0);
            squares += error * error;
            gradient[start + o] += (float) (2 * share * error);
        }
        return share * squares;
    }

    @Override
    public double ofColumns(float[] values, int outputs, int columns, int batch, int[] targets, double[] losses) {
        double sum = 0;
        double share = 1.0 / outputs;
        for (int e = 0; e < batch; e++) {
            double squares = 0;
            for (int o = 0, at = e; o < outputs; o++, at += columns) {
                double error = values[at] - (o == targets[e] ? 1.0 : 0.0);
                squares += error * error;
                values[at] = (float) (2 * share * error / batch);
            }
            losses[e] = share * squares;
            sum += losses[e];
        }
        return sum / batch;
    }
}
