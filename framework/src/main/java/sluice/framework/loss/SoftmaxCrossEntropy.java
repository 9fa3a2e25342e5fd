package sluice.framework.loss;

import sluice.tasks.OutputRange;

/** The cross-entropy of the softmax of the outputs with the right one: {@code -log softmax(outputs)[target]}, in nats. */
public record SoftmaxCrossEntropy() implements Loss {
    @Override
    public String name() {
        return "softmax-cross-entropy";
    }

    @Override
    public double ofRow(
            float[] outputs, int start, OutputRange competing, int target, double weight, float[] gradient) {
        int to = start + competing.to();
        double normaliser = Softmax.logSumExp(outputs, start, competing.from(), competing.to(), 1);
        for (int o = start + competing.from(); o < to; o++) {
            gradient[o] += (float) (weight * Math.exp(outputs[o] - normaliser));
        }
        gradient[start + target] -= (float) weight;
        return weight * (normaliser - outputs[start + target]);
    }

    @Override
    public double ofColumns(float[] values, int outputs, int columns, int batch, int[] targets, double[] losses) {
        double sum = 0;
        int end = outputs * columns;
        for (int e = 0; e < batch; e++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int at = e; at < end; at += columns) {
                largest = Math.max(largest, values[at]);
            }
            double partition = 0;
            for (int at = e; at < end; at += columns) {
                partition += Math.exp(values[at] - largest);
            }
            int target = targets[e] * columns + e;
            losses[e] = Math.log(partition) + largest - values[target];
            for (int at = e; at < end; at += columns) {
                double p = Math.exp(values[at] - largest) / partition;
                values[at] = (float) ((p - (at == target ? 1 : 0)) / batch);
            }
            sum += losses[e];
        }
        return sum / batch;
    }
}
