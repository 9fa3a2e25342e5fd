package sluice.tasks.digits;

import java.util.Random;
import java.util.stream.IntStream;
import sluice.tasks.Examples;

/** A network of ReLU layers with a softmax, learned one example at a time: a yardstick for data. Mutable. */
final class SmallNetwork {
    /** weight[l][j * width(l) + i] joins unit j below, so that a row of silent input is skipped, to unit i above. */
    private final float[][] weight;

    private final float[][] bias;
    private final float[][] activation;
    private final float[][] error;
    private final Random random;

    /**
     * @param widths units per layer, inputs first, classes last
     * @param seed for the initial weights and the order of learning
     */
    SmallNetwork(int[] widths, long seed) {
        random = new Random(seed);
        int layers = widths.length - 1;
        weight = new float[layers][];
        bias = new float[layers][];
        activation = new float[layers + 1][];
        error = new float[layers + 1][];
        activation[0] = new float[widths[0]];
        error[0] = new float[widths[0]];
        for (int l = 0; l < layers; l++) {
            weight[l] = new float[widths[l] * widths[l + 1]];
            bias[l] = new float[widths[l + 1]];
            activation[l + 1] = new float[widths[l + 1]];
            error[l + 1] = new float[widths[l + 1]];
            double deviation = Math.sqrt(2.0 / widths[l]);
            for (int k = 0; k < weight[l].length; k++) {
                weight[l][k] = (float) (deviation * random.nextGaussian());
            }
        }
    }

    /** Stochastic gradient descent on the cross-entropy, its rate falling linearly to 0. */
    void learn(Examples examples, int epochs, float rate) {
        int steps = epochs * examples.size();
        int[] order = IntStream.range(0, examples.size()).toArray();
        for (int step = 0; step < steps; step++) {
            int position = step % order.length;
            int swap = position + random.nextInt(order.length - position);
            int chosen = order[swap];
            order[swap] = order[position];
            order[position] = chosen;
            forward(examples, chosen);
            backward(examples.label(chosen), rate * (steps - step) / steps);
        }
    }

    /** Share of the examples whose largest output is their label. */
    double accuracy(Examples examples) {
        int right = 0;
        for (int e = 0; e < examples.size(); e++) {
            float[] output = forward(examples, e);
            int best = 0;
            for (int i = 1; i < output.length; i++) {
                best = output[i] > output[best] ? i : best;
            }
            right += best == examples.label(e) ? 1 : 0;
        }
        return (double) right / examples.size();
    }

    private float[] forward(Examples examples, int example) {
        examples.read(example, activation[0]);
        for (int j = 0; j < activation[0].length; j++) {
            activation[0][j] /= 255;
        }
        for (int l = 0; l < weight.length; l++) {
            float[] below = activation[l];
            float[] above = activation[l + 1];
            System.arraycopy(bias[l], 0, above, 0, above.length);
            for (int j = 0; j < below.length; j++) {
                if (below[j] != 0) {
                    addScaled(weight[l], j * above.length, below[j], above);
                }
            }
            if (l + 1 < weight.length) {
                for (int i = 0; i < above.length; i++) {
                    above[i] = Math.max(0, above[i]);
                }
            }
        }
        return activation[weight.length];
    }

    private void backward(int label, float rate) {
        softmaxError(activation[weight.length], label, error[weight.length]);
        for (int l = weight.length - 1; l >= 0; l--) {
            float[] above = error[l + 1];
            for (int j = 0; j < activation[l].length; j++) {
                if (activation[l][j] != 0) {
                    error[l][j] = learnRow(weight[l], j * above.length, above, rate * activation[l][j]);
                } else {
                    error[l][j] = 0;
                }
            }
            for (int i = 0; i < above.length; i++) {
                bias[l][i] -= rate * above[i];
            }
        }
    }

    private static void addScaled(float[] weights, int start, float scale, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += scale * weights[start + i];
        }
    }

    /** Moves a unit's outgoing weights against their gradient; gives the error that they hand down. */
    private static float learnRow(float[] weights, int start, float[] above, float step) {
        float down = 0;
        for (int i = 0; i < above.length; i++) {
            down += weights[start + i] * above[i];
            weights[start + i] -= step * above[i];
        }
        return down;
    }

    private static void softmaxError(float[] output, int label, float[] error) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float o : output) {
            largest = Math.max(largest, o);
        }
        float sum = 0;
        for (int i = 0; i < output.length; i++) {
            error[i] = (float) StrictMath.exp(output[i] - largest);
            sum += error[i];
        }
        for (int i = 0; i < output.length; i++) {
            error[i] = error[i] / sum - (i == label ? 1 : 0);
        }
    }
}
